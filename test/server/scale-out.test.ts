import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pino from "pino";
import { doWork } from "#server/do-work.js";
import { type Role, type RunningServer, serve } from "#server/serve.js";
import { readSettings } from "#server/settings.js";
import { SettingsError } from "#server/settings-error.js";
import { LocalGitHub } from "#support/local-github/local-github.js";
import { type LocalPostgres, startPostgres } from "#support/postgres.js";

let postgres: LocalPostgres;
let github: LocalGitHub;
let folder: string;
let url: string;
const servers: RunningServer[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  url = await postgres.database();
  folder = await mkdtemp(join(tmpdir(), "scale-out-"));
  const webhookSecret = randomBytes(32).toString("hex");
  github = await LocalGitHub.start({ webhookSecret });
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await github.stop();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

function settingsFor(name: string, databaseUrl = url) {
  return readSettings({
    ...github.environment,
    HOST: "127.0.0.1",
    PORT: "0",
    DATA_DIR: join(folder, name),
    DATABASE_URL: databaseUrl,
  });
}

async function start(role: Role, version = "1.0.0"): Promise<RunningServer> {
  const server = await serve(settingsFor(`${role}-${String(servers.length)}`), {
    ...doWork(),
    ...{ role, version, spaceWrites: false, sweepMs: 0, leaseMs: 60_000 },
    log: pino({ level: "silent" }),
  });
  servers.push(server);
  return server;
}

const path = "/api/github/webhooks";

test("one process takes what two others work on, each head is answered once, and one may go meanwhile", async () => {
  const web = await start("web");
  const workers = [await start("worker"), await start("worker", "1.1.0")];
  github.deliverTo = `http://127.0.0.1:${String(web.port)}${path}`;
  const repository = await github.createRepository({ name: "shop" });
  const heads: string[] = [];
  for (let number = 0; number < 6; number += 1) {
    const head = `change-${String(number)}`;
    const files = { [`${head}.ts`]: "export {};\n" };
    await repository.commit({ branch: head, files });
    const pull = await repository.openPullRequest({ head, author: "vera" });
    heads.push(pull.headSha);
    if (number === 3) void workers[0]?.stop();
  }
  await github.settled();
  await web.settled(60_000);

  for (const head of heads)
    expect(
      github
        .checkRuns(head)
        .map(({ name, status }) => `${name}: ${status}`)
        .sort(),
    ).toEqual(["VibeGate / second reviewer: completed", "VibeGate: completed"]);
}, 90_000);

test("a worker takes no webhooks, and both say what they are", async () => {
  const roles = servers.map(async ({ port }) => {
    const ready = await fetch(`http://127.0.0.1:${String(port)}/readyz`).catch(
      () => undefined,
    );
    return ready && ((await ready.json()) as { role: string }).role;
  });
  const posted = await fetch(
    `http://127.0.0.1:${String(servers[2]?.port)}${path}`,
    { method: "POST" },
  );

  expect(await Promise.all(roles)).toEqual(["web", undefined, "worker"]);
  expect(posted.status).toBe(404);
});

test("a database that cannot be had is one sentence without its password", async () => {
  const password = ["geheim", "wort"].join("-");
  const settings = settingsFor(
    "none",
    `postgres://somebody:${password}@127.0.0.1:1/nothing`,
  );
  const refused = serve(settings, { ...doWork(), version: "1.0.0" });

  await expect(refused).rejects.toThrow(SettingsError);
  await expect(refused).rejects.toThrow(/^The database on 127\.0\.0\.1:1 /);
  await expect(refused).rejects.not.toThrow(new RegExp(password));
});
