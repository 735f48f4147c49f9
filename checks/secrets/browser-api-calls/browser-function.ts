import type { Evidence, Level } from "#gate/finding.js";
import type { FunctionRef } from "#model/functions.js";
import { type KeyOrigin, keyOrigin, worstOrigin } from "#model/key-origin.js";
import type { Placed } from "#model/placed.js";
import type { Project } from "#model/project.js";
import type { FunctionFacts } from "#parse/code-facts.js";

/** A function that browsers run. */
export interface BrowserFunction {
  readonly ref: FunctionRef;
  readonly facts: FunctionFacts;
  /** Whether something that runs loads its file. */
  readonly isLive: boolean;
  /** Nobody loads its file, so only what it uses tells that it is meant for browsers. */
  readonly isStray?: true;
}

/** Names of settings whose values are made for browsers. */
const madePublic =
  /PUBLISHABLE|ANON(?:_|$)|PUBLIC_KEY|_PK(?:_|$)|CLIENT_ID|SITE_?KEY|FIREBASE|MAPBOX|MAPS?_|POSTHOG|ALGOLIA_(?:SEARCH|APP)|SUPABASE_(?:ANON|PUBLISHABLE)|SENTRY|ANALYTICS|_DSN|STREAM_(?:KEY|API)|PUSHER_(?:APP_)?KEY|WEB3FORMS|EMAILJS|FORMSPREE|WALLETCONNECT|RECAPTCHA|TURNSTILE|REVENUECAT|GIPHY|CLOUDINARY_(?:CLOUD|UPLOAD)/i;

/** Where the most telling of some credentials comes from; those made for browsers are left out. */
export function originOf(
  project: Project,
  credentials: readonly Placed[],
): KeyOrigin | undefined {
  return worstOrigin(
    credentials.flatMap((one) => keyOrigin(project, one) ?? []),
  );
}

/** Whether a credential is made to be seen. */
export function isMadePublic(origin: KeyOrigin | undefined): boolean {
  return origin?.setting !== undefined && madePublic.test(origin.setting);
}

/** How a key got into the page, as the end of a sentence. */
export function wayOfKey({ kind, setting }: KeyOrigin): string {
  if (kind === "written") return "the key that is written in the code";
  return kind === "published"
    ? `the key that the bundler writes into the page from ${setting ?? "a setting"}`
    : `a key (${setting ?? "a setting"})`;
}

/** A credential that everybody who opens the app can read. */
export interface ExposedKey extends KeyOrigin {
  readonly kind: "written" | "published";
}

/** Whether a credential is in the code that browsers load. Of a file that nobody loads, only the bundler's settings tell. */
export function isExposed(
  origin: KeyOrigin | undefined,
  { isStray }: Pick<BrowserFunction, "isStray">,
): origin is ExposedKey {
  return (
    origin?.kind === "published" ||
    (origin?.kind === "written" && isStray !== true)
  );
}

/** What a finding weighs: less where nothing runs its code, and where the key cannot be seen to be in it. */
export function weightOf(
  { isLive }: Pick<BrowserFunction, "isLive">,
  weighsLess: boolean,
): { readonly atMost?: Level } {
  if (!isLive) return { atMost: "notice" };
  return weighsLess ? { atMost: "advise" } : {};
}

/** The place of a key as evidence. */
export function evidenceOf(origin: KeyOrigin | undefined): Evidence[] {
  if (origin === undefined) return [];
  const { path, line, setting } = origin;
  const note = setting
    ? `The key is read from ${setting}.`
    : "Where the key comes from.";
  return [{ path, line, note }];
}
