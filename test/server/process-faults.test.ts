import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openSqliteKeeper } from "#queue/sqlite-keeper.js";
import {
  aPrivateKey,
  aPullRequestPayload,
  aSecret,
  signedHeaders,
} from "./signed.js";

const childOf = (name: string): string =>
  fileURLToPath(new URL(name, import.meta.url));
const secret = aSecret();
let directory: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "process-faults-"));
});

afterEach(() => {
  child?.kill("SIGKILL");
  rmSync(directory, { recursive: true });
});

async function until(isTrue: () => boolean): Promise<void> {
  const end = Date.now() + 100_000;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error("It did not happen in time.");
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

/** Posts a delivery about one pull request. */
async function deliver(port: number, path: string, number: number) {
  const body = aPullRequestPayload(number);
  const headers = signedHeaders(secret, body);
  const address = `http://127.0.0.1:${String(port)}${path}`;
  const answer = await fetch(address, { method: "POST", body, headers });
  return answer.status;
}

test("a disk that is full refuses deliveries, and keeps all that it took", async () => {
  const taken: number[] = [];
  const front = (limit: string) =>
    spawn(
      "sh",
      [
        "-c",
        `ulimit -f ${limit}; exec "$@"`,
        "sh",
        ...[process.execPath, childOf("./crash-child.js"), directory, secret],
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
  // Where no file may grow beyond a megabyte, the log of the store is full soon, and so is its checkpoint.
  child = front("2000");
  const [line] = (await once(child.stdout!, "data")) as [Buffer];
  let number = 0;
  let refused = 0;
  while (refused < 3 && number < 5_000) {
    number += 1;
    const status = await deliver(Number(line.toString()), "/", number);
    if (status === 202) taken.push(number);
    else refused += 1;
    expect([202, 503]).toContain(status);
  }
  expect(refused).toBe(3);
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;

  child = front("unlimited");
  const [again] = (await once(child.stdout!, "data")) as [Buffer];
  expect(await deliver(Number(again.toString()), "/", 9_999)).toBe(202);
  child.kill("SIGKILL");
  const kept = await keptNumbers();
  expect(taken.length).toBeGreaterThan(10);
  expect([...taken, 9_999].filter((one) => !kept.has(one))).toEqual([]);
}, 120_000);

async function keptNumbers(): Promise<Set<number>> {
  const keeper = openSqliteKeeper(directory, {
    ...{ now: Date.now, leaseMs: 60_000 },
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

/** A whole server; how its log is read is the test's affair. */
function startServer(args: readonly string[]): ChildProcess {
  child = spawn(process.execPath, [childOf("./run-child.js"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      APP_ID: "4711",
      PRIVATE_KEY: aPrivateKey(),
      WEBHOOK_SECRET: secret,
      HOST: "127.0.0.1",
      PORT: "0",
      DATA_DIR: join(directory, "data"),
    },
  });
  return child;
}

const hooks = "/api/github/webhooks";

/** The port, from the beginning of the log; then nobody reads on. */
async function portIn(server: ChildProcess): Promise<number> {
  let text = "";
  const read = (piece: Buffer) => (text += piece.toString());
  server.stdout!.on("data", read);
  await until(() => text.includes('"port":'));
  server.stdout!.off("data", read);
  server.stdout!.pause();
  return Number(/"port":(\d+)/.exec(text)?.[1]);
}

test("a log that nobody reads keeps nothing from being taken, nor the process from ending", async () => {
  const server = startServer(["0", "chatty"]);
  const port = await portIn(server);
  let dropped = 0;
  for (let number = 1; dropped === 0 && number < 2_000; number += 1) {
    expect(await deliver(port, hooks, number)).toBe(202);
    const page = await fetch(`http://127.0.0.1:${String(port)}/metrics`);
    const found = /log_lines_dropped (\d+)/.exec(await page.text());
    dropped = Number(found?.[1]);
  }
  const ended = once(server, "exit");
  server.kill("SIGTERM");

  expect(dropped).toBeGreaterThan(0);
  expect(await ended).toEqual([0, null]);
}, 120_000);

test.each(["throw", "reject"])(
  "an error that nobody caught (%s) is one line without a payload, and exit code 1",
  async (act) => {
    // Work that lasts, so that it cannot be done before the process ends.
    const server = startServer(["60000", act]);
    let output = "";
    server.stdout!.on("data", (piece: Buffer) => (output += piece.toString()));
    await until(() => output.includes('"port":'));
    const port = Number(/"port":(\d+)/.exec(output)?.[1]);
    const ended = once(server, "exit");
    await deliver(port, hooks, 17).catch(() => 0);

    expect(await ended).toEqual([1, null]);
    expect(output).toContain("An error that nobody caught");
    expect(output).not.toContain('"sender"');
    const again = startServer(["0"]);
    let errors = "";
    again.stderr!.on("data", (piece: Buffer) => (errors += piece.toString()));
    await until(() => errors.includes("worked"));
  },
  120_000,
);

test("a process that was kept from answering tells for how long", async () => {
  const server = startServer(["0", "block"]);
  const port = await portIn(server);
  await deliver(port, hooks, 17);
  let longest = 0;
  const end = Date.now() + 100_000;
  while (longest < 0.8 && Date.now() < end) {
    const page = await fetch(`http://127.0.0.1:${String(port)}/metrics`);
    const found = /longest_delay_seconds ([\d.]+)/.exec(await page.text());
    longest = Math.max(longest, Number(found?.[1]));
  }

  expect(longest).toBeGreaterThan(0.8);
});
