import { jsonValue, valueAt } from "#parse/json-value.js";
import type { Project } from "#model/project.js";

/** Services and libraries that keep passwords and sessions so that the app does not. */
const providers: readonly (readonly [name: string, packages: RegExp])[] = [
  ["Auth.js", /^(?:next-auth|@auth\/.+|@hono\/auth-js)$/],
  ["Better Auth", /^better-auth$/],
  ["Clerk", /^@clerk\/|^svelte-clerk$/],
  ["Supabase Auth", /^@supabase\/(?:supabase-js|ssr|auth-helpers-.+)$/],
  [
    "Firebase Auth",
    /^(?:firebase|firebase-admin|@react-native-firebase\/auth)$/,
  ],
  ["Auth0", /^(?:@auth0\/.+|auth0|express-openid-connect|react-native-auth0)$/],
  ["Kinde", /^@kinde(?:-oss)?\//],
  ["WorkOS", /^@workos(?:-inc)?\//],
  ["Stytch", /^(?:stytch|@stytch\/.+)$/],
  ["Descope", /^@descope\//],
  ["Logto", /^@logto\//],
  ["Keycloak", /^(?:keycloak-.+|nest-keycloak-connect|@react-keycloak\/.+)$/],
  ["Okta", /^@okta\//],
  [
    "Cognito",
    /^(?:aws-amplify|amazon-cognito-identity-js|@aws-sdk\/client-cognito-identity-provider|aws-jwt-verify)$/,
  ],
  ["Entra ID", /^@azure\/msal-/],
  ["SuperTokens", /^supertokens-/],
  ["PropelAuth", /^@propelauth\//],
  ["Ory", /^@ory\//],
  ["Appwrite", /^(?:appwrite|node-appwrite)$/],
  ["PocketBase", /^pocketbase$/],
  ["Convex Auth", /^@convex-dev\/auth$/],
  ["Privy", /^@privy-io\//],
  ["Magic", /^(?:magic-sdk|@magic-sdk\/.+)$/],
  ["OpenID Connect", /^(?:openid-client|oidc-client-ts|react-oidc-context)$/],
  ["Lucia", /^lucia$/],
  ["Wasp", /^wasp$/],
  // It holds sessions and asks the app's own function whether a password is right.
  ["Passport", /^passport-local(?:-mongoose)?$/],
];

/** Of these, the ones that leave the check of a password to the app where it asks for that. */
const callsBack = new Set([
  "Auth.js",
  "Better Auth",
  "Lucia",
  "Convex Auth",
  "Wasp",
  "Passport",
]);

/** The identity providers that a project has. */
export interface Inventory {
  /** Names for people, in a fixed order. */
  readonly names: readonly string[];
  /** Name of a framework for sessions that lets the app test passwords itself; empty where there is none. */
  readonly framework: string;
}

/** The providers whose packages a manifest lists or a file imports. */
export function inventoryOf(project: Project): Inventory {
  const packages = new Set([
    ...listedPackages(project),
    ...importedPackages(project),
  ]);
  const names = providers.flatMap(([name, pattern]) =>
    [...packages].some((one) => pattern.test(one)) ? [name] : [],
  );
  return { names, framework: names.find((name) => callsBack.has(name)) ?? "" };
}

function listedPackages(project: Project): string[] {
  return project.snapshot.files.flatMap(({ path, text }) => {
    if (!/(^|\/)package\.json$/.test(path) || path.includes("node_modules/"))
      return [];
    const manifest = jsonValue(text);
    return ["dependencies", "devDependencies", "peerDependencies"].flatMap(
      (key) => {
        const listed = valueAt(manifest, key);
        return listed?.kind === "object"
          ? listed.entries.map((entry) => entry.key)
          : [];
      },
    );
  });
}

function importedPackages(project: Project): string[] {
  return [...project.files.values()].flatMap(({ module }) =>
    (module?.imports ?? []).map(({ from }) => packageOf(from)),
  );
}

/** `npm:@supabase/supabase-js@2/x`, `https://esm.sh/@supabase/supabase-js@2` and `next-auth/react` by package name. */
function packageOf(specifier: string): string {
  const bare = specifier.replace(
    /^(?:npm:|jsr:|https:\/\/(?:esm\.sh|cdn\.skypack\.dev)\/(?:v\d+\/)?)/,
    "",
  );
  const parts = bare.split("/");
  const name = parts.slice(0, bare.startsWith("@") ? 2 : 1).join("/");
  const version = name.indexOf("@", 1);
  return version < 0 ? name : name.slice(0, version);
}
