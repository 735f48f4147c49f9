import { describe, expect, test } from "@jest/globals";
import { credentials } from "#checks/secrets/credentials/check.js";
import type { KeyFormat } from "#checks/secrets/credentials/key-format.js";
import { keyFormats } from "#checks/secrets/credentials/provider-keys.js";
import { buildProject } from "#model/build-project.js";
import { aRandom } from "#support/a-random.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";
import { textLike } from "#support/text-like.js";

const formats = keyFormats.map((format, index): [string, KeyFormat, number] => [
  `${format.what} (${format.prefix}…)`,
  format,
  index,
]);

/** Rules that fire, with their paths. */
function findingsIn(files: Files): string[] {
  const project = buildProject(aSnapshot({ files }), { checks: [credentials] });
  const outcome = credentials.evaluate(project);
  return outcome.status === "broken"
    ? outcome.findings.map(({ rule, path }) => `${rule} ${path}`)
    : [];
}

/** Keys in the places where people leave them, each in files of its own. */
function placesOf(keys: readonly string[]): Files {
  return Object.assign(
    {},
    ...keys.map((key, at): Files => ({
      [`src/settings-${String(at)}.ts`]: `export const settings = { value: ${JSON.stringify(key)} };\n`,
      [`config/app-${String(at)}.yml`]: `value: "${key}"\n`,
      [`docs/setup-${String(at)}.md`]: `Set it to:\n\n${key}\n`,
      [`notebook-${String(at)}.ipynb`]: JSON.stringify({
        cells: [{ source: [`use("${key}")`] }],
      }),
    })),
  ) as Files;
}

const keysOfEach = 10;
let missedInAll = 0;

describe("every format of the table", () => {
  test.each(formats)("%s is found wherever it stands", (_, format, index) => {
    const keys = Array.from({ length: keysOfEach }, (__, seed) => {
      const random = aRandom(index * 1_000 + seed + 1).number;
      return format.prefix + textLike(format.body, random);
    });
    const files = placesOf(keys);

    const found = new Set(findingsIn(files).map(pathOf));

    const missed = Object.keys(files).filter((path) => !found.has(path));
    missedInAll += missed.length;
    // One random key in many reads like a word or repeats itself.
    expect(missed.length).toBeLessThanOrEqual(4);
  });

  test("of all of them together hardly one is missed", () => {
    const places = formats.length * keysOfEach * 4;

    expect(missedInAll / places).toBeLessThan(0.002);
  });

  test.each(formats)("%s is let be where somebody made it up", (_, format) => {
    const { prefix } = format;
    const madeUp = [
      `${prefix}your_key_here`,
      `${prefix}${"x".repeat(60)}`,
      `${prefix}${"0".repeat(60)}`,
      `${prefix}...`,
      `${prefix}<YOUR_KEY>`,
      `${prefix}\${KEY}`,
      `${prefix}EXAMPLE${"1234567890".repeat(5)}`,
    ];

    expect(findingsIn(placesOf(madeUp))).toEqual([]);
  });
});

function pathOf(finding: string): string {
  return finding.slice(finding.indexOf(" ") + 1);
}
