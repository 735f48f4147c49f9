import type { Hit } from "./hit.js";
import type { Place } from "./place.js";
import { isInterfaceWord, isPlaceholder } from "./placeholders.js";

/** `crypt('password', gen_salt('bf'))`: the hash is made on the spot, from a password that everyone can read. */
export function hashedOnTheSpot(place: Place, text: string): Hit[] {
  if (place.isQuiet || !text.includes("gen_salt")) return [];
  const calls =
    /\bcrypt\(\s{0,4}'([^'\n]{6,80})'\s{0,4},\s{0,4}(?:\w{1,30}\.)?gen_salt/gi;
  return [...text.matchAll(calls)].flatMap((found) => {
    const value = found[1] as string;
    if (isPlaceholder(value) || isInterfaceWord(value)) return [];
    const start = found.index + found[0].indexOf(value);
    return [
      {
        rule: "hard-coded-password" as const,
        kind: "password",
        name: "",
        start,
        end: start + value.length,
        value,
        confidence: "likely" as const,
        atMost: place.isDemo ? ("notice" as const) : ("advise" as const),
      },
    ];
  });
}
