import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { replay } from "#cli/replay.js";

interface Expected {
  readonly decision: string;
  readonly reason: string;
  readonly also_reasons?: readonly string[];
  readonly enforcement?: string;
}

interface Told {
  readonly id: string;
  readonly title: string;
  readonly timeline: readonly { readonly check?: Expected }[];
  readonly expected: Expected;
}

interface ToldCase {
  readonly id: string;
  readonly path: string;
  readonly expect: readonly string[];
}

const folder = fileURLToPath(
  new URL("../../../test/second-review/scenarios/", import.meta.url),
);

describe.each(readdirSync(folder).sort())("%s", (name) => {
  const text = readFileSync(`${folder}${name}`, "utf8");
  const { scenarios = [], classification_cases: cases = [] } = parse(text) as {
    readonly scenarios?: readonly Told[];
    readonly classification_cases?: readonly ToldCase[];
  };
  const { scenarios: answers, classification } = replay(text);

  test("holds something to play", () => {
    expect(scenarios.length + cases.length).toBeGreaterThan(0);
  });

  for (const [at, { id, path, expect: categories }] of cases.entries())
    test(`${id}: ${path}`, () => {
      const found = classification[at]?.categories ?? [];

      expect(found.toSorted()).toEqual(categories.toSorted());
    });

  for (const [at, { id, title }] of scenarios.entries())
    test(`${id}: ${title}`, () => {
      const { expected, timeline } = scenarios[at] as Told;
      const { decision, checks } = answers[at] as (typeof answers)[number];

      expect(decision).toMatchObject({
        decision: expected.decision,
        enforcement: expected.enforcement ?? "blocking",
      });
      expect([expected.reason, ...(expected.also_reasons ?? [])]).toContain(
        decision.reason,
      );
      expect(
        checks.map((one) => ({ decision: one.decision, reason: one.reason })),
      ).toEqual(timeline.flatMap(({ check }) => check ?? []));
    });
});
