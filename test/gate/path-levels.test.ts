import { describe, expect, test } from "@jest/globals";
import { brokenBy, type Check } from "#gate/check.js";
import { judge, type Judged } from "#gate/judge.js";
import type { Policy } from "#gate/policy.js";
import { aSnapshot } from "#support/a-snapshot.js";
import {
  aFinding,
  backups,
  commitment,
  judged,
} from "#support/judged-backups.js";

describe("paths", () => {
  const level = (policy: Partial<Policy>) =>
    judged([aFinding()], { policy }).findings[0]?.level;

  test("the last override that speaks of the rule wins", () => {
    const overrides = [
      { paths: ["infra/**"], levels: { "restored-backups": "off" } },
      { paths: ["**/*.tf"], levels: { "restored-backups/no-drill": "advise" } },
      { paths: ["**"], levels: { "rate-limits": "off" } },
    ] as const;

    expect(level({ overrides })).toBe("advise");
    expect(level({ overrides: overrides.slice(0, 1) })).toBeUndefined();
  });

  test("a check that is off may be on for some paths", () => {
    const overrides = [
      { paths: ["infra/**"], levels: { "restored-backups": "block" } },
    ] as const;

    expect(level({ levels: { "restored-backups": "off" }, overrides })).toBe(
      "block",
    );
  });

  test("findings in ignored paths are counted, not reported", () => {
    const verdict = judged([aFinding()], { policy: { ignored: ["infra/**"] } });

    expect(verdict).toMatchObject({
      ...{ conclusion: "clear", findings: [] },
      ignored: { "restored-backups": 1 },
    });
    expect(verdict.items.find(({ id }) => id === "3.2")?.status).toBe("off");
  });

  test("a floor reaches into ignored paths", () => {
    const floors = { "restored-backups": "block" } as const;

    expect(level({ ignored: ["**"], floors })).toBe("block");
  });

  test("credentials in ignored paths stay in sight, as advice", () => {
    const leak: Check<Judged> = {
      ...backups(() => brokenBy([aFinding({ rule: "provider-key" })])),
      ...{ id: "1.1", name: "credentials" },
      rules: { "provider-key": { title: "Key", level: "block" } },
    };

    const verdict = judge(
      [leak],
      { snapshot: aSnapshot() },
      {
        ...commitment,
        ignored: ["**"],
      },
    );

    expect(verdict.findings).toMatchObject([{ level: "advise" }]);
  });
});
