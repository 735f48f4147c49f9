import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Keeper } from "#queue/queue.js";
import { openSqliteKeeper } from "#queue/sqlite-keeper.js";
import { toJob } from "#server/intents.js";

const bin = fileURLToPath(new URL("../../../bin/vibegate.js", import.meta.url));
let folder: string;
let keeper: Keeper;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ops-queue-"));
  keeper = openSqliteKeeper(folder, {
    ...{ now: Date.now, leaseMs: 60_000, groupCap: 2 },
    merge: (_earlier, later) => later,
  });
});

afterEach(async () => {
  await keeper.close();
  await rm(folder, { recursive: true, force: true });
});

async function ops(...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [bin, "ops", ...words],
    { env: { PATH: process.env["PATH"], DATA_DIR: folder } },
  );
  return stdout;
}

test("an operator sees the queue beside the server, and starts afresh what was parked", async () => {
  const { queue } = keeper;
  const place = { installationId: 7, repositoryId: 42, owner: "a", repo: "b" };
  await queue.add([toJob({ kind: "first-look", ...place })]);
  await queue.park((await queue.claim())!, "NotPermitted");
  await queue.pauseGroup("9", Date.now() + 60_000);

  expect(await ops("queue")).toMatch(
    /^0 jobs \(0 running, oldest waits 0 s\), 1 parked\ninstallation 9 is paused until 20/,
  );
  expect(await ops("parked")).toMatch(/first-look:42 {2}NotPermitted\n$/);
  expect(await ops("retry", "first-look:42")).toBe("1 of 1 started afresh\n");
  expect(await ops("reconcile")).toMatch(/^A server will look/);
  expect((await queue.list(9)).map(({ key }) => key).toSorted()).toEqual([
    "first-look:42",
    "sweep",
  ]);
});
