import type { Level } from "#gate/finding.js";
import type { Hit, RuleName } from "./hit.js";
import { safeName } from "./neighbourhood.js";
import { isInterfaceWord, isPlaceholder, isReference } from "./placeholders.js";
import type { Place } from "./place.js";
import { isWordy, looksRandom } from "./randomness.js";
import {
  isPublishedName,
  type SecretSort,
  secretSort,
  vendorOf,
  wordsOf,
} from "./secret-names.js";
import { isSecretValue, isStrongPassword } from "./secret-values.js";

/** Beginnings of the words that names of secrets end with, in the languages that people write code in. */
const secretWord =
  /secret|segredo|secreto|geheim|gizli|passw|pwd|passphrase|pass\b|_pass|kennwort|contrase|clave|senha|sifre|şifre|parola|motdepasse|mot_de_passe|mdp\b|wachtwoord|haslo|sandi|token|key|chave|llave|credential|mnemonic|seed_?phrase|pepper|пароль|密码|パスワード/giu;

const longestName = 60;
const longestValue = 512;

/** A name, a value, and where the value stands. */
interface NamedValue {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  /** The value is used only where the environment does not give one. */
  readonly isFallback: boolean;
}

/** Secrets known by the name they are given, in files that are not JavaScript: `name = value`, `name: value`. */
export function namedValues(place: Place, text: string): Hit[] {
  if (place.isQuiet) return [];
  return valuesWithNames(place, text).flatMap((found) => judged(place, found));
}

function valuesWithNames(place: Place, text: string): NamedValue[] {
  const found: NamedValue[] = [];
  const scan = new RegExp(secretWord);
  for (let word = scan.exec(text); word; word = scan.exec(text)) {
    const { start, end } = nameAround(text, word.index);
    scan.lastIndex = Math.max(end, scan.lastIndex);
    const named = valueBehind(place, text, start, end);
    if (!named) continue;
    found.push(named);
    scan.lastIndex = Math.max(named.start, scan.lastIndex);
  }
  return found;
}

function nameAround(text: string, at: number): { start: number; end: number } {
  const before = /[\p{L}\p{N}_$.-]{0,60}$/u.exec(
    text.slice(Math.max(0, at - longestName), at),
  );
  const rest = /[\p{L}\p{N}_$-]{1,60}/uy;
  rest.lastIndex = at;
  return {
    start: at - (before?.[0].length ?? 0),
    end: at + (rest.exec(text)?.[0].length ?? 1),
  };
}

/** Ways that a name is followed by its value. Each is sticky and of bounded length. */
const assigned =
  /(?:\\?["'`\]*_)]){0,4}[ \t]{0,12}(?:=>|:=|\?=|=|:|\||">|>)[ \t*_]{0,12}/y;
const spaced = /[ \t]{1,8}/y;
const shellDefault = /:?[-=]([^}\s]{1,200})\}/y;
const secondArgument =
  /["'][ \t]{0,4},[ \t]{0,4}(?:default[ \t]{0,2}=[ \t]{0,2})?(["'])([^"'\n]{1,200})\1/y;
