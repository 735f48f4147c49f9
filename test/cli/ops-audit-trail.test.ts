import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { opsAuditTrail } from "#cli/ops-audit-trail.js";
import {
  type AuditEntry,
  closeFollowUps,
  writeAudit,
} from "#server/audit-trail.js";
import { openSqliteKeeper } from "#queue/sqlite-keeper.js";

let folder = "";
let printed = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "audit-trail-"));
  printed = "";
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

const bypass: AuditEntry = {
  kind: "bypass",
  at: "2026-03-02T10:00:00Z",
  repository: "acme/shop",
  repositoryId: 42,
  pullRequest: 7,
  commit: "a".repeat(40),
  by: "root",
  reason: "sign-in is down",
  followUp: { state: "open" },
};

async function store(
  act: (keeper: ReturnType<typeof openSqliteKeeper>) => unknown,
) {
  const options = { now: Date.now, leaseMs: 1_000, groupCap: 1 };
  const keeper = openSqliteKeeper(folder, {
    ...options,
    merge: (_, later) => later,
  });
  await act(keeper);
  await keeper.close();
}

test("everything that went past the gate is printed from old to new, each thing once", async () => {
  await store(async ({ records }) => {
    await writeAudit(records, bypass, "comment 1");
    await writeAudit(records, { ...bypass, reason: "again" }, "comment 1");
    const earlier = { ...bypass, at: "2026-03-01T10:00:00Z", pullRequest: 6 };
    await writeAudit(
      records,
      { ...earlier, kind: "merged-around-the-gate", reason: "not green" },
      "head",
    );
    await closeFollowUps(
      records,
      { repositoryId: 42, pullRequest: 7 },
      { by: "rhea", at: "2026-03-03T10:00:00Z" },
    );
  });

  expect(await opsAuditTrail(folder, "pretty")).toBe(0);
  expect(printed.trim().split("\n")).toEqual([
    "2026-03-01T10:00:00Z  MERGED AROUND THE GATE  acme/shop#6 at aaaaaaa  by root: not green  [not reviewed since]",
    "2026-03-02T10:00:00Z  BYPASS  acme/shop#7 at aaaaaaa  by root: sign-in is down  [reviewed afterwards by rhea]",
  ]);
});

test("the same as JSON, with nothing in it at first", async () => {
  await store(() => undefined);

  expect(await opsAuditTrail(folder, "json")).toBe(0);
  expect(JSON.parse(printed)).toEqual([]);
});

test("a folder that is none is a mistake of usage, and is not made", async () => {
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
  expect(await opsAuditTrail(join(folder, "none"), "json")).toBe(2);
});
