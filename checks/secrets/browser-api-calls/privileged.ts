import type { Finding } from "#gate/finding.js";
import { callsIn } from "#model/functions.js";
import type { Project } from "#model/project.js";
import { type Provenance, provenanceOfCallee } from "#model/provenance.js";
import type { CallValue } from "#model/value-walk.js";
import {
  type BrowserFunction,
  evidenceOf,
  isExposed,
  originOf,
  wayOfKey,
  weightOf,
} from "./browser-function.js";
import { keyOfMaker } from "./maker-key.js";

interface PrivilegedApi {
  readonly package: RegExp;
  /** The way from the import to what only servers may call. */
  readonly way: RegExp;
  readonly what: string;
}

/** Libraries that are of no use without a credential that owns everything. */
const privileged: readonly PrivilegedApi[] = [
  {
    package: /^@supabase\/(?:supabase-js|ssr|auth-js|gotrue-js)$/,
    way: /\.auth\.admin\.\w+$/,
    what: "Supabase's user administration",
  },
  {
    package: /^stripe$/,
    way: /^(?:default|\*|Stripe)(?:\.default|\.Stripe)?$/,
    what: "Stripe's server library",
  },
  {
    package: /^twilio$/,
    way: /^(?:default|\*|Twilio)$/,
    what: "Twilio's server library",
  },
  {
    package: /^@sendgrid\/mail$/,
    way: /\.setApiKey$/,
    what: "SendGrid's server library",
  },
  { package: /^resend$/, way: /^Resend$/, what: "Resend's server library" },
  {
    package: /^postmark$/,
    way: /^(?:\*\.)?ServerClient$/,
    what: "Postmark's server library",
  },
  {
    package: /^nodemailer$/,
    way: /createTransport$/,
    what: "a mail server",
  },
  {
    package: /^firebase-admin$/,
    way: /(?:^|\.)initializeApp$/,
    what: "Firebase with an administrator's rights",
  },
  {
    package: /^(?:@clerk\/backend|@clerk\/clerk-sdk-node)$/,
    way: /createClerkClient$|^clerkClient\./,
    what: "Clerk's user administration",
  },
  {
    package: /^(?:mongodb|mongoose|pg|mysql2?|ioredis|redis)$/,
    way: /(?:MongoClient|Pool|Client|createConnection|createPool|createClient|connect|Redis)$|^default$/,
    what: "a database",
  },
  {
    package: /^(?:razorpay|square|@paypal\/.*-server-sdk|mercadopago|asaas)$/,
    way: /^(?:default|\*|Client|SquareClient|MercadoPagoConfig)$/,
    what: "a payment provider's server library",
  },
];

/** Calls that need a credential which no browser may hold. */
export function privilegedFindings(
  project: Project,
  functions: readonly BrowserFunction[],
): readonly Finding[] {
  return functions.flatMap((one) =>
    callsIn(one.facts).flatMap(
      ({ call }) => privilegedFinding(project, one, call) ?? [],
    ),
  );
}

const worthAsking =
  /(?:^|\.)(?:admin\.\w+|Stripe|[tT]wilio|setApiKey|Resend|ServerClient|createTransport|initializeApp|createClerkClient|MongoClient|Pool|Client|create(?:Connection|Pool|Client)|connect|Redis|Razorpay|SquareClient|MercadoPagoConfig)$|^clerkClient\./;

function privilegedFinding(
  project: Project,
  one: BrowserFunction,
  call: CallValue,
): Finding | undefined {
  if (!worthAsking.test(call.callee)) return undefined;
  const { path } = one.ref;
  const placed = { path, value: call, within: one.facts };
  const made = provenanceOfCallee(project, placed);
  const api = made && apiOf(made);
  if (!made || !api) return undefined;
  const isMember = made.calls.length > 0;
  const makers = isMember ? made.calls : [placed];
  const origin = originOf(
    project,
    makers.flatMap((maker) => keysOf(project, api, maker)),
  );
  const base = {
    rule: "privileged-api-in-browser",
    path,
    lines: { start: call.line, end: call.line },
    identity: `${made.package} ${call.callee}`,
    fix: "Move it to an endpoint or function of your own that checks who asks, and keep the key there. If the key was ever deployed, replace it.",
    evidence: evidenceOf(origin),
  };
  const isPublic = /ANON|PUBLISHABLE/i.test(origin?.setting ?? "");
  if (isExposed(origin, one) && !isPublic)
    return {
      ...base,
      message: `The browser uses ${api.what} with ${wayOfKey(origin)}: everybody who opens the app holds that key.`,
      confidence: "likely",
      ...weightOf(one, false),
    };
  if (one.isStray || (!isMember && (isPublic || origin?.kind === "person")))
    return undefined;
  return {
    ...base,
    message: `Code that browsers run uses ${api.what}, which answers only to a key that no browser may hold.`,
    confidence: "possible",
    ...weightOf(one, true),
  };
}

function apiOf({ package: name, way }: Provenance): PrivilegedApi | undefined {
  return privileged.find((one) => one.package.test(name) && one.way.test(way));
}

/** Supabase takes the key second. */
function keysOf(
  project: Project,
  api: PrivilegedApi,
  maker: Parameters<typeof keyOfMaker>[1],
) {
  const [, second] = maker.value.arguments;
  return api.package.test("@supabase/supabase-js") && second
    ? [{ ...maker, value: second }]
    : keyOfMaker(project, maker);
}
