import {
  latestRuns,
  suiteState,
  type Annotation,
  type CheckRun,
  type CheckSuite,
} from "../world/check-runs.js";
import type { LocalRepository } from "../world/local-repository.js";
import { pullsOf } from "../world/suites.js";
import { nodeId } from "./account.js";
import { appAnswer } from "./app.js";
import { simpleCommit } from "./commit.js";
import { minimalPull } from "./pull.js";
import { hookRepository, repositoryPage, repositoryUrl } from "./repository.js";

/** A check run, as REST answers it. */
export function checkRun(repository: LocalRepository, run: CheckRun) {
  const url = `${repositoryUrl(repository)}/check-runs/${String(run.id)}`;
  const page = `${repositoryPage(repository)}/runs/${String(run.id)}`;
  return {
    id: run.id,
    node_id: nodeId("CheckRun", run.id),
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId ?? "",
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: run.startedAt ?? null,
    completed_at: run.completedAt ?? null,
    output: {
      title: run.title ?? null,
      summary: run.summary ?? null,
      text: run.text ?? null,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: appAnswer(repository.world),
    pull_requests: pullsOf(repository, run.headSha).map(minimalPull),
  };
}

/** A check run, as its webhooks carry it. */
export function hookRun(repository: LocalRepository, run: CheckRun) {
  const { suite } = run;
  const { status, conclusion } = suiteState(suite);
  return {
    ...checkRun(repository, run),
    check_suite: {
      id: suite.id,
      node_id: nodeId("CheckSuite", suite.id),
      head_branch: suite.headBranch ?? null,
      head_sha: suite.headSha,
      status,
      conclusion: conclusion ?? null,
      url: `${repositoryUrl(repository)}/check-suites/${String(suite.id)}`,
      before: suite.before ?? null,
      after: suite.headSha,
      pull_requests: pullsOf(repository, suite.headSha).map(minimalPull),
      app: appAnswer(repository.world),
      created_at: suite.createdAt,
      updated_at: suite.updatedAt,
    },
  };
}

/** A check suite, as REST answers it. */
export async function checkSuite(
  repository: LocalRepository,
  suite: CheckSuite,
) {
  return {
    ...(await hookSuite(repository, suite)),
    repository: hookRepository(repository),
  };
}

/** A check suite, as its webhooks carry it. */
export async function hookSuite(
  repository: LocalRepository,
  suite: CheckSuite,
) {
  const { status, conclusion } = suiteState(suite);
  const url = `${repositoryUrl(repository)}/check-suites/${String(suite.id)}`;
  const commit = await repository.git.commit(suite.headSha);
  return {
    id: suite.id,
    node_id: nodeId("CheckSuite", suite.id),
    head_branch: suite.headBranch ?? null,
    head_sha: suite.headSha,
    status,
    conclusion: conclusion ?? null,
    url,
    before: suite.before ?? null,
    after: suite.headSha,
    pull_requests: pullsOf(repository, suite.headSha).map(minimalPull),
    app: appAnswer(repository.world),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: latestRuns(suite.runs).length,
    check_runs_url: `${url}/check-runs`,
    head_commit: simpleCommit(commit),
  };
}

/** An annotation, as it is read back. */
export function annotationAnswer(
  repository: LocalRepository,
  run: CheckRun,
  annotation: Annotation,
) {
  return {
    path: annotation.path,
    blob_href: `${repositoryPage(repository)}/blob/${run.headSha}/${annotation.path}`,
    start_line: annotation.start_line,
    start_column: annotation.start_column ?? null,
    end_line: annotation.end_line,
    end_column: annotation.end_column ?? null,
    annotation_level: annotation.annotation_level,
    title: annotation.title ?? null,
    message: annotation.message,
    raw_details: annotation.raw_details ?? null,
  };
}
