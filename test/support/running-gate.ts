import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { Analysis } from "#server/analysis.js";
import { doWork } from "#server/do-work.js";
import { type RunningServer, serve, type ServeOptions } from "#server/serve.js";
import { readSettings } from "#server/settings.js";
import { LocalGitHub } from "./local-github/local-github.js";
import { type CheckRun, latestRuns } from "./local-github/world/check-runs.js";

/** Names of both runs on the default branch. */
export const gateName = "VibeGate";
export const reviewerName = "VibeGate / second reviewer";

const patienceMs = 60_000;

const analysisModule = new URL(
  "../../src/server/analysis-worker.bundle.js",
  import.meta.url,
);

/** For a file that starts a gate for each of its tests: they share a process that has loaded everything. */
export function anAnalysis(): Analysis {
  return new Analysis({ module: analysisModule });
}

/** The real server in this process, in front of a local GitHub. */
export interface RunningGate {
  readonly github: LocalGitHub;
  readonly server: RunningServer;
  /** Waits until all webhooks are answered and all work is done. */
  readonly settled: () => Promise<void>;
  /** The newest run of a name on a commit. */
  readonly run: (sha: string, name?: string) => CheckRun;
  /** Ends the server and starts it again on the same data. */
  readonly restart: () => Promise<void>;
  /** The same after its disk was lost. */
  readonly restartEmpty: () => Promise<void>;
  /** The same after something happened to its folder. */
  readonly restartAfter: (
    act: (folder: string) => Promise<void>,
  ) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts both. @param options - What the server is to do otherwise. */
export async function startGate(
  options: Partial<ServeOptions> = {},
): Promise<RunningGate> {
  const folder = await mkdtemp(join(tmpdir(), "running-gate-"));
  const webhookSecret = randomBytes(32).toString("hex");
  const github = await LocalGitHub.start({ webhookSecret });
  const settings = readSettings({
    ...github.environment,
    HOST: "127.0.0.1",
    PORT: "0",
    DATA_DIR: folder,
    LOG_LEVEL: "silent",
  });
  const start = async (): Promise<RunningServer> => {
    const server = await serve(settings, {
      ...doWork(),
      version: "0.0.0-test",
      log: pino({ level: "silent" }),
      spaceWrites: false,
      // Only where a test is about it: what is under test else is that nothing depends on it.
      sweepMs: 0,
      ...options,
    });
    github.deliverTo = `http://127.0.0.1:${String(server.port)}/api/github/webhooks`;
    return server;
  };
  let server = await start();
  return {
    github,
    get server() {
      return server;
    },
    settled: async () => {
      await github.settled();
      await server.settled(patienceMs);
      await github.settled();
      await server.settled(patienceMs);
    },
    run: (sha, name = gateName) => {
      const found = latestRuns(github.checkRuns(sha)).find(
        (run) => run.name === name,
      );
      if (!found) throw new Error(`There is no run "${name}" on ${sha}.`);
      return found;
    },
    restart: async () => {
      await server.stop();
      server = await start();
    },
    restartEmpty: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder);
      server = await start();
    },
    restartAfter: async (act) => {
      await server.stop();
      await act(folder);
      server = await start();
    },
    stop: async () => {
      await server.stop();
      await github.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
