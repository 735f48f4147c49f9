import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ask } from "#github/octokit.js";
import { externalId } from "#github/check-run-id.js";
import { defaultPolicy } from "#gate/policy.js";
import type { Verdict } from "#gate/verdict.js";
import { createLog } from "#server/log.js";
import type { ReviewMemory } from "#server/review-record.js";
import { type RunningServer, serve, type ServeOptions } from "#server/serve.js";
import { readSettings } from "#server/settings.js";
import { SettingsError } from "#server/settings-error.js";
import type { PullRequestWork, Work } from "#server/work.js";
import type { Review } from "#server/work-context.js";
import { aSnapshot } from "#support/a-snapshot.js";
import { LocalGitHub } from "#support/local-github/local-github.js";
import type { LocalRepository } from "#support/local-github/world/local-repository.js";
import { aSecret } from "./signed.js";

const path = "/api/github/webhooks";

let github: LocalGitHub;
let repository: LocalRepository;
let directory: string;
let server: RunningServer | undefined;
let seen: Work[];
let logged: string;

beforeEach(async () => {
  seen = [];
  logged = "";
  directory = mkdtempSync(join(tmpdir(), "vibegate-serve-"));
  github = await LocalGitHub.start({ webhookSecret: aSecret() });
  repository = await github.createRepository({ name: "shop" });
  await repository.commit({ branch: "feature", files: { "a.ts": "let a;\n" } });
  github.createUser({ login: "rhea" });
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
  await github.stop();
  rmSync(directory, { recursive: true });
});

async function start(
  review: Review = note,
  more: Partial<ServeOptions> = {},
): Promise<RunningServer> {
  const settings = readSettings({
    ...github.environment,
    HOST: "127.0.0.1",
    PORT: "0",
    DATA_DIR: directory,
  });
  const log = createLog(
    "debug",
    [settings.privateKey, ...settings.webhookSecrets],
    {
      write: (line) => {
        logged += line;
      },
    },
  );
  server = await serve(settings, {
    review,
    version: "1.2.3",
    spaceWrites: false,
    sweepMs: 0,
    log,
    ...more,
  });
  github.deliverTo = `http://127.0.0.1:${String(server.port)}${path}`;
  return server;
}

const note: Review = async (work) => {
  seen.push(work);
};

/** A review that reads the pull request and writes one finished run on its head. */
const writeRun: Review = async (work, { octokit }) => {
  seen.push(work);
  if (work.kind !== "pull-request") return;
  const { owner, repo, number } = work;
  const client = await octokit(work.installationId);
  const pull = await ask<{ head: { sha: string } }>(
    client,
    "GET /repos/{owner}/{repo}/pulls/{pull_number}",
    { owner, repo, pull_number: number },
  );
  await ask(client, "POST /repos/{owner}/{repo}/check-runs", {
    owner,
    repo,
    name: "VibeGate",
    head_sha: pull.head.sha,
    external_id: externalId({ owner, repo, number, sha: pull.head.sha }),
    status: "completed",
    conclusion: "success",
  });
};

const reasons = (): string[] =>
  seen.flatMap((work) =>
    work.kind === "pull-request" ? work.reasons : [work.kind],
  );

describe("a pull request on GitHub", () => {
  test("becomes work that reads and writes as the installation", async () => {
    const running = await start(writeRun);
    const pull = await repository.openPullRequest({ head: "feature" });
    await running.settled(60_000);

    expect(github.checkRuns(pull.headSha)).toMatchObject([
      { name: "VibeGate", conclusion: "success" },
    ]);
    expect(github.violations).toEqual([]);
  });

  test("asks for each of the looks that its life needs", async () => {
    const running = await start(writeRun);
    const settled = (): Promise<void> => running.settled(60_000);
    const pull = await repository.openPullRequest({ head: "feature" });
    await settled();
    await pull.push({ files: { "b.ts": "let b;\n" } });
    await settled();
    const review = await pull.review({ by: "rhea" });
    await settled();
    await pull.dismissReview(review, { by: "rhea" });
    await settled();
    await pull.retitle("Another title");
    await pull.convertToDraft();
    await settled();
    const [run] = github.checkRuns(pull.headSha);
    await repository.rerequestRun(run!);
    await settled();
    await pull.close();
    await settled();

    expect(reasons()).toEqual([
      "pull_request.opened",
      "pull_request.synchronize",
      "pull_request_review.submitted",
      "pull_request_review.dismissed",
      "pull_request.converted_to_draft",
      "check_run.rerequested",
      "pull_request.closed",
    ]);
    expect(logged).not.toContain("makes no sense");
    expect(github.violations).toEqual([]);
  });

  test("leaves the memory of what an approval saw", async () => {
    const running = await start();
    const pull = await repository.openPullRequest({ head: "feature" });
    const approved = pull.headSha;
    await pull.review({ by: "rhea" });
    await pull.push({ files: { "b.ts": "let b;\n" } });
    const memories = await running.keeper.records.list("reviews", {
      prefix: `${String(repository.id)}/${String(pull.number)}/`,
    });

    expect(memories.map(({ value }) => value as ReviewMemory)).toMatchObject([
      {
        action: "submitted",
        state: "approved",
        headSha: approved,
        baseRef: "main",
        user: { login: "rhea" },
      },
    ]);
  });

  test("from a fork is found again when its suite is re-run", async () => {
    const running = await start(writeRun);
    const fork = await repository.fork("mallory");
    await fork.commit({ branch: "evil", files: { "c.ts": "let c;\n" } });
    const pull = await repository.openPullRequest({ head: "evil", fork });
    await running.settled(60_000);
    await repository.rerequestSuite(pull.headSha);
    await running.settled(60_000);

    expect(seen.at(-1)).toMatchObject({
      kind: "commit-rerun",
      sha: pull.headSha,
    });
  });

  test("in a merge queue asks about the group", async () => {
    const running = await start();
    const pull = await repository.openPullRequest({ head: "feature" });
    await repository.openMergeGroup([pull]);
    await running.settled(60_000);

    expect(seen).toContainEqual(
      expect.objectContaining({
        kind: "merge-group",
        baseSha: await repository.sha(),
      }),
    );
  });
});

