import type { SensitiveCategory } from "#gate/review-policy.js";
import { natureOf } from "./file-nature.js";

/** A path that is enough to tell what the code is about, and which name in it told. */
export interface PathSignal {
  readonly category: SensitiveCategory;
  /** A clause, for example `the folder "auth"`. */
  readonly signal: string;
}

type Names = Readonly<Partial<Record<SensitiveCategory, ReadonlySet<string>>>>;

const names = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Names that say it wherever they stand. */
const anywhere: Names = {
  auth: names(
    "auth authn authz authentication authorization login log-in logout log-out signin sign-in signup sign-up signout sign-out oauth oauth2 oidc saml sso mfa 2fa two-factor totp webauthn passkey passkeys rbac abac acl permissions guards reset-password forgot-password change-password csrf jwt nextauth",
  ),
  payment: names(
    "payment payments stripe paddle lemonsqueezy lemon-squeezy paypal braintree razorpay adyen",
  ),
  data: names("migrations drizzle db models"),
};

/** Names that say it of a server's code only. */
const onServer: Names = {
  auth: names("session sessions"),
  payment: names(
    "billing checkout invoice invoices refund refunds payout payouts",
  ),
};

const serverFolders = names("api server lib backend functions webhooks");

/** Names that are folders of data code, and common names of other things where they are files. */
const onlyFolders = names("models db drizzle migrations");

/** The signal of a folder whose name means other things, too. */
export const modelsFolder = 'the folder "models"';

/** Files that tools ask for in every folder of packages; what their content says is looked at elsewhere. */
const isToolFile =
  /(^|\/)(package(-lock)?|tsconfig[\w.-]*|jsconfig|turbo|nx|project|biome|lerna|components|typedoc|knip|deno|renovate|composer)\.jsonc?$|(^|\/)\.(eslint|prettier|swc|babel|stylelint|mocha|nyc|lintstaged)rc[\w.]*$|(^|\/)(vitest|vite|jest|eslint|prettier|tailwind|postcss|tsup|tsdown|rollup|webpack|babel|playwright|cypress|stylelint|lint-staged|commitlint)\.(config|setup|workspace)\.[\w.]+$|(^|\/)(Cargo|pyproject)\.toml$/i;

/** What the path alone says of a file: categories with the name that gave them away. */
export function pathSignals(path: string): readonly PathSignal[] {
  const nature = natureOf(path);
  if (isToolFile.test(path)) return [];
  if (nature !== "code" && nature !== "settings") return [];
  const signals = codePathSignals(path);
  const isFolder = (signal: PathSignal) =>
    !signal.signal.startsWith("the name");
  return nature === "code" ? signals : signals.filter(isFolder);
}

/** Categories that the path of a test, or of any other file, would have if it were code. */
export function codePathSignals(path: string): readonly PathSignal[] {
  const signals = [...wholePathSignals(path), ...segmentSignals(path)];
  const isFirst = ({ category }: PathSignal, index: number) =>
    signals.findIndex((other) => other.category === category) === index;
  return signals.filter(isFirst);
}

const wholePaths: readonly (readonly [RegExp, SensitiveCategory, string])[] = [
  [/(^|\/)(middleware|proxy)\.[cm]?[jt]s$/i, "auth", "a middleware"],
  [/\.(sql|psql|pgsql|plpgsql)$/i, "data", "SQL"],
  [/\.prisma$/i, "data", "a Prisma schema"],
  [/(^|\/)drizzle\.config\.[cm]?[jt]s$/i, "data", "a Drizzle configuration"],
  [/(^|\/)supabase\/(migrations|functions)\//i, "data", "Supabase"],
  [
    /(^|\/)[\w.-]*(firestore|storage)\.rules$/i,
    "data",
    "security rules of Firebase",
  ],
  [
    /(^|\/)database\.rules\.json$/i,
    "data",
    "security rules of Firebase in a folder",
  ],
];

function wholePathSignals(path: string): PathSignal[] {
  return wholePaths
    .filter(([pattern]) => pattern.test(path))
    .map(([, category, signal]) => ({ category, signal }));
}

function segmentSignals(path: string): PathSignal[] {
  const segments = path.split("/").map(bareName);
  const last = segments.length - 1;
  const found: PathSignal[] = [];
  const isServer = (folder: string) => serverFolders.has(folder);
  segments.forEach((segment, index) => {
    const isBelow = segments.slice(0, index).some(isServer);
    for (const category of ["auth", "payment", "data"] as const) {
      // `billing/lib` says it as well as `lib/billing`; a session may be many other things.
      const says =
        anywhere[category]?.has(segment) === true ||
        (onServer[category]?.has(segment) === true &&
          (isBelow ||
            (category === "payment" && segments.slice(0, -1).some(isServer))));
      if (!says) continue;
      if (index < last)
        found.push({ category, signal: `the folder "${segment}"` });
      else if (!onlyFolders.has(segment))
        found.push({ category, signal: `the name "${segment}"` });
    }
  });
  return found;
}

/** `(auth)`, `[...nextauth]`, `@login`, `_auth` and `auth.config.ts` are the words in them; `AuthGuards` is no `auth`. */
function bareName(
  segment: string,
  index: number,
  all: readonly string[],
): string {
  const name = segment.toLowerCase().replace(/^[([@_.$]+/, "");
  const stem = index === all.length - 1 ? name.replace(/\..*$/, "") : name;
  return stem.replace(/[)\]]+$/, "");
}
