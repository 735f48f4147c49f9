import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LocalGitHub } from "#support/local-github/local-github.js";
import type { LocalPullRequest } from "#support/local-github/world/local-pull-request.js";
import { printRuns } from "./print-runs.js";
import { servePage } from "./serve-page.js";
import { openSample } from "./sample.js";

/** The bin, so that the demo runs the very server that users run. */
const bin = fileURLToPath(
  new URL("../../../../bin/vibegate.js", import.meta.url),
);
const webhookPath = "/api/github/webhooks";
const patienceMs = 60_000;

/**
 * Shows the main job: the real server, in a process of its own, takes a signed webhook from a local GitHub and posts
 * its check runs. They are printed, and shown on a local page until the process is interrupted; without a terminal it
 * ends by itself.
 */
export async function demo(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "vibegate-demo-"));
  const webhookSecret = randomBytes(32).toString("hex");
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const github = await LocalGitHub.start({
    webhookSecret,
    deliverTo: `${url}${webhookPath}`,
  });
  const server = startServer(github, { folder, port, url });
  try {
    await untilHealthy(url, server);
    say(
      "A local GitHub and the real server are running. A pull request is opened …",
    );
    const pull = await openSample(github);
    await untilReviewed(github, pull);
    printRuns(github.checkRuns(pull.headSha), process.stdout);
    if (process.stdin.isTTY) await showUntilInterrupted(github, pull);
  } finally {
    await endServer(server);
    await github.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

function startServer(
  github: LocalGitHub,
  place: {
    readonly folder: string;
    readonly port: number;
    readonly url: string;
  },
): ChildProcess {
  return spawn(process.execPath, [bin, "serve"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      PATH: process.env["PATH"],
      ...github.environment,
      PUBLIC_URL: place.url,
      HOST: "127.0.0.1",
      PORT: String(place.port),
      DATA_DIR: join(place.folder, "data"),
      LOG_LEVEL: "warn",
    },
  });
}

async function untilHealthy(url: string, server: ChildProcess): Promise<void> {
  await until("The server did not start.", async () => {
    if (server.exitCode !== null) throw new Error("The server did not start.");
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    return answer?.ok ?? false;
  });
}

/** Waits until both runs of the present head are there and completed. */
export function untilReviewed(
  github: LocalGitHub,
  pull: LocalPullRequest,
): Promise<void> {
  return until("The check runs did not come.", () => {
    const runs = github.checkRuns(pull.headSha);
    const names = new Set(runs.map(({ name }) => name));
    return Promise.resolve(
      names.size >= 2 && runs.every(({ status }) => status === "completed"),
    );
  });
}

async function until(
  failure: string,
  isDone: () => Promise<boolean>,
): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await isDone())) {
    if (Date.now() > end) throw new Error(failure);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

async function showUntilInterrupted(
  github: LocalGitHub,
  pull: LocalPullRequest,
): Promise<void> {
  const page = await servePage(github, pull);
  say(`\nSee it at ${page.url} (end with Ctrl+C).`);
  await new Promise<void>((resolve) => {
    process.once("SIGINT", () => {
      resolve();
    });
    process.once("SIGTERM", () => {
      resolve();
    });
  });
  await page.close();
}

async function endServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
