import type { Hit } from "./hit.js";
import { safeName } from "./neighbourhood.js";
import type { Place } from "./place.js";
import { looksRandom } from "./randomness.js";
import { secretSort } from "./secret-names.js";
import { isSecretValue } from "./secret-values.js";

const entry =
  /^[ \t]{1,12}["']?([\w.-]{2,60})["']?:[ \t]{1,4}["']?([A-Za-z0-9+/]{8,400}={0,2})["']?[ \t]*$/gm;

/** A Kubernetes `Secret` in a repository: its base64 hides nothing. */
export function clusterSecrets(place: Place, text: string): Hit[] {
  if (place.isQuiet || place.isExample) return [];
  if (!/^kind:[ \t]{0,4}["']?Secret["']?[ \t]*$/m.test(text)) return [];
  return [...text.matchAll(entry)].flatMap((found) => {
    const [whole, name = "", value = ""] = found;
    const sort = secretSort(name);
    const plain = Buffer.from(value, "base64").toString("latin1").trim();
    const isText = /^[\x20-\x7e]{6,}$/.test(plain);
    if (sort === undefined || !isText || !isSecretValue(sort, plain)) return [];
    const start = found.index + whole.lastIndexOf(value);
    return [
      {
        rule: "hard-coded-secret" as const,
        kind: sort,
        name: safeName(name),
        start,
        end: start + value.length,
        value,
        confidence: "likely" as const,
        ...((place.isDemo || !looksRandom(plain)) && {
          atMost: "advise" as const,
        }),
      },
    ];
  });
}
