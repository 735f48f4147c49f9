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
import pino from "pino";
import { doWork } from "#server/do-work.js";
import { type RunningServer, serve } from "#server/serve.js";
import { readSettings } from "#server/settings.js";
import { LocalGitHub } from "#support/local-github/local-github.js";
import { type LocalPostgres, startPostgres } from "#support/postgres.js";
import { anAnalysis } from "#support/running-gate.js";

const bin = fileURLToPath(new URL("../../../bin/vibegate.js", import.meta.url));
/** For a machine that has other things to do; what is waited for comes within seconds. */
const patienceMs = 100_000;
const [leaseMs, sweepMs] = [1_000, 2_000];
const analysis = anAnalysis();
let github: LocalGitHub;
let folder: string;
let server: ChildProcess;
let killed: Promise<unknown[]>;
let restarted: RunningServer | undefined;
let postgres: LocalPostgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(async () => {
  analysis.stop();
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
  await restarted?.stop();
  restarted = undefined;
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
    await startToBeKilled({ ...store, VIBEGATE_CRASH_AT: point });
    await repository.commit({ branch: "a", files: { "a.ts": "export {};\n" } });
    const pull = await repository.openPullRequest({
      head: "a",
      author: "vera",
    });
    expect((await killed)[1]).toBe("SIGKILL");

    await startAgain(store);
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
  patienceMs + 20_000,
);

function environmentWith(
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    ...github.environment,
    HOST: "127.0.0.1",
    PORT: "0",
    DATA_DIR: join(folder, "data"),
    LOG_LEVEL: "info",
    ...more,
  };
}

/** The server in this process, with a sweep when it starts: what was never stored is found that way. */
async function startAgain(
  store: Readonly<Record<string, string>>,
): Promise<void> {
  restarted = await serve(readSettings(environmentWith(store)), {
    ...doWork(),
    ...{ version: "0.0.0-test", analysis, leaseMs, sweepMs },
    spaceWrites: false,
    log: pino({ level: "silent" }),
  });
  deliverTo(restarted.port);
}

function deliverTo(port: number): void {
  github.deliverTo = `http://127.0.0.1:${String(port)}/api/github/webhooks`;
}

/** The server as a process of its own. */
async function startToBeKilled(
  more: Readonly<Record<string, string>>,
): Promise<void> {
  server = spawn(process.execPath, [bin, "serve"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...environmentWith(more),
      NODE_ENV: "test",
      VIBEGATE_LEASE_MS: String(leaseMs),
      VIBEGATE_SWEEP_MS: String(sweepMs),
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
  if (port !== undefined) deliverTo(port);
}

async function until(isTrue: () => boolean): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error("It did not happen in time.");
    await new Promise((resume) => setTimeout(resume, 25));
  }
}