describe("when GitHub does not want", () => {
  test("a rate limit stops all requests of the installation until it is over", async () => {
    const running = await start(writeRun);
    github.fault({
      path: /\/pulls\/\d+$/,
      times: 1,
      status: 403,
      headers: { "retry-after": "2" },
      body: { message: "You have exceeded a secondary rate limit." },
    });
    await repository.openPullRequest({ head: "feature" });
    await running.settled(60_000);
    const reads = github.requests.filter(({ path: asked }) =>
      /\/pulls\/\d+$/.test(asked),
    );
    const [refused, answered] = reads.map(({ at }) => Number(at));

    expect(reads).toHaveLength(2);
    expect(answered! - refused!).toBeGreaterThanOrEqual(2_000);
  });

  test("a write is never repeated unseen", async () => {
    const fresh = await start(writeRun);
    github.fault({
      method: "POST",
      path: /check-runs$/,
      times: 1,
      status: 502,
    });
    const pull = await repository.openPullRequest({ head: "feature" });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const writes = github.requests.filter(
      ({ method, path: asked }) =>
        method === "POST" && asked.endsWith("/check-runs"),
    );

    expect(writes).toHaveLength(1);
    expect(await fresh.keeper.queue.stats()).toMatchObject({ depth: 1 });
    expect(github.checkRuns(pull.headSha)).toEqual([]);
  });
});

describe("the work's context", () => {
  test("judges a snapshot in a thread", async () => {
    const verdicts: Verdict[] = [];
    const running = await start(async (_work, { analyse }) => {
      verdicts.push(await analyse(aSnapshot(), defaultPolicy));
    });
    await repository.openPullRequest({ head: "feature" });
    await running.settled(60_000);

    expect(verdicts).toMatchObject([{ phase: "exploration" }]);
  });

  test("may ask for more work", async () => {
    const running = await start(async (work, { enqueue }) => {
      seen.push(work);
      if (work.kind !== "pull-request") return;
      const { installationId, repositoryId, owner, repo } = work;
      const place = { installationId, repositoryId, owner, repo };
      await enqueue([{ kind: "first-look", ...place }]);
    });
    await repository.openPullRequest({ head: "feature" });
    await running.settled(60_000);

    expect(seen.map(({ kind }) => kind)).toEqual([
      "pull-request",
      "first-look",
    ]);
  });

  test("fences its records: an older run does not overwrite a newer one", async () => {
    const results: boolean[] = [];
    const running = await start(async (_work, { lease, records }) => {
      results.push(
        await records.put("verdicts", "k", lease.fence, { fence: lease.fence }),
        await records.put("verdicts", "k", 0, { fence: lease.fence - 1 }),
      );
    });
    await repository.openPullRequest({ head: "feature" });
    await running.settled(60_000);

    expect(results).toEqual([true, false]);
  });
});

test("wishes that were not fulfilled before the end are taken up after the start", async () => {
  const short = { leaseMs: 300, drainMs: 0 };
  const first = await start(() => new Promise(() => undefined), short);
  await repository.openPullRequest({ head: "feature" });
  await until(async () => (await first.keeper.queue.stats()).running === 1);
  // Not a clean end: the store goes away under the work, as a killed process leaves it.
  await first.keeper.close();
  await first.stop();
  const second = await start(note, short);
  await second.settled(60_000);

  expect(seen).toMatchObject([{ kind: "pull-request" }]);
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition()))
    await new Promise((resolve) => setTimeout(resolve, 10));
}

test("nothing of a payload and no credential is ever logged", async () => {
  await repository.commit({
    branch: "private",
    files: { "x.ts": "x" },
    message: "a-private-message",
  });
  const running = await start(async (work, context) => {
    await writeRun(work, context);
    throw new TypeError("A bug", { cause: (work as PullRequestWork).owner });
  });
  await repository.openPullRequest({
    head: "private",
    title: "a-private-title",
    body: "a-private-body",
  });
  await until(async () => logged.includes("A job failed"));
  await running.stop();

  expect(logged).toContain("A job failed");
  expect(logged).not.toMatch(/a-private|ghs_|eyJ|PRIVATE KEY/);
});

test("a port that is taken is refused in one sentence", async () => {
  const running = await start();
  const settings = readSettings({
    ...github.environment,
    HOST: "127.0.0.1",
    PORT: String(running.port),
    DATA_DIR: join(directory, "other"),
  });

  await expect(
    serve(settings, { review: note, version: "1.2.3" }),
  ).rejects.toThrow(SettingsError);
});
