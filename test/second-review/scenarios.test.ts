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

const folder = fileURLToPath(
  new URL("../../../test/second-review/scenarios/", import.meta.url),
);

describe.each(readdirSync(folder).sort())("%s", (name) => {
  const text = readFileSync(`${folder}${name}`, "utf8");
  const { scenarios } = parse(text) as { scenarios: readonly Told[] };
  const answers = replay(text).scenarios;

  test.each(scenarios.map((told, at) => [told.id, told.title, at] as const))(
    "%s: %s",
    (_id, _title, at) => {
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
    },
  );
});
