import { constantOf } from "#parse/module-facts.js";
import { resolveConstant, resolveName } from "./constants.js";
import { contextRead } from "./context-reads.js";
import type { Project } from "./project.js";
import { remember } from "./remember.js";
import { type CallValue, lastName, rootName } from "./value-walk.js";

/** What a look-up tells of the caller. */
export type GuardKind =
  | "session"
  | "role"
  | "owner"
  | "secret"
  | "signature"
  | "capability"
  | "network"
  | "presence"
  | "platform";

/** A call that finds out who the caller is. */
export interface Lookup {
  readonly kind: GuardKind;
  readonly how: string;
  /** Whether it refuses strangers by itself, by throwing or by answering; else its result says who it is. */
  readonly rejects: boolean;
}

interface KnownCall {
  readonly callee: RegExp;
  /** Packages that it comes from; absent where the name alone tells enough. */
  readonly from?: RegExp;
  readonly kind?: GuardKind;
  readonly rejects?: true;
}

const clerk = /^@clerk\//;
const auth0 = /auth0/;

/** APIs of libraries. A name alone never stands here unless nothing else in the world is called so. */
const knownCalls: readonly KnownCall[] = [
  { callee: /(?:^|\.)auth\.(?:getUser|getClaims|getSession)$/ },
  { callee: /^(?:unstable_)?getServerSession$/ },
  { callee: /(?:^|\.)auth\.api\.getSession$/ },
  { callee: /^(?:auth|getAuth|currentUser|clerkClient\.\w+)$/, from: clerk },
  { callee: /(?:^|\.)auth\.protect$/, rejects: true },
  { callee: /^protect$/, rejects: true },
  { callee: /^authenticateRequest$|\.authenticateRequest$/ },
  {
    callee: /^(?:requireAuth|ClerkExpressRequireAuth)$/,
    from: clerk,
    rejects: true,
  },
  { callee: /^getToken$/, from: /next-auth|@auth\// },
  {
    callee: /^(?:getSession|getServerAuthSession)$/,
    from: /next-auth|@auth\/|express|solid|svelte/,
  },
  { callee: /(?:^|\.)getSession$/, from: auth0 },
  {
    callee: /^(?:withApiAuthRequired|withPageAuthRequired|requiresAuth)$/,
    from: auth0,
    rejects: true,
  },
  { callee: /^auth$/, from: /express-oauth2-jwt-bearer/, rejects: true },
  {
    callee: /^(?:expressjwt|expressJwt|jwt)$/,
    from: /express-jwt|hono\/jwt|koa-jwt/,
    rejects: true,
  },
  {
    callee: /^(?:basicAuth|bearerAuth|basic|expressBasicAuth)$/,
    from: /basic-auth|bearer-auth/,
    rejects: true,
  },
  { callee: /^(?:clerkMiddleware|authMiddleware)$/, from: /^$/ },
  { callee: /^getIronSession$|^getSignedCookie$|(?:^|\.)unsignCookie$/ },
  {
    callee:
      /^(?:getUserSession|serverSupabaseUser|serverSupabaseClaims|getLogtoContext|getTokens)$/,
  },
  {
    callee: /^(?:requireUser|requireAuthentication|verifySession)$/,
    from: /./,
    rejects: true,
  },
  // Nuxt imports it by itself.
  { callee: /^requireUserSession$/, rejects: true },
  {
    callee:
      /(?:^|\.)locals\.(?:auth|getSession|safeGetSession|getUser|session|validate|auth\.validate)$/,
  },
  { callee: /(?:^|\.)oidc\.isAuthenticated$/ },
  { callee: /^account\.get$|\.account\.get$/ },
  { callee: /(?:^|\.)session\.\$authorize$/, rejects: true },
  {
    callee:
      /(?:privy|magic|stytch|descope|hanko)\w*\.(?:\w+\.)*(?:verifyAuthToken|validate|validateSession|authenticateJwt|authenticate)$/i,
    rejects: true,
  },
  { callee: /verifier\.verify$/i, rejects: true },
  {
    callee: /^(?:getUser|getSession|isAuthenticated)$/,
    from: /kinde|workos|stack/,
  },
  { callee: /(?:^|\.)getKindeServerSession$/ },
  { callee: /^withAuth$/, from: /workos/ },
  { callee: /^withAuth$/, from: /next-auth/, rejects: true },
  { callee: /\.(?:validateSession|validateSessionToken)$/ },
  { callee: /\.(?:verifyIdToken|verifySessionCookie)$/, rejects: true },
  {
    callee: /^(?:jwtVerify|jose\.jwtVerify|request\.jwtVerify|req\.jwtVerify)$/,
    rejects: true,
  },
  { callee: /^(?:jwt|JWT|jsonwebtoken|jose|djwt)\.verify$/, rejects: true },
  { callee: /^verify$/, from: /jsonwebtoken|hono\/jwt|djwt/, rejects: true },
  { callee: /^verifyToken$/, from: clerk, rejects: true },
  { callee: /jwt(?:Service)?\.(?:verify|verifyAsync)$/i, rejects: true },
  { callee: /(?:^|\.)passport\.authenticate$/, rejects: true },
  { callee: /^AuthGuard$/, rejects: true },
  { callee: /^(?:ensureLoggedIn|connectEnsureLogin\.\w+)$/, rejects: true },
  { callee: /\.isAuthenticated$/ },
  {
    callee: /^authenticator\.(?:isAuthenticated|authenticate)$/,
    rejects: true,
  },
  {
    callee: /^authenticate\.(?:admin|webhook|public|flow)(?:\.\w+)?$/,
    from: /./,
    rejects: true,
  },
  { callee: /^(?:convexAuth|getAuthUserId)$/ },
  { callee: /\.auth\.getUserIdentity$/ },
  {
    callee: /^(?:Shopify|shopify)\.\w*(?:validate|authenticate)\w*$/,
    rejects: true,
  },
  { callee: /\.constructEvent(?:Async)?$/, kind: "signature", rejects: true },
  {
    callee:
      /(?:^|\.)(?:timingSafeEqual|verifyKey|verifyWebhookSignature|validateWebhookSignature|isValidSignature)$/,
    kind: "signature",
  },
  {
    callee: /(?:webhook|wh|receiver|svix)\w*\.verify$/i,
    kind: "signature",
    rejects: true,
  },
  {
    callee:
      /^(?:verifySignature(?:AppRouter|Edge)?|verifyWebhook|validateEvent|validateWebhook)$/,
    from: /./,
    kind: "signature",
    rejects: true,
  },
  {
    callee: /webhooks\.(?:unmarshal|unwrap|verify|verifyAndReceive)$/,
    kind: "signature",
    rejects: true,
  },
  { callee: /(?:^|\.)subtle\.verify$/, kind: "signature" },
  { callee: /(?:^|\.)createVerify$/, kind: "signature" },
  { callee: /\.parseThinEvent$/, kind: "signature", rejects: true },
  {
    callee: /^(?:twilio\.)?validateRequest$/,
    from: /twilio/,
    kind: "signature",
  },
];

/** Values that earlier middleware or the platform hangs on the request or context. */
const contextName =
  /^(?:_?req|request|ctx|context|event|c|opts|socket|ws|locals|Astro|this)\.(?:(?:locals|ctx|context|state|data|var|raw|req|request|session|auth|handshake)\.)*(?:user|users?Id|user_id|usuario\w*|utilisateur\w*|benutzer\w*|kullanici\w*|utente\w*|session|auth|currentUser|currentSession|(?:auth|current|session|token|staff|admin)User\w*|user(?:Data|Info|Payload|Context)|auth(?:Data|Info|Payload|Context)|token(?:Data|Info)|uid|userEmail|account|accountId|member|viewer|identity|principal|jwtPayload|decoded|decodedToken|tokenPayload|admin|authUser|apiUser|apiKey|isAuthenticated)(?:\.|$)/;
const signedCookie = /^(?:_?req|request)\.signedCookies\.\w/;
const localsName = /^res\.locals\.(?:user|session|auth|currentUser|userId)/;

/** Whether a name reads what stands on the request because somebody was let in: `req.user`, `ctx.session.user`. */
export function isContextIdentity(name: string): boolean {
  return (
    contextName.test(name) || localsName.test(name) || signedCookie.test(name)
  );
}

/** The known calls of a name, whatever file it stands in. */
const callsNamed = remember((_: Project, _path: string, callee: string) =>
  knownCalls.filter((known) => known.callee.test(callee)),
);

/** The look-up that a call of a library is; calls of the project's own functions are not asked here. */
export function lookupOf(
  project: Project,
  path: string,
  call: CallValue,
): Lookup | undefined {
  const callee = fullCallee(call);
  const read = contextRead(project, path, call);
  if (read) return { kind: "session", ...read };
  for (const known of callsNamed(project, "", callee)) {
    if (known.from && !isFrom(project, path, callee, known.from)) continue;
    if (known.from === undefined && isOwnFunction(project, path, callee))
      continue;
    return {
      kind: known.kind ?? "session",
      how: callee,
      rejects: known.rejects === true,
    };
  }
  return isConfiguredAuth(project, path, callee)
    ? { kind: "session", how: callee, rejects: false }
    : undefined;
}

/** `auth().protect` and `createClient().auth.getUser`: what a method is called on, as far as it has a name. */
function fullCallee(call: CallValue): string {
  let name = call.callee;
  let on = call.on;
  for (let depth = 0; on !== undefined && depth < 6; depth++) {
    if (on.kind === "call") {
      name = `${on.callee}.${name}`;
      on = on.on;
    } else if (on.kind === "member") {
      name = `${on.name}.${name}`;
      on = on.of;
    } else break;
  }
  return name;
}

function isFrom(
  project: Project,
  path: string,
  callee: string,
  packages: RegExp,
): boolean {
  const root = rootName(callee);
  const imported = project.files
    .get(path)
    ?.module?.imports.find((one) => one.local === root);
  if (imported === undefined) return false;
  return packages.test(imported.from) && !/^(?:\.|@\/|~\/)/.test(imported.from);
}

/** A function of the project is looked into, whatever its name. */
function isOwnFunction(
  project: Project,
  path: string,
  callee: string,
): boolean {
  const constant = resolveConstant(project, path, callee);
  return constant?.value.kind === "function";
}

/** `auth` out of `export const { auth, handlers } = NextAuth(config)`, `getSession` out of a session storage. */
function isConfiguredAuth(
  project: Project,
  path: string,
  callee: string,
): boolean {
  if (
    !/^(?:auth|getSession|getServerSession|validateRequest|uncachedAuth|getUser)$/.test(
      lastName(callee),
    )
  )
    return false;
  const definition = resolveName(project, path, rootName(callee));
  if (definition === undefined) return false;
  const module = project.files.get(definition.path)?.module;
  if (module === undefined) return false;
  const value = constantOf(module, definition.name);
  const isLibraryMade =
    value === undefined ||
    (value.kind === "call" &&
      /^(?:cache|React\.cache|NextAuth|betterAuth)$/.test(value.callee)) ||
    value.kind === "name";
  return (
    isLibraryMade &&
    module.imports.some(({ from }) =>
      /^(?:next-auth|@auth\/|better-auth|@clerk\/|@remix-run\/|react-router$|@auth0\/|lucia|auth0)/.test(
        from,
      ),
    )
  );
}
