import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  expect,
  test,
} from "@jest/globals";
import { LocalGitHub } from "#support/local-github/local-github.js";
import { type LocalPostgres, startPostgres } from "#support/postgres.js";

const bin = fileURLToPath(new URL("../../../bin/vibegate.js", import.meta.url));
const patienceMs = 25_000;
let github: LocalGitHub;
let folder: string;
let server: ChildProcess;
let killed: Promise<unknown[]>;
let postgres: LocalPostgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(async () => {
  await postgres.stop();
});

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

const points = [
  "ingest.before-commit",
  "ingest.after-commit",
  "job.claimed",
  "check.created",
  "check.before-complete",
  "check.completed",
];

test.each(
  points.flatMap((point) => [
    [point, "the disk"],
    [point, "Postgres"],
  ]),
)(
  "killed at %s with its store on %s, the server answers each head once after its restart",
  async (point, keeper) => {
    const store: Record<string, string> =
      keeper === "Postgres" ? { DATABASE_URL: await postgres.database() } : {};
    const repository = await github.createRepository({ name: "shop" });
    await start({ ...store, VIBEGATE_CRASH_AT: point });
    await repository.commit({ branch: "a", files: { "a.ts": "export {};\n" } });
    const pull = await repository.openPullRequest({
      head: "a",
      author: "vera",
    });
    expect((await killed)[1]).toBe("SIGKILL");

    await start(store);
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
  killed = once(server, "exit");
  const port = await new Promise<number | undefined>((resolve) => {
    server.stdout?.on("data", (chunk: Buffer) => {
      const found = /"port":(\d+)/.exec(chunk.toString());
      if (found) resolve(Number(found[1]));
    });
    // Its first job is the sweep, which may kill it before it says where it listens.
    server.once("exit", () => {
      resolve(undefined);
    });
  });
  if (port === undefined) return;
  github.deliverTo = `http://127.0.0.1:${String(port)}/api/github/webhooks`;
}

async function until(isTrue: () => boolean): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error("It did not happen in time.");
    await new Promise((resume) => setTimeout(resume, 25));
  }
}
