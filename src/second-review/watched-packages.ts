import type { SensitiveCategory } from "#gate/review-policy.js";

/** Packages of npm: exact names; a star at the end takes everything that begins so. */
const packages: readonly (readonly [SensitiveCategory, string])[] = [
  [
    "auth",
    "next-auth @next-auth/* @auth/* @clerk/* @supabase/auth-helpers* passport passport-* @nestjs/passport @nestjs/jwt lucia lucia-auth @lucia-auth/* better-auth @better-auth/* jsonwebtoken jose jwt-decode bcrypt bcryptjs argon2 @node-rs/argon2 @node-rs/bcrypt @noble/hashes firebase-admin/auth firebase/auth @react-native-firebase/auth iron-session express-session cookie-session @fastify/jwt @fastify/session @fastify/auth @fastify/secure-session @fastify/oauth2 hono/jwt hono/basic-auth hono/bearer-auth hono/csrf @hono/clerk-auth @hono/auth-js express-jwt express-openid-connect express-oauth2-jwt-bearer jwks-rsa oslo oslo/* arctic openid-client oidc-provider simple-oauth2 oauth oauth4webapi @workos-inc/* @auth0/* auth0 auth0-js @kinde-oss/* @stytch/* stytch supertokens-* @simplewebauthn/* speakeasy otplib otpauth @otplib/* node-2fa csurf csrf csrf-csrf lusca @edge-csrf/* @casl/* casbin accesscontrol cors @fastify/cors hono/cors @koa/cors koa-cors koa-jwt koa-session koa-passport keycloak-* @keycloak/* @okta/* @azure/msal-* aws-amplify/auth @aws-amplify/auth amazon-cognito-identity-js @aws-sdk/client-cognito-identity-provider aws-jwt-verify google-auth-library @react-oauth/google samlify @node-saml/* remix-auth remix-auth-* @logto/* @descope/* @propelauth/* @frontegg/* @ory/* nuxt-auth-utils @sidebase/nuxt-auth @privy-io/* permit permitio @openfga/sdk",
  ],
  [
    "payment",
    "stripe @stripe/* @paypal/* paypal-rest-sdk braintree braintree-web square @square/* @lemonsqueezy/* lemonsqueezy.ts @paddle/* razorpay @adyen/* @mollie/* coinbase-commerce-node @polar-sh/* react-native-purchases @revenuecat/* react-native-iap expo-in-app-purchases paystack paystack-* @paystack/* flutterwave-* iyzipay chargebee chargebee-* recurly midtrans-client mercadopago @mercadopago/* dodopayments @dodopayments/* creem xendit-node @payos/* authorizenet @klarna/* klarna-* gocardless-nodejs @gocardless/* plaid react-plaid-link",
  ],
  [
    "data",
    "@prisma/* prisma drizzle-orm drizzle-kit drizzle-zod knex pg pg-* postgres @neondatabase/* @vercel/postgres @vercel/kv @vercel/blob @planetscale/* mysql mysql2 mariadb mssql tedious oracledb better-sqlite3 sqlite sqlite3 node:sqlite bun:sqlite @libsql/* expo-sqlite mongoose mongodb typeorm sequelize sequelize-* @sequelize/* @mikro-orm/* objection kysely kysely-* waterline redis ioredis @upstash/redis firebase-admin firebase-admin/firestore firebase-admin/database firebase-admin/storage firebase/firestore firebase/database firebase/storage @react-native-firebase/firestore @google-cloud/firestore @google-cloud/storage @google-cloud/bigquery @azure/storage-* @azure/cosmos @azure/data-tables @supabase/supabase-js @supabase/ssr @supabase/postgrest-js @aws-sdk/client-s3 @aws-sdk/s3-* @aws-sdk/client-dynamodb @aws-sdk/lib-dynamodb dynamoose electrodb @nestjs/typeorm @nestjs/mongoose @nestjs/sequelize @nestjs/prisma rethinkdb neo4j-driver cassandra-driver couchbase nano arangojs convex @instantdb/* appwrite node-appwrite pocketbase minio cloudinary @payloadcms/db-*",
  ],
];

