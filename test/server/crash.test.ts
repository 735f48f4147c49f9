import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { openSqliteKeeper } from "#queue/sqlite-keeper.js";
import { aPullRequestPayload, aSecret, signedHeaders } from "./signed.js";

const child = fileURLToPath(new URL("./crash-child.js", import.meta.url));
const secret = aSecret();

test("whatever was answered 202 is there after the process was killed in the middle", async () => {
  const directory = mkdtempSync(join(tmpdir(), "vibegate-crash-"));
  const acknowledged = new Set<number>();
  let number = 0;
  for (let kill = 0; kill < 5; kill += 1) {
    const { process: server, port } = await startServer(directory);
    const wanted = acknowledged.size + 20 + kill * 7;
    let running = true;
    const exited = once(server, "exit");
    while (running) {
      const batch = Array.from({ length: 8 }, () => (number += 1));
      await Promise.all(
        batch.map(async (pullRequest) => {
          if (await isAcknowledged(port, pullRequest))
            acknowledged.add(pullRequest);
          // In the middle of the batch, with requests under way.
          if (acknowledged.size >= wanted) server.kill("SIGKILL");
        }),
      );
      running = server.exitCode === null && server.signalCode === null;
      if (server.killed) await exited;
    }
  }
  const kept = await keptNumbers(directory);
  rmSync(directory, { recursive: true });

  expect(acknowledged.size).toBeGreaterThan(100);
  expect([...acknowledged].filter((one) => !kept.has(one))).toEqual([]);
});

test("a copy of the store that was made while it was written holds all that was answered before", async () => {
  const directory = mkdtempSync(join(tmpdir(), "vibegate-torn-"));
  const { process: server, port } = await startServer(directory);
  for (let number = 1; number <= 40; number += 1)
    expect(await isAcknowledged(port, number)).toBe(true);
  const later = Array.from({ length: 40 }, (_, index) =>
    isAcknowledged(port, 100 + index),
  );
  const copy = mkdtempSync(join(tmpdir(), "vibegate-copy-"));
  // As a cut of the power leaves it: the store, and a log whose end is torn.
  for (const name of ["vibegate.sqlite", "vibegate.sqlite-wal"])
    copyFileSync(join(directory, name), join(copy, name));
  appendFileSync(join(copy, "vibegate.sqlite-wal"), randomBytes(5_000));
  await Promise.all(later);
  const ended = once(server, "exit");
  server.kill("SIGKILL");
  await ended;
  const kept = await keptNumbers(copy);
  for (const folder of [directory, copy]) rmSync(folder, { recursive: true });

  for (let number = 1; number <= 40; number += 1)
    expect(kept.has(number)).toBe(true);
});

async function startServer(
  directory: string,
): Promise<{ process: ChildProcess; port: number }> {
  const server = spawn(process.execPath, [child, directory, secret], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(server.stdout, "data")) as [Buffer];
  return { process: server, port: Number(line.toString()) };
}

async function isAcknowledged(port: number, number: number): Promise<boolean> {
  const body = aPullRequestPayload(number);
  const headers = signedHeaders(secret, body);
  try {
    const address = `http://127.0.0.1:${String(port)}/`;
    const answer = await fetch(address, { method: "POST", body, headers });
    return answer.status === 202;
  } catch {
    return false;
  }
}

async function keptNumbers(directory: string): Promise<Set<number>> {
  const keeper = openSqliteKeeper(directory, {
    now: Date.now,
    leaseMs: 60_000,
    groupCap: Number.MAX_SAFE_INTEGER,
    merge: (_earlier, later) => later,
  });
  const numbers = new Set<number>();
  for (;;) {
    const claim = await keeper.queue.claim();
    if (!claim) break;
    numbers.add((claim.payload as { number: number }).number);
  }
  await keeper.close();
  return numbers;
}
