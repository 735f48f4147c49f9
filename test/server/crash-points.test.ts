import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { LocalGitHub } from "#support/local-github/local-github.js";

const bin = fileURLToPath(new URL("../../../bin/vibegate.js", import.meta.url));
const patienceMs = 25_000;
let github: LocalGitHub;
let folder: string;
let server: ChildProcess;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "crash-points-"));
  github = await LocalGitHub.start({
    webhookSecret: randomBytes(32).toString("hex"),
  });
});

afterEach(async () => {
  server.kill("SIGKILL");
  await github.stop();
  await rm(folder, { recursive: true, force: true });
});

test.each([
  "ingest.before-commit",
  "check.created",
  "check.before-complete",
  "check.completed",
])(
  "killed at %s, the server answers each head once after its restart",
  async (point) => {
    const repository = await github.createRepository({ name: "shop" });
    await start({ VIBEGATE_CRASH_AT: point });
    const killed = once(server, "exit");
    await repository.commit({ branch: "a", files: { "a.ts": "export {};\n" } });
    const pull = await repository.openPullRequest({
      head: "a",
      author: "vera",
    });
    expect((await killed)[1]).toBe("SIGKILL");

    await start({});
    const runs = () => github.checkRuns(pull.headSha);
    await until(
      () =>
        runs().length >= 2 && runs().every((run) => run.status === "completed"),
    );
    expect(
      runs()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["VibeGate", "VibeGate / second reviewer"]);
  },
  60_000,
);

/** The real server, with a sweep when it starts: what it never stored is found that way. */
async function start(more: Readonly<Record<string, string>>): Promise<void> {
  server = spawn(process.execPath, [bin, "serve"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...github.environment,
      NODE_ENV: "test",
      HOST: "127.0.0.1",
      PORT: "0",
      DATA_DIR: join(folder, "data"),
      LOG_LEVEL: "info",
      VIBEGATE_LEASE_MS: "1000",
      VIBEGATE_SWEEP_MS: "2000",
      ...more,
    },
  });
  const port = await new Promise<number>((resolve) => {
    server.stdout?.on("data", (chunk: Buffer) => {
      const found = /"port":(\d+)/.exec(chunk.toString());
      if (found) resolve(Number(found[1]));
    });
  });
  github.deliverTo = `http://127.0.0.1:${String(port)}/api/github/webhooks`;
}

async function until(isTrue: () => boolean): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error("It did not happen in time.");
    await new Promise((resume) => setTimeout(resume, 25));
  }
}