/** The same for other languages, by the name that stands in their manifests and in their imports. */
const foreignPackages: readonly (readonly [SensitiveCategory, string])[] = [
  [
    "auth",
    "django-allauth djangorestframework-simplejwt django-oauth-toolkit django.contrib.auth flask-login flask_login flask-security flask_security flask-jwt-extended flask_jwt_extended flask-httpauth flask_httpauth authlib pyjwt jwt python-jose jose passlib bcrypt argon2 argon2-cffi argon2_cffi itsdangerous fastapi.security fastapi-users fastapi_users starlette.middleware.sessions python-social-auth social_django pyotp oauthlib requests-oauthlib devise warden omniauth pundit cancancan rolify doorkeeper jwt_sessions github.com/golang-jwt/* github.com/dgrijalva/jwt-go github.com/lestrrat-go/jwx* golang.org/x/oauth2 golang.org/x/crypto/bcrypt golang.org/x/crypto/argon2 github.com/casbin/* github.com/gorilla/sessions github.com/gorilla/csrf github.com/coreos/go-oidc* github.com/markbates/goth org.springframework.security* spring-boot-starter-security spring-security-* io.jsonwebtoken* jjwt-* com.auth0* Microsoft.AspNetCore.Authentication* Microsoft.AspNetCore.Authorization Microsoft.AspNetCore.Identity* System.IdentityModel.Tokens.Jwt laravel/sanctum laravel/passport laravel/fortify laravel/breeze tymon/jwt-auth firebase/php-jwt spatie/laravel-permission symfony/security-* jsonwebtoken oauth2 guardian ueberauth pow",
  ],
  [
    "payment",
    "stripe paypalrestsdk paypal-checkout-serversdk braintree razorpay squareup square mollie-api-python mollie dj-stripe djstripe pay stripe-ruby-mock github.com/stripe/stripe-go* github.com/plutov/paypal* github.com/razorpay/* com.stripe* com.paypal* com.adyen* Stripe.net Stripe stripe/stripe-php laravel/cashier* mollie/mollie-api-php omnipay/* async-stripe stripity_stripe flutter_stripe purchases_flutter in_app_purchase",
  ],
  [
    "data",
    "sqlalchemy sqlmodel alembic psycopg psycopg2 psycopg2-binary asyncpg pymongo motor mongoengine beanie peewee tortoise tortoise-orm pymysql mysqlclient mysql.connector aiomysql sqlite3 aiosqlite redis boto3 supabase firebase_admin firebase-admin google-cloud-firestore google.cloud.firestore django.db activerecord active_record mongoid sequel pg mysql2 rom-sql database/sql gorm.io/* github.com/jackc/pgx* github.com/lib/pq github.com/go-sql-driver/mysql github.com/jmoiron/sqlx go.mongodb.org/* github.com/redis/go-redis* entgo.io/ent* github.com/aws/aws-sdk-go*/service/s3 github.com/aws/aws-sdk-go*/service/dynamodb java.sql* javax.persistence* jakarta.persistence* org.springframework.data* spring-boot-starter-data-* org.hibernate* hibernate-core org.jooq* mybatis Microsoft.EntityFrameworkCore* Dapper Npgsql* System.Data.SqlClient MongoDB.Driver doctrine/* Doctrine* illuminate/database Illuminate\\Support\\Facades\\DB Illuminate\\Database* PDO diesel sqlx sea-orm tokio-postgres rusqlite mongodb ecto ecto_sql postgrex supabase_flutter cloud_firestore sqflite",
  ],
];

type Table = readonly {
  readonly category: SensitiveCategory;
  readonly exact: ReadonlySet<string>;
  readonly prefixes: readonly string[];
}[];

const npm = tableOf(packages);
const foreign = tableOf(foreignPackages);

/** What an npm package, or a module of one, is about; undefined for all that nobody has to watch. */
export function packageCategory(
  specifier: string,
): SensitiveCategory | undefined {
  return (
    categoryIn(npm, specifier) ?? categoryIn(npm, packageNameOf(specifier))
  );
}

/** What a name is about that is imported from an npm package. */
export function importCategory(
  specifier: string,
  name: string,
): SensitiveCategory | undefined {
  return isPlainType(specifier, name) ? undefined : packageCategory(specifier);
}

/** Generated clients also export the enumerations of the schema, which user interfaces show. */
function isPlainType(specifier: string, name: string): boolean {
  return (
    /^@prisma\/client(\/|$)/.test(specifier) &&
    !/^(Prisma|PrismaClient|default|\*|)$/.test(name)
  );
}

/** What a package or module of another language is about. */
export function foreignPackageCategory(
  name: string,
): SensitiveCategory | undefined {
  return categoryIn(foreign, name) ?? categoryIn(foreign, name.toLowerCase());
}

/** `@scope/name` of `@scope/name/deep/path`. */
export function packageNameOf(specifier: string): string {
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

function tableOf(
  entries: readonly (readonly [SensitiveCategory, string])[],
): Table {
  return entries.map(([category, words]) => {
    const all = words.split(" ");
    const isPrefix = (word: string) => word.endsWith("*");
    return {
      category,
      exact: new Set(all.filter((word) => !isPrefix(word))),
      prefixes: all.filter(isPrefix).map((word) => word.slice(0, -1)),
    };
  });
}

function categoryIn(table: Table, name: string): SensitiveCategory | undefined {
  return table.find(
    ({ exact, prefixes }) =>
      exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix)),
  )?.category;
}
