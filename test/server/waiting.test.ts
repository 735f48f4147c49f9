import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openSqliteKeeper } from "#queue/sqlite-keeper.js";
import {
  forgetWaiting,
  lookAgainAt,
  looksAtWaiting,
  noteWaiting,
  wantDueLooks,
} from "#server/waiting.js";
import type { Work } from "#server/work.js";

let folder = "";
let keeper: ReturnType<typeof openSqliteKeeper>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "waiting-"));
  keeper = openSqliteKeeper(folder, {
    ...{ now: Date.now, leaseMs: 1_000, groupCap: 1 },
    merge: (_, later) => later,
  });
});

afterEach(async () => {
  await keeper.close();
  await rm(folder, { recursive: true, force: true });
});

const place = {
  ...{ installationId: 7, repositoryId: 42, owner: "acme", repo: "shop" },
  number: 3,
};
const numbersOf = (works: readonly Work[]) =>
  works.map((work) => ("number" in work ? work.number : 0));

test("what waits is found by its installation or its repository, until it is forgotten", async () => {
  const { records } = keeper;
  await noteWaiting(records, place);
  await noteWaiting(records, { ...place, repositoryId: 43, number: 4 });
  await noteWaiting(records, { ...place, installationId: 70, number: 5 });

  expect(numbersOf(await looksAtWaiting(records, 7, undefined))).toEqual([
    3, 4,
  ]);
  expect(numbersOf(await looksAtWaiting(records, 7, 42))).toEqual([3]);
  await forgetWaiting(records, place);
  expect(numbersOf(await looksAtWaiting(records, 7, undefined))).toEqual([4]);
});

test("a look that is due by the clock is wanted once", async () => {
  const { records } = keeper;
  await lookAgainAt(records, place, "2026-03-01T10:00:00.000Z");
  await lookAgainAt(
    records,
    { ...place, number: 4 },
    "2026-03-01T12:00:00.000Z",
  );
  const wanted: number[] = [];
  const look = (now: string) =>
    wantDueLooks(records, now, (works) => {
      wanted.push(...numbersOf(works));
      return Promise.resolve();
    });

  await look("2026-03-01T09:59:59.999Z");
  expect(wanted).toEqual([]);
  await look("2026-03-01T11:00:00.000Z");
  await look("2026-03-01T11:01:00.000Z");
  expect(wanted).toEqual([3]);
});
