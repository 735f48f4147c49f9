import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { LocalGitHub } from "#support/local-github/local-github.js";

const bin = fileURLToPath(new URL("../../../bin/vibegate.js", import.meta.url));
/** For a machine that has other things to do; what is waited for comes within seconds. */
const patienceMs = 100_000;
let github: LocalGitHub;
let folder: string;
let port: number;
let server: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "crash-recovery-"));
  port = await freePort();
  github = await LocalGitHub.start({
    webhookSecret: randomBytes(32).toString("hex"),
    deliverTo: `http://127.0.0.1:${String(port)}/api/github/webhooks`,
  });
  github.world.hooks.timeoutMs = patienceMs;
});

afterEach(async () => {
  server?.kill("SIGKILL");
  const { violations } = github;
  await github.stop();
  await rm(folder, { recursive: true, force: true });
  expect(violations).toEqual([]);
});

test.each([
  ["before anything was written", /\/graphql/, "POST"],
  ["while the change is read", /\/git\/trees\//, "GET"],
  ["while the check run is being completed", /\/check-runs\/\d+$/, "PATCH"],
])(
  "a server that is killed after its 202, %s, answers after its restart",
  async (_when, path, method) => {
    await startServer();
    const stopFault = github.fault({ path, method, delayMs: 60_000 });
    const repository = await github.createRepository({ name: "shop" });
    await repository.commit({ branch: "a", files: { "a.ts": "export {};\n" } });
    const pull = await repository.openPullRequest({
      head: "a",
      author: "vera",
    });
    // A server that starts may ask for others again, which are then still on their way.
    const told = github.deliveries.find(
      ({ event, redelivery }) => event === "pull_request" && !redelivery,
    );
    expect(told?.statusCode).toBe(202);
    await until(() =>
      github.requests.some(
        (one) => path.test(one.path) && one.method === method,
      ),
    );

    await kill();
    stopFault();
    await startServer();

    await until(
      () => github.checkRuns(pull.headSha).length >= 2 && isDone(pull.headSha),
    );
    const names = github.checkRuns(pull.headSha).map(({ name }) => name);
    expect(names.sort()).toEqual(["VibeGate", "VibeGate / second reviewer"]);
  },
  patienceMs + 20_000,
);

test("a server that is asked to end does so and loses nothing", async () => {
  await startServer();
  github.fault({ path: /\/git\/trees\//, delayMs: 300, times: 1 });
  const repository = await github.createRepository({ name: "shop" });
  await repository.commit({ branch: "a", files: { "a.ts": "export {};\n" } });
  const pull = await repository.openPullRequest({ head: "a", author: "vera" });
  const ended = new Promise((resolve) => server?.once("exit", resolve));
  server?.kill("SIGTERM");

  expect(await ended).toBe(0);
  await startServer();
  await until(
    () => github.checkRuns(pull.headSha).length >= 2 && isDone(pull.headSha),
  );
});

function isDone(sha: string): boolean {
  return github.checkRuns(sha).every(({ status }) => status === "completed");
}

async function startServer(): Promise<void> {
  server = spawn(process.execPath, [bin, "serve"], {
    stdio: "ignore",
    env: {
      ...github.environment,
      HOST: "127.0.0.1",
      PORT: String(port),
      DATA_DIR: join(folder, "data"),
      LOG_LEVEL: "error",
      VIBEGATE_LEASE_MS: "1000",
    },
  });
  await until(async () => {
    const answer = await fetch(
      `http://127.0.0.1:${String(port)}/healthz`,
    ).catch(() => undefined);
    return answer?.ok ?? false;
  });
}

async function kill(): Promise<void> {
  const ended = new Promise((resolve) => server?.once("exit", resolve));
  server?.kill("SIGKILL");
  await ended;
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error("It did not happen in time.");
    await new Promise((resume) => setTimeout(resume, 25));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const free = typeof address === "object" && address ? address.port : 0;
      probe.close(() => {
        resolve(free);
      });
    });
  });
}
