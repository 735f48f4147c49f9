import type { Hit } from "./hit.js";
import type { KeyFormat } from "./key-format.js";
import { nameBefore } from "./neighbourhood.js";
import { isPatterned, entropy, isWordy } from "./randomness.js";
import { isPublished, isReference, isStandIn } from "./placeholders.js";
import { cloudKeys } from "./providers/clouds.js";
import { developerKeys } from "./providers/developer-tools.js";
import { hostKeys } from "./providers/hosts.js";
import { messageKeys } from "./providers/messages.js";
import { modelKeys } from "./providers/models.js";
import { paymentKeys } from "./providers/payments.js";

/** Every key format that is known by how it begins. */
export const keyFormats: readonly KeyFormat[] = [
  ...modelKeys,
  ...cloudKeys,
  ...hostKeys,
  ...paymentKeys,
  ...messageKeys,
  ...developerKeys,
];

const prefixes = [...new Set(keyFormats.map(({ prefix }) => prefix))].sort(
  (a, b) => b.length - a.length,
);

/** The formats to try where a prefix stands, the most specific first: `sk-ant-api` before `sk-`. */
const formatsAt = new Map(
  prefixes.map((found) => [
    found,
    keyFormats
      .filter(({ prefix }) => found.startsWith(prefix))
      .sort((a, b) => b.prefix.length - a.prefix.length),
  ]),
);

/** One pass over the text looks for all prefixes; bodies are tried only where one stands. */
const anyPrefix = new RegExp(prefixes.map(escaped).join("|"), "g");

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/**
 * Keys that providers made recognisable by their beginning.
 *
 * @param strict - Leave out formats whose prefix is short: for files full of hashes.
 */
export function providerKeys(text: string, strict: boolean): Hit[] {
  const hits: Hit[] = [];
  const scan = new RegExp(anyPrefix);
  for (let found = scan.exec(text); found; found = scan.exec(text)) {
    if (!beginsWord(text, found.index)) continue;
    const tried = keyAt(text, found.index, found[0], strict);
    if (tried.hit) hits.push(tried.hit);
    if (tried.end > scan.lastIndex) scan.lastIndex = tried.end;
  }
  return hits;
}

/** What stands at a prefix, and where to look on: behind a key, or behind a run too long to be one. */
function keyAt(
  text: string,
  start: number,
  prefix: string,
  strict: boolean,
): { hit?: Hit; end: number } {
  let end = start + prefix.length;
  for (const format of formatsAt.get(prefix) ?? []) {
    if (strict && format.loose) continue;
    format.body.lastIndex = start + format.prefix.length;
    const body = format.body.exec(text)?.[0];
    if (body === undefined) continue;
    const stop = start + format.prefix.length + body.length;
    if (endsWord(text, stop)) {
      if (!isLive(body, format) || isCut(text, stop)) continue;
      return { hit: hitOf(text, start, stop, format), end: stop };
    }
    end = Math.max(end, stop);
  }
  return { end };
}

function hitOf(
  text: string,
  start: number,
  end: number,
  format: KeyFormat,
): Hit {
  const name = nameBefore(text, start);
  return {
    rule: "provider-key",
    kind: relabelled(format.kind, name),
    name,
    start,
    end,
    value: text.slice(start, end),
    confidence: format.loose ? "likely" : "certain",
    ...(format.atMost && { atMost: format.atMost }),
  };
}

/** Several products took over the prefixes of a better known one; the variable's name tells them apart. */
function relabelled(kind: string, name: string): string {
  if (!kind.startsWith("stripe")) return kind;
  return /clerk/i.test(name) ? kind.replace("stripe", "clerk") : kind;
}

function isLive(body: string, format: KeyFormat): boolean {
  if (format.structured)
    return !isStandIn(body.slice(0, 60)) && !isPatterned(body.slice(0, 200));
  if (isReference(body) || isStandIn(body) || isPatterned(body)) return false;
  if (isPublished(format.prefix + body)) return false;
  if (/^[a-z_-]{20,}$/.test(body) || /^[A-Z_-]{24,}$/.test(body)) return false;
  return entropy(body) >= 2.7 && (/\d/.test(body) || !isWordy(body));
}

/** A key does not begin within a word, except right behind an escape such as `\n`. */
function beginsWord(text: string, start: number): boolean {
  const before = text[start - 1];
  if (before === undefined || !/\w/.test(text[start] ?? "")) return true;
  if (!/[A-Za-z0-9_]/.test(before)) return true;
  return /[nrt]/.test(before) && text[start - 2] === "\\";
}

/** `sk_live_51abc...`: guides show the beginning of a key, and nobody can use that. */
function isCut(text: string, end: number): boolean {
  return text.startsWith("...", end) || text.startsWith("…", end);
}

function endsWord(text: string, end: number): boolean {
  return !/[A-Za-z0-9_]/.test(text[end] ?? " ");
}
