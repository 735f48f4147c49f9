import type { Confidence, Level } from "#gate/finding.js";

/** Slugs of this check's rules. */
export type RuleName =
  | "provider-key"
  | "private-key"
  | "connection-password"
  | "signed-token"
  | "fallback-secret"
  | "hard-coded-secret"
  | "hard-coded-password"
  | "hard-coded-login"
  | "published-secret"
  | "sent-secret"
  | "server-client-in-browser"
  | "environment-file"
  | "key-file"
  | "environment-file-in-image";

/** A secret that a scanner saw in one file, with its value. Lives only while the file is parsed. */
export interface Hit {
  /** A rule, or `public` for a value that is meant to be seen and hides lesser hits at its place. */
  readonly rule: RuleName | "public";
  /** What it is: a provider's key by slug, or the sort of a named secret. */
  readonly kind: string;
  /** Name of the variable or property that holds it; empty when there is none. */
  readonly name: string;
  /** Offsets of the value in the file's text. */
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly confidence: Confidence;
  readonly atMost?: Level;
  /** The component that it is handed to. */
  readonly component?: string;
  /** The imported name that it is read by, where only the file behind it can tell whether it is a secret. */
  readonly through?: string;
  /** When it stops being valid by itself, in seconds since 1970. */
  readonly expires?: number;
}

const precedence: readonly Hit["rule"][] = [
  "provider-key",
  "private-key",
  "connection-password",
  "public",
  "signed-token",
  "hard-coded-login",
  "fallback-secret",
  "environment-file",
  "hard-coded-secret",
  "hard-coded-password",
  "published-secret",
  "sent-secret",
  "server-client-in-browser",
  "environment-file-in-image",
  "key-file",
];

/** The hits that remain when each place keeps only its most telling one, in the order of the text. */
export function withoutOverlaps(hits: readonly Hit[]): Hit[] {
  const ranked = [...hits].sort(
    (a, b) =>
      a.start - b.start ||
      precedence.indexOf(a.rule) - precedence.indexOf(b.rule) ||
      b.end - a.end,
  );
  const kept: Hit[] = [];
  for (const hit of ranked) {
    const last = kept.at(-1);
    if (!last || hit.start >= last.end) kept.push(hit);
    else if (rank(hit) < rank(last)) kept[kept.length - 1] = hit;
  }
  return kept.filter(({ rule }) => rule !== "public");
}

function rank(hit: Hit): number {
  return precedence.indexOf(hit.rule);
}
