import type { Level } from "#gate/finding.js";
import type { Hit, RuleName } from "./hit.js";
import { type NamedValue, valuesWithNames } from "./named-text.js";
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

/** Secrets known by the name they are given, in files that are not JavaScript: `name = value`, `name: value`. */
export function namedValues(place: Place, text: string): Hit[] {
  if (place.isQuiet) return [];
  const sorts = new Map<string, SecretSort | undefined>();
  const sortOf = (name: string): SecretSort | undefined => {
    if (!sorts.has(name)) sorts.set(name, secretSort(name));
    return sorts.get(name);
  };
  return valuesWithNames(place, text).flatMap((found) => {
    const sort = sortOf(found.name);
    if (sort === undefined) return [];
    const shown = isSample(place, text, found.start)
      ? { ...place, isProse: true }
      : place;
    return judged(shown, text, sort, found);
  });
}

const maxSample = 10_000;

/** Whether it stands in the code that a page shows to its readers, as guides and tutorials do. */
function isSample({ path }: Place, text: string, at: number): boolean {
  if (!/\.(?:html?|xhtml|ejs|hbs|njk|liquid|php)$/i.test(path)) return false;
  const before = text.slice(Math.max(0, at - maxSample), at).toLowerCase();
  return ["pre", "code"].some(
    (tag) => before.lastIndexOf(`<${tag}`) > before.lastIndexOf(`</${tag}`),
  );
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
function judged(
  place: Place,
  text: string,
  sort: SecretSort,
  found: NamedValue,
): Hit[] {
  if (sameWords(found.name, found.value) || isNameOfOne(found)) return [];
  const weighed =
    vendorsKey(place, sort, found) ?? weightOf(place, text, sort, found);
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

function weightOf(
  place: Place,
  text: string,
  sort: SecretSort,
  found: NamedValue,
): Weighed | undefined {
  // A name for everyone says that the value is, unless it is a vendor's that has no such keys.
  if (isPublishedName(found.name)) return undefined;
  if (found.isFallback) return fallbackWeight(place, sort, found.value);
  return (
    plainWeight(place, sort, found.value) ??
    loginWeight(place, text, sort, found)
  );
}

const loginNames =
  /(?:e-?mail|correo|usu[aá]rio|user(?:name)?|login|benutzer|utilisateur)[*`"':|\s]{1,8}([^\s`*|"']{3,80})/gi;

/** A password right below a user's name in a guide is a login that somebody made, however weak it is. */
function loginWeight(
  place: Place,
  text: string,
  sort: SecretSort,
  { name, value, start }: NamedValue,
): Weighed | undefined {
  if (!place.isProse || sort !== "password" || /^[A-Z_]+$/.test(name))
    return undefined;
  const before = text.slice(Math.max(0, start - 160), start);
  // Code in a guide, or the body of a request.
  if (/["']$/.test(before) || !isSecretValue("password", value))
    return undefined;
  const user = [...before.matchAll(loginNames)].at(-1)?.[1];
  const isLogin = user !== undefined && /@|admin|root/i.test(user);
  const isMadeUp =
    /example|test|demo|your|exemplo|ejemplo|john|jane|foo|acme|[<[]/i.test(
      `${user ?? ""} ${value}`,
    );
  return isLogin && !isMadeUp
    ? weight("hard-coded-password", "likely", "advise")
    : undefined;
}

/** `gcloud … --secret=database-url-production` says which one is meant, by its name. */
function isNameOfOne({ name, value }: NamedValue): boolean {
  return name === "--secret" && /^[a-z]+(?:[-_][a-z]+)+$/i.test(value);
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
  if (place.isExample)
    return (
      proseWeight(place, sort, value) &&
      weight("hard-coded-secret", "possible", "notice")
    );
  if (place.isProse) return proseWeight(place, sort, value);
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
      place.isDemo || place.isCompose ? "advise" : undefined,
    );
  return weight("hard-coded-secret", "likely", "advise");
}

function passwordLevel(place: Place, value: string): Level | undefined {
  if (place.isDemo) return "notice";
  const isBlocking = isStrongPassword(value) && !isWordy(value);
  return isBlocking && !place.isCompose ? undefined : "advise";
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
