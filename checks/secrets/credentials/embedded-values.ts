import type { Hit } from "./hit.js";
import { type NamedValue, valuesWithNames } from "./named-text.js";
import { sameWords, vendorsKey } from "./named-values.js";
import { safeName } from "./neighbourhood.js";
import type { Place } from "./place.js";
import { looksRandom } from "./randomness.js";
import { isPublishedName, secretSort } from "./secret-names.js";
import { isSecretValue } from "./secret-values.js";

/** `NAME=value` as a shell takes it. The look-behind keeps one long run from being tried at each of its letters. */
const assignment =
  /(?<![A-Za-z0-9_.$])([A-Z][A-Z0-9]{1,20}(?:_[A-Z0-9]{1,20}){1,6})=["']?([\w+/=-]{20,200})/g;
const commentLine = /^[ \t]{0,40}(?:\/\/|\*)[^\n]{8,400}/gm;

/** Secrets in the texts of a script rather than in its code: commands that it prints, lines that are commented out. */
export function embeddedValues(place: Place, text: string): Hit[] {
  if (place.isQuiet || place.isExample) return [];
  return [...commands(text), ...comments(place, text)].flatMap((found) =>
    embeddedHit(place, found),
  );
}

function commands(text: string): NamedValue[] {
  return [...text.matchAll(assignment)].map((found) => {
    const [whole, name = "", value = ""] = found;
    const start = found.index + whole.length - value.length;
    return { name, value, start, isFallback: false };
  });
}

function comments(place: Place, text: string): NamedValue[] {
  return [...text.matchAll(commentLine)].flatMap((line) =>
    valuesWithNames(place, line[0]).map((found) => ({
      ...found,
      start: found.start + line.index,
    })),
  );
}

function embeddedHit(place: Place, found: NamedValue): Hit[] {
  const sort = secretSort(found.name);
  if (sort === undefined || sort === "password") return [];
  if (!isSecretValue(sort, found.value) || !looksRandom(found.value)) return [];
  if (sameWords(found.name, found.value)) return [];
  const vendor = vendorsKey(place, sort, found);
  if (isPublishedName(found.name) && !vendor) return [];
  return [
    {
      rule: "hard-coded-secret",
      kind: sort,
      confidence: "likely",
      atMost: "advise",
      name: safeName(found.name),
      start: found.start,
      end: found.start + found.value.length,
      value: found.value,
      ...vendor,
    },
  ];
}