const otherwise =
  /["'\]).!]{0,4}[ \t]{0,4}(?:\|\||\?\?|\bor\b|\?:)[ \t]{0,4}(["'`])([^"'`\n]{1,200})\1/y;
const quoted = /\\?(["'`])((?:(?!\1)[^\n\\]){1,512})\\?\1/y;
const bare = /[^\s"'`,;()<>{}|\\]{1,512}/y;

function valueBehind(
  place: Place,
  text: string,
  start: number,
  end: number,
): NamedValue | undefined {
  const name = text.slice(start, end);
  const fallback = fallbackBehind(text, start, end);
  if (fallback) return { name, ...fallback, isFallback: true };
  const from = separatorEnd(place, text, start, end);
  if (from === undefined) return undefined;
  const value = quotedAt(text, from) ?? bareAt(place, text, from);
  return value && { name, ...value, isFallback: false };
}

type Placed = Pick<NamedValue, "value" | "start">;

function fallbackBehind(
  text: string,
  start: number,
  end: number,
): Placed | undefined {
  const before = text.slice(Math.max(0, start - 30), start);
  if (before.endsWith("${")) return matchedAt(shellDefault, text, end, 1);
  if (
    /(env|get|getenv|config|fetch|default)\w{0,12}\(\s{0,4}["']$/i.test(before)
  ) {
    const second = matchedAt(secondArgument, text, end, 2);
    if (second) return second;
  }
  return /env|config/i.test(before) || /^[A-Z_]+$/.test(text.slice(start, end))
    ? matchedAt(otherwise, text, end, 2)
    : undefined;
}

function matchedAt(
  pattern: RegExp,
  text: string,
  at: number,
  group: number,
): Placed | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  const value = found?.[group];
  if (!found || value === undefined) return undefined;
  return { value, start: at + found[0].lastIndexOf(value) };
}

function separatorEnd(
  place: Place,
  text: string,
  start: number,
  end: number,
): number | undefined {
  assigned.lastIndex = end;
  if (assigned.test(text)) return assigned.lastIndex;
  spaced.lastIndex = end;
  if (!spaced.test(text)) return undefined;
  const isQuotedNext = /["']/.test(text[spaced.lastIndex] ?? "");
  if (/\.sql$/i.test(place.path))
    return isQuotedNext ? spaced.lastIndex : undefined;
  const line = text.slice(Math.max(0, start - 80), start);
  const takesSpace =
    /(^|\n)[ \t]*(ENV|machine|default|login)\b[^\n]*$/.test(line) &&
    /Dockerfile|Containerfile|netrc$/i.test(place.path);
  return takesSpace ? spaced.lastIndex : undefined;
}

function quotedAt(text: string, from: number): Placed | undefined {
  quoted.lastIndex = from;
  const found = quoted.exec(text);
  const value = found?.[2];
  if (!found || value === undefined) return undefined;
  return { value, start: from + found[0].indexOf(value) };
}

function bareAt(place: Place, text: string, from: number): Placed | undefined {
  if (!place.isUnquoted) return undefined;
  bare.lastIndex = from;
  const value = bare.exec(text)?.[0];
  const next = text[bare.lastIndex] ?? " ";
  if (value === undefined || value.length >= longestValue) return undefined;
  if (value.startsWith("$")) return undefined; // A variable of the shell or of a template.
  return /[(){}<>]/.test(next) ? undefined : { value, start: from };
}

/** A random value under a vendor's name is that vendor's key, though nothing in the value says so. */
export function vendorsKey(
  place: Place,
  sort: SecretSort,
  { name, value }: Pick<NamedValue, "name" | "value">,
): Pick<Hit, "rule" | "kind" | "confidence" | "atMost"> | undefined {
  const vendor = vendorOf(name);
  const isKey = sort === "api-key" || sort === "token" || sort === "secret";
  if (!isKey || vendor === undefined || value.length < 20) return undefined;
  if (!isSecretValue(sort, value)) return undefined;
  return {
    rule: "provider-key",
    kind: `named-${vendor}`,
    confidence: "likely",
    ...(place.isExample && { atMost: "advise" as const }),
  };
}

/** Weighs one named value by what it is and where it stands. */
function judged(place: Place, found: NamedValue): Hit[] {
  const sort = secretSort(found.name);
  if (sort === undefined || isPublishedName(found.name)) return [];
  if (sameWords(found.name, found.value)) return [];
  const weighed =
    vendorsKey(place, sort, found) ??
    (found.isFallback
      ? fallbackWeight(place, sort, found.value)
      : plainWeight(place, sort, found.value));
  if (!weighed) return [];
  return [
    {
      kind: sort,
      name: safeName(found.name),
      start: found.start,
      end: found.start + found.value.length,
      value: found.value,
      ...weighed,
    },
  ];
}

/** `password: db-password` repeats the name. */
export function sameWords(name: string, value: string): boolean {
  const own = new Set(wordsOf(name));
  const words = wordsOf(value.slice(0, 80));
  return words.length > 0 && words.every((word) => own.has(word));
}

type Weighed = Pick<Hit, "rule" | "confidence" | "atMost">;

function weight(
  rule: RuleName,
  confidence: Hit["confidence"],
  atMost?: Level,
): Weighed {
  return { rule, confidence, ...(atMost && { atMost }) };
}

function plainWeight(
  place: Place,
  sort: SecretSort,
  value: string,
): Weighed | undefined {
  if (!isSecretValue(sort, value)) return undefined;
  if (place.isProse || place.isExample) return proseWeight(place, sort, value);
  if (place.kind === "environment")
    return weight(
      "environment-file",
      "likely",
      place.isDemo ? "advise" : undefined,
    );
  if (sort === "password")
    return weight("hard-coded-password", "likely", passwordLevel(place, value));
  if (looksRandom(value) || sort === "mnemonic")
    return weight(
      "hard-coded-secret",
      "likely",
      place.isDemo ? "advise" : undefined,
    );
  return weight("hard-coded-secret", "likely", "advise");
}

function passwordLevel(place: Place, value: string): Level | undefined {
  if (place.isDemo) return "notice";
  return isStrongPassword(value) && !isWordy(value) ? undefined : "advise";
}

/** Guides and examples show made-up values, so a value must look used. Answers of an API are full of tokens. */
function proseWeight(
  place: Place,
  sort: SecretSort,
  value: string,
): Weighed | undefined {
  if (sort === "token" && !place.isLog) return undefined;
  if (sort === "password")
    return isStrongPassword(value)
      ? weight("hard-coded-password", "likely", "advise")
      : undefined;
  return looksRandom(value) && value.length >= 20
    ? weight("hard-coded-secret", "likely", "advise")
    : undefined;
}

function fallbackWeight(
  place: Place,
  sort: SecretSort,
  value: string,
): Weighed | undefined {
  if (place.isProse || place.isExample || isReference(value)) return undefined;
  const isConfig = place.kind === "config" || place.kind === "environment";
  if (sort === "signing") {
    const isLight = isConfig || place.isDemo;
    return value.length < 3
      ? undefined
      : weight("fallback-secret", "likely", isLight ? "advise" : undefined);
  }
  return isPlaceholder(value) || isInterfaceWord(value)
    ? undefined
    : otherFallbackWeight(sort, value, isConfig);
}

function otherFallbackWeight(
  sort: SecretSort,
  value: string,
  isConfig: boolean,
): Weighed | undefined {
  if (sort !== "password" && sort !== "shared")
    return looksRandom(value) ? weight("fallback-secret", "likely") : undefined;
  return isSecretValue(sort, value)
    ? weight("fallback-secret", "likely", isConfig ? "notice" : "advise")
    : undefined;
}
