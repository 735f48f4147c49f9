import { beforeEach, expect, test } from "@jest/globals";
import nock from "nock";
import {
  checkRunKind,
  checkRunName,
  externalId,
  parseExternalId,
} from "#github/check-run-id.js";
import {
  type CheckRun,
  closeSuperseded,
  completeCheckRun,
  findRuns,
  openCheckRun,
  postCompletedRun,
} from "#github/check-runs.js";
import type { CheckRunDocument } from "#report/check-run-document.js";
import { anOctokit, api, onlyNock } from "./an-octokit.js";

const sha = "a".repeat(40);
const subject = { owner: "shop", repo: "web", number: 7, sha };
const aRun = {
  ...{ owner: "shop", repo: "web", name: "VibeGate", sha },
  externalId: externalId(subject),
};
const at = "2026-06-01T12:00:00Z";
const progress = { title: "Reviewing", summary: "…", startedAt: at };

interface Sent {
  readonly method: string;
  readonly status?: string;
  readonly conclusion?: string;
  readonly output: { readonly annotations?: unknown[]; readonly title: string };
}

let sent: Sent[] = [];

onlyNock();

beforeEach(() => {
  sent = [];
  const take = (method: string) => (_uri: string, body: unknown) => {
    sent.push({ method, ...(body as Omit<Sent, "method">) });
    const { status } = body as Sent;
    return [201, answerOf({ id: 1, status: status ?? "in_progress" })];
  };
  nock(api)
    .persist()
    .post("/repos/shop/web/check-runs")
    .reply(take("POST") as never)
    .patch(/^\/repos\/shop\/web\/check-runs\/\d+$/)
    .reply(take("PATCH") as never);
});

test("120 annotations go out in three requests, and only the last completes", async () => {
  const run = await openCheckRun(anOctokit(), aRun, progress, []);

  await completeCheckRun(anOctokit(), run, aDocument(120), at);

  expect(sent.map(({ status }) => status)).toEqual([
    "in_progress",
    undefined,
    undefined,
    "completed",
  ]);
  expect(sent.map(({ output }) => output.annotations?.length)).toEqual([
    undefined,
    50,
    50,
    20,
  ]);
});

test("a run without annotations completes in one request", async () => {
  await completeCheckRun(anOctokit(), opened(), aDocument(0), at);

  expect(sent).toMatchObject([{ status: "completed", conclusion: "failure" }]);
});

test("annotations that an earlier try sent are not sent again", async () => {
  const run = { ...opened(), annotationsSent: 50 };

  await completeCheckRun(anOctokit(), run, aDocument(60), at);

  expect(sent.map(({ output }) => output.annotations?.length)).toEqual([10]);
});

test("a completed run gets nothing more", async () => {
  const run = { ...opened(), isCompleted: true };

  await expect(
    completeCheckRun(anOctokit(), run, aDocument(1), at),
  ).rejects.toThrow(RangeError);
  expect(sent).toEqual([]);
});

test("an open run of the same subject is adopted, another one is not", async () => {
  const other = { ...opened(), id: 2, externalId: "shop/web#8@" + sha };

  expect(
    await openCheckRun(anOctokit(), aRun, progress, [other, opened()]),
  ).toEqual(opened());
  expect(sent).toEqual([]);

  await openCheckRun(anOctokit(), aRun, progress, [other]);
  expect(sent).toHaveLength(1);
});

test("a completed run is answered by a new one, unless it answers the wish already", async () => {
  const done = { ...opened(), isCompleted: true, startedAt: at };
  const open = (since?: string) =>
    openCheckRun(anOctokit(), aRun, progress, [done], since);

  expect(await open("2026-06-01T12:00:00.900Z")).toEqual(done);
  expect(sent).toEqual([]);
  await open("2026-06-01T12:00:01Z");
  await open();
  expect(sent).toHaveLength(2);
});

test("a run that was ended for a newer head is no answer once its own head is back", async () => {
  const ended = {
    ...{ ...opened(), isCompleted: true, startedAt: at },
    conclusion: "cancelled",
  };
  await openCheckRun(anOctokit(), aRun, progress, [ended], at);

  expect(sent).toMatchObject([{ method: "POST", status: "in_progress" }]);
});

test("a finished run is posted in one request where its annotations fit", async () => {
  await postCompletedRun(anOctokit(), aRun, aDocument(50), at);
  expect(sent).toMatchObject([{ method: "POST", status: "completed" }]);

  sent = [];
  await postCompletedRun(anOctokit(), aRun, aDocument(51), at);
  expect(sent.map(({ method }) => method)).toEqual(["POST", "PATCH", "PATCH"]);
});

test("the open runs of an older head are ended, and no one else's", async () => {
  const runs = [
    opened(),
    { ...opened(), id: 2, isCompleted: true },
    { ...opened(), id: 3, externalId: "shop/web#8@" + sha },
  ];

  const ended = await closeSuperseded(
    anOctokit(),
    runs,
    { externalId: aRun.externalId, by: "b".repeat(40) },
    at,
  );

  expect(ended).toBe(1);
  expect(sent).toMatchObject([
    { conclusion: "cancelled", output: { title: "Superseded by bbbbbbb" } },
  ]);
});

test("all runs of this app on a commit are found, the newest first", async () => {
  nock(api)
    .get(`/repos/shop/web/commits/${sha}/check-runs`)
    .query({ filter: "all", app_id: 5, per_page: 100, page: 1 })
    .reply(200, {
      total_count: 2,
      check_runs: [
        answerOf({ id: 1, status: "completed" }),
        answerOf({ id: 2, status: "in_progress" }),
      ],
    });

  const runs = await findRuns(anOctokit(), subject, 5);

  expect(runs).toMatchObject([
    { id: 2, isCompleted: false, externalId: aRun.externalId },
    { id: 1, isCompleted: true },
  ]);
});

test("the name carries the base off the default branch, and leads back to its kind", () => {
  const main = { ref: "main", isDefaultBranch: true };
  const release = { ref: "release/1", isDefaultBranch: false };

  expect(checkRunName("gate", main)).toBe("VibeGate");
  const name = checkRunName("secondReviewer", release);
  expect(name).toBe("VibeGate / second reviewer (release/1)");
  expect(checkRunKind(name)).toBe("secondReviewer");
  expect(checkRunKind("VibeGate (release/1)")).toBe("gate");
  expect(checkRunKind("VibeGate for everyone")).toBeUndefined();
});

test("the external id leads back to the pull request", () => {
  expect(parseExternalId(externalId(subject))).toEqual(subject);
  expect(parseExternalId("")).toBeUndefined();
  expect(parseExternalId(`shop/web/more#7@${sha}`)).toBeUndefined();
});

function opened(): CheckRun {
  return { ...aRun, id: 1, isCompleted: false, annotationsSent: 0 };
}

function answerOf({ id, status }: { id: number; status: string }) {
  return {
    ...{ id, status, name: aRun.name, head_sha: sha },
    external_id: aRun.externalId,
    conclusion: null,
    started_at: at,
    output: { annotations_count: 0 },
  };
}

function aDocument(annotations: number): CheckRunDocument {
  return {
    title: "1 blocking",
    summary: "…",
    conclusion: "failure",
    annotations: Array.from({ length: annotations }, (_, n) => ({
      path: "a.ts",
      lines: { start: n + 1, end: n + 1 },
      level: "failure" as const,
      message: "wrong",
    })),
  };
}
