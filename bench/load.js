// Load on the real server, in a process of its own, against a local GitHub that takes 80 ms for each answer. Open loop:
// each delivery is sent when it is due, and timed from then, however slow the ones before were.
//
//   npm run build && node bench/load.js --seconds 300 --pulls 20 --flood 1000
//
// `--postgres` keeps the store on a Postgres that is started for it, `--database URL` on an empty database.
// Three parts: deliveries alone; pull requests over twenty installations; one installation that floods.
import { spawn } from "node:child_process";
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openLoop, percentiles, shuffle } from "./open-loop.js";
import { storedDeliveries } from "./stored-deliveries.js";
import { LocalGitHub } from "#support/local-github/local-github.js";
import { startPostgres } from "#support/postgres.js";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    rate: { type: "string", default: "100" },
    installations: { type: "string", default: "20" },
    pulls: { type: "string", default: "6" },
    flood: { type: "string", default: "100" },
    postgres: { type: "boolean", default: false },
    database: { type: "string" },
    output: { type: "string" },
  },
});
const seconds = Number(values.seconds);
const rate = Number(values.rate);
const installations = Number(values.installations);
const latencyMs = 80;
const bodyBytes = 20_000;
const secret = randomBytes(32).toString("hex");
const root = fileURLToPath(new URL("../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "vibegate-load-"));
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const lines = [];

const postgres =
  values.postgres && !values.database ? await startPostgres() : undefined;
const databaseUrl = values.database ?? (await postgres?.database());
const github = await LocalGitHub.start({ webhookSecret: secret });
const { server, port } = await startServer();
const target = `http://127.0.0.1:${port}/api/github/webhooks`;
try {
  say(
    `Node ${process.version}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB; GitHub answers after ${latencyMs} ms; store: ${databaseUrl ? "Postgres" : "SQLite"}`,
  );
  const repositories = await prepare();
  await ingest();
  await evaluate(repositories);
  await flood(repositories);
  say(
    `peak memory of the server: ${peakMb()} MB (the analysis runs in a process of its own)`,
  );
} finally {
  server.kill("SIGTERM");
  await new Promise((done) => server.once("exit", done));
  await github.stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}
if (values.output) writeFileSync(values.output, `${lines.join("\n")}\n`);
process.exit(0);

/** One repository of ten files for each installation, with pull requests that nobody was told of yet. */
async function prepare() {
  const made = [];
  for (let number = 0; number < installations; number++) {
    const files = Object.fromEntries(
      Array.from({ length: 10 }, (_, file) => [
        `src/file-${file}.ts`,
        source(file, 200),
      ]),
    );
    const repository = await github.createRepository({
      owner: `org-${number}`,
      name: "app",
      files,
    });
    const pulls = [];
    const wanted = number === 0 ? Number(values.flood) : Number(values.pulls);
    for (let pull = 0; pull < wanted; pull++) {
      const head = `change-${pull}`;
      await repository.commit({
        branch: head,
        files: { [`src/new-${pull}.ts`]: source(pull, 200) },
      });
      pulls.push(await repository.openPullRequest({ head, author: "vera" }));
    }
    made.push({ repository, pulls });
  }
  github.latencyMs = latencyMs;
  return made;
}

/** Deliveries that are stored and find nothing to do: the front door and the store alone. */
async function ingest() {
  const body = JSON.stringify({
    action: "labeled",
    number: 1,
    padding: "x".repeat(bodyBytes),
  });
  const times = [];
  let lost = 0;
  await openLoop(seconds * rate, 1_000 / rate, async (due) => {
    const status = await deliver("pull_request", body).catch(() => 0);
    if (status !== 202) lost += 1;
    times.push(performance.now() - due);
  });
  const acknowledged = times.length - lost;
  const stored = await storedDeliveries(join(folder, "data"), databaseUrl);
  say(
    `ingest: ${times.length} deliveries of ${bodyBytes / 1_000} kB at ${rate}/s for ${seconds} s: ${percentiles(times)}; not answered 202: ${lost}; acknowledged and not in the store: ${Math.max(0, acknowledged - stored)}; ${machine()}`,
  );
}

/** How busy the machine is, with whatever else runs on it. */
function machine() {
  return `load of the machine ${loadavg()[0].toFixed(1)}`;
}

/** All pull requests but those of the first installation, told of evenly within some seconds. */
async function evaluate(repositories) {
  const events = repositories
    .slice(1)
    .flatMap(({ repository, pulls }) =>
      pulls.slice(0, -1).map((pull) => ({ repository, pull })),
    );
  shuffle(events);
  const started = performance.now();
  const times = await answered(events, 1_000 / 3);
  const took = (performance.now() - started) / 1_000;
  say(
    `evaluations: ${events.length} pull requests over ${repositories.length - 1} installations, offered at 3/s: ${(events.length / took).toFixed(2)}/s answered; event to both checks: ${percentiles(times)}; ${machine()}`,
  );
}

/** The first installation floods; one pull request of each other comes in the middle of it. */
async function flood(repositories) {
  const [first, ...others] = repositories;
  const flooding = first.pulls.map((pull) => ({
    repository: first.repository,
    pull,
  }));
  void answered(flooding, 0).catch(() => []);
  const times = await answered(
    others.map(({ repository, pulls }) => ({ repository, pull: pulls.at(-1) })),
    1_000,
  );
  const left = flooding.filter(({ pull }) => !isAnswered(pull)).length;
  say(
    `fairness: while one installation has ${flooding.length} pull requests at once (${left} still open then), the others' event to both checks: ${percentiles(times)}; ${machine()}`,
  );
}

/** Tells of pull requests at intervals. @returns how long each waited for both of its checks, from when it was due. */
async function answered(events, everyMs) {
  const times = [];
  const open = new Map();
  let isSent = false;
  const sending = openLoop(events.length, everyMs, async (due, index) => {
    const { repository, pull } = events[index];
    open.set(pull, due);
    await deliver("pull_request", payloadOf(repository, pull));
  }).then(() => {
    isSent = true;
  });
  while (!isSent || open.size > 0) {
    await new Promise((resume) => setTimeout(resume, 25));
    for (const [pull, due] of open)
      if (isAnswered(pull)) {
        times.push(performance.now() - due);
        open.delete(pull);
      }
  }
  await sending;
  return times;
}

function isAnswered(pull) {
  const runs = github.checkRuns(pull.headSha);
  return runs.length >= 2 && runs.every(({ status }) => status === "completed");
}

function payloadOf(repository, pull) {
  const { installations: all } = github.world;
  const installation = all.find(({ repositoryIds }) =>
    repositoryIds.has(repository.id),
  );
  return JSON.stringify({
    action: "opened",
    number: pull.number,
    installation: { id: installation.id },
    repository: {
      id: repository.id,
      name: repository.name,
      owner: { login: repository.owner.login },
    },
    sender: { id: 1, login: "vera" },
    padding: "x".repeat(bodyBytes),
  });
}

function deliver(event, body) {
  const digest = createHmac("sha256", secret).update(body).digest("hex");
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-github-delivery": randomUUID(),
    "x-github-event": event,
    "x-hub-signature-256": `sha256=${digest}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request(
      target,
      { method: "POST", headers, agent },
      (answer) => {
        answer.resume();
        answer.once("end", () => resolve(answer.statusCode));
      },
    );
    sent.once("error", reject);
    sent.end(body);
  });
}

async function startServer() {
  const child = spawn(
    process.execPath,
    [join(root, "bin/vibegate.js"), "serve"],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...github.environment,
        HOST: "127.0.0.1",
        PORT: "0",
        DATA_DIR: join(folder, "data"),
        LOG_LEVEL: "info",
        // A sweep in the middle would answer pull requests that are not told of yet.
        VIBEGATE_SWEEP_MS: String(24 * 3_600_000),
        ...(databaseUrl && { DATABASE_URL: databaseUrl }),
      },
    },
  );
  const seen = { text: "" };
  const found = await new Promise((resolve) => {
    child.stdout.on("data", (chunk) => {
      if (seen.text.length < 10_000) seen.text += chunk;
      const match = /"port":(\d+)/.exec(seen.text);
      if (match) resolve(Number(match[1]));
    });
  });
  return { server: child, port: found };
}

/** Linux only; elsewhere it is not known. */
function peakMb() {
  try {
    const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1_024);
  } catch {
    return "unknown";
  }
}

function source(number, count) {
  return Array.from(
    { length: count },
    (_, line) => `export const value_${number}_${line} = ${line};\n`,
  ).join("");
}

function say(line) {
  console.log(line);
  lines.push(line);
}
