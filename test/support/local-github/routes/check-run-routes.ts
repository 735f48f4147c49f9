import { found, Refusal } from "../http/answer.js";
import { paged } from "../http/page.js";
import type { Call, Route } from "../http/route.js";
import { annotationAnswer, checkRun } from "../present/check.js";
import { emitRun, emitSuiteCompleted } from "../webhooks/check-events.js";
import {
  applyToRun,
  latestRuns,
  suiteState,
  type CheckRun,
  type CheckRunInput,
} from "../world/check-runs.js";
import type { LocalRepository } from "../world/local-repository.js";
import { createRun } from "../world/suites.js";

const asks = "installation";
const reads = { checks: "read" } as const;
const writes = { checks: "write" } as const;
const all = "/repos/{owner}/{repo}/check-runs";
const one = `${all}/{check_run_id}`;

/** Creating, updating and reading check runs. */
export const checkRunRoutes: readonly Route[] = [
  { operation: `POST ${all}`, asks, needs: writes, handle: create },
  { operation: `PATCH ${one}`, asks, needs: writes, handle: update },
  {
    operation: `GET ${one}`,
    asks,
    needs: reads,
    handle: (call) => ({
      status: 200,
      body: checkRun(call.repository, runOf(call)),
    }),
  },
  {
    operation: `GET ${one}/annotations`,
    asks,
    needs: reads,
    handle: (call) => {
      const run = runOf(call);
      return paged(
        call,
        run.annotations.map((annotation) =>
          annotationAnswer(call.repository, run, annotation),
        ),
      );
    },
  },
  {
    operation: `POST ${one}/rerequest`,
    asks,
    needs: writes,
    handle: (call) => {
      const { repository } = call;
      const run = runOf(call);
      run.suite.isRerequested = true;
      call.world.hooks.inBackground(emitRun(repository, run, "rerequested"));
      return { status: 201, body: {} };
    },
  },
  {
    operation: "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
    asks,
    needs: reads,
    handle: async (call) => {
      const { repository, params } = call;
      const commit = await repository.git.findCommit(params["ref"] ?? "");
      if (!commit) throw noCommit(params["ref"]);
      const runs = repository.runs.filter((run) => run.headSha === commit.oid);
      return runList(call, runs);
    },
  },
];

/** A list of runs, cut down by the query as GitHub does. */
export function runList(call: Call, runs: readonly CheckRun[]) {
  const { check_name: name, status, filter, app_id: app } = call.query;
  const isOurs =
    app === undefined || Number(app) === call.world.registration.id;
  const wanted = (filter === "all" ? runs : latestRuns(runs)).filter(
    (run) =>
      isOurs &&
      (name === undefined || run.name === name) &&
      (status === undefined || run.status === status),
  );
  return paged(call, wanted, (page) => ({
    total_count: wanted.length,
    check_runs: page.map((run) => checkRun(call.repository, run)),
  }));
}

function runOf(call: Call): CheckRun {
  const id = call.number("check_run_id");
  return found(call.repository.runs.find((run) => run.id === id));
}

async function create(call: Call) {
  const { repository, body } = call;
  const sha = String(body["head_sha"]);
  const commit = await repository.git.findCommit(sha);
  if (commit?.oid !== sha) throw noCommit(sha);
  const run = createRun(repository, sha, body as CheckRunInput);
  call.world.hooks.inBackground(announce(repository, run, "created"));
  return { status: 201, body: checkRun(repository, run) };
}

function update(call: Call) {
  const { repository, body } = call;
  const run = runOf(call);
  const before = run.status;
  applyToRun(run, body as CheckRunInput, call.world.timestamp());
  const isDone = run.status === "completed" && before !== "completed";
  if (isDone)
    call.world.hooks.inBackground(announce(repository, run, "completed"));
  return { status: 200, body: checkRun(repository, run) };
}

/** Nobody waits for these: the app may be waiting for the answer to this very request. */
async function announce(
  repository: LocalRepository,
  run: CheckRun,
  action: "created" | "completed",
): Promise<void> {
  await emitRun(repository, run, action);
  if (action === "created" && run.status === "completed") {
    await emitRun(repository, run, "completed");
  }
  if (suiteState(run.suite).status === "completed") {
    await emitSuiteCompleted(repository, run.suite);
  }
}

function noCommit(sha: string | undefined): Refusal {
  return new Refusal(422, `No commit found for SHA: ${sha ?? ""}`);
}
