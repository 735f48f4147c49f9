import { describe, expect, test } from "@jest/globals";
import { compareEffects, dryRunSentence } from "#config/dry-run.js";
import { effectiveConfig } from "#config/layers.js";
import { parseConfig } from "#config/parse-config.js";
import { policyOf } from "#config/policy-of.js";
import { brokenBy, type Check } from "#gate/check.js";
import { judge, type Judged } from "#gate/judge.js";
import { aSnapshot } from "#support/a-snapshot.js";

const check: Check<Judged> = {
  id: "1.4",
  name: "explicit-cors",
  title: "t",
  why: "w",
  needs: { files: ["**"], scope: "repository" },
  rules: { "any-origin": { title: "Any", level: "block" } },
  evaluate: () =>
    brokenBy(
      ["a", "b", "c"].map((name) => ({
        ...{ rule: "any-origin", path: `src/${name}.ts`, identity: "cors" },
        ...{ lines: { start: 1, end: 1 }, message: "m", fix: "f" },
        confidence: "certain" as const,
      })),
    ),
};

function judgement(text: string) {
  const parsed = parseConfig(text, { path: ".vibegate.yml" });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const snapshot = aSnapshot();
  const policy = policyOf(
    effectiveConfig({
      ...{ repository: parsed.config, branch: "main" },
      takenAt: snapshot.takenAt,
    }),
  );
  return { policy, verdict: judge([check], { snapshot }, policy) };
}

function effect(base: string, head: string) {
  const compared = compareEffects(judgement(base), judgement(head));
  return { text: dryRunSentence(compared), loosens: compared.loosens };
}

const accepted = (path: string, line = "") =>
  `${line}suppress: [{rule: explicit-cors, paths: ["${path}"], reason: behind a proxy that decides, owner: "@d", until: 2026-08-01}]\n`;

describe("what a changed file would do", () => {
  test.each([
    [
      "nothing",
      "version: 1\n",
      "# hello\nversion: 1\n",
      "With this file nothing would change here.",
      false,
    ],
    [
      "lower a level",
      "version: 1\n",
      "checks: {explicit-cors: advise}\n",
      "With this file: 3 findings would become advisory, explicit-cors would be set to advise.",
      true,
    ],
    [
      "raise a level again",
      "checks: {explicit-cors: advise}\n",
      "version: 1\n",
      "With this file: 3 findings would block, explicit-cors would weigh what it does by default.",
      false,
    ],
    [
      "switch on",
      'checks: {explicit-cors: "off"}\n',
      "checks: {explicit-cors: block}\n",
      "With this file: 3 findings would be found that block, explicit-cors would be set to block.",
      false,
    ],
    [
      "accept one",
      "version: 1\n",
      accepted("src/a.ts"),
      "With this file: 1 finding would no longer count, 1 suppression added.",
      true,
    ],
    [
      "move a suppression",
      accepted("src/a.ts"),
      accepted("src/a.ts", "\n\n"),
      "With this file nothing would change here.",
      false,
    ],
    [
      "ignore a folder",
      "version: 1\n",
      "paths: {ignore: [src/**]}\n",
      "With this file: 3 findings would no longer count, 1 ignored path added.",
      true,
    ],
    [
      "go back to exploration",
      "phase: commitment\n",
      "phase: exploration\n",
      "With this file: the phase would be exploration.",
      true,
    ],
    [
      "put commitment off",
      "phase: {commitment-from: 2026-07-01}\n",
      "phase: {commitment-from: 2026-08-01}\n",
      "With this file: commitment would begin on 2026-08-01.",
      true,
    ],
    [
      "announce commitment",
      "version: 1\n",
      "phase: {commitment-from: 2026-08-01}\n",
      "With this file: commitment would begin on 2026-08-01.",
      false,
    ],
    [
      "loosen what this change does not touch",
      "version: 1\n",
      'checks: {credentials: "off"}\n',
      "With this file: credentials would be set to off.",
      true,
    ],
    [
      "let findings grow",
      "ratchet: true\n",
      "version: 1\n",
      "With this file: the ratchet would be off.",
      true,
    ],
  ])("%s", (_name, base, head, text, loosens) => {
    expect(effect(base, head)).toEqual({ text, loosens });
  });
});
