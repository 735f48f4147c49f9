import type {
  CheckRunAnnotation,
  CheckRunDocument,
} from "#report/check-run-document.js";
import { ask, askPages, type Octokit, type RepositoryName } from "./octokit.js";

/** A run to be created. */
export interface NewRun extends RepositoryName {
  readonly name: string;
  readonly sha: string;
  readonly externalId: string;
}

/** A run of ours as GitHub has it. */
export interface CheckRun extends NewRun {
  readonly id: number;
  readonly isCompleted: boolean;
  /** ISO 8601. */
  readonly startedAt?: string;
  readonly conclusion?: string;
  /** Annotations that GitHub has of it already. */
  readonly annotationsSent: number;
}

/** What an open run says while the work goes on. */
export interface Progress {
  readonly title: string;
  readonly summary: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

/** GitHub takes no more annotations in one request. */
const annotationsPerRequest = 50;

const createRoute = "POST /repos/{owner}/{repo}/check-runs";
const updateRoute = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";

interface RunAnswer {
  readonly id: number;
  readonly name: string;
  readonly head_sha: string;
  readonly external_id: string | null;
  readonly status: string;
  readonly conclusion: string | null;
  readonly started_at: string | null;
  readonly output?: { readonly annotations_count?: number };
}

/** The runs of this app on a commit, all of them, the newest first: also those that a newer one of its name hides. */
export async function findRuns(
  octokit: Octokit,
  { owner, repo, sha }: RepositoryName & { readonly sha: string },
  appId: number,
): Promise<readonly CheckRun[]> {
  const runs = await askPages<
    { readonly check_runs: readonly RunAnswer[] },
    RunAnswer
  >(
    octokit,
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
    { owner, repo, ref: sha, filter: "all", app_id: appId },
    (answer) => answer.check_runs,
  );
  return runs
    .map((run) => runOf({ owner, repo }, run))
    .sort((one, other) => other.id - one.id);
}

/**
 * Opens a run, or goes on with the one that an earlier try opened: a create that timed out may have succeeded.
 *
 * @param existing - What {@link findRuns} found on this commit.
 * @param since - When this review was asked for, ISO 8601: a completed run that started since is its answer already,
 * and comes back as it is. Without it a completed run is left alone and a new one opened, as a re-run demands.
 */
export async function openCheckRun(
  octokit: Octokit,
  run: NewRun,
  progress: Progress,
  existing: readonly CheckRun[],
  since?: string,
): Promise<CheckRun> {
  const own = existing.filter((known) => isSame(known, run));
  const earlier =
    own.find(({ isCompleted }) => !isCompleted) ??
    own.find((known) => isAnswer(known) && isSince(known.startedAt, since));
  if (earlier) return earlier;
  const { owner, repo, name, sha, externalId } = run;
  const { title, summary, startedAt } = progress;
  const answer = await ask<RunAnswer>(octokit, createRoute, {
    ...{ owner, repo, name },
    head_sha: sha,
    external_id: externalId,
    status: "in_progress",
    started_at: startedAt,
    output: { title, summary },
  });
  return runOf({ owner, repo }, answer);
}

/**
 * Completes an open run. Annotations only append, so every chunk goes out once, and those that an earlier try sent are
 * left out; the last request alone completes.
 *
 * @param completedAt - ISO 8601, UTC.
 * @throws RangeError when the run is completed: its annotations would appear twice. Open a new one instead.
 */
export async function completeCheckRun(
  octokit: Octokit,
  run: CheckRun,
  document: CheckRunDocument,
  completedAt: string,
): Promise<void> {
  if (run.isCompleted)
    throw new RangeError(`Check run ${String(run.id)} is completed already.`);
  const { owner, repo, id } = run;
  const target = { owner, repo, check_run_id: id };
  const chunks = chunked(document.annotations.slice(run.annotationsSent));
  for (const chunk of chunks.slice(0, -1))
    await ask(octokit, updateRoute, {
      ...target,
      output: outputOf(document, chunk),
    });
  await ask(octokit, updateRoute, {
    ...target,
    ...ending(document, completedAt),
    output: outputOf(document, chunks.at(-1) ?? []),
  });
}

/**
 * Posts a run that is finished at once: one request for up to fifty annotations, where work in progress need not show.
 *
 * @param completedAt - ISO 8601, UTC.
 */
export async function postCompletedRun(
  octokit: Octokit,
  run: NewRun,
  document: CheckRunDocument,
  completedAt: string,
): Promise<CheckRun> {
  const { owner, repo, name, sha, externalId } = run;
  if (document.annotations.length > annotationsPerRequest) {
    const { title, summary } = document;
    const progress = { title, summary, startedAt: completedAt };
    const open = await openCheckRun(octokit, run, progress, []);
    await completeCheckRun(octokit, open, document, completedAt);
    const { conclusion } = document;
    return { ...open, isCompleted: true, conclusion };
  }
  const answer = await ask<RunAnswer>(octokit, createRoute, {
    ...{ owner, repo, name },
    head_sha: sha,
    external_id: externalId,
    ...ending(document, completedAt),
    output: outputOf(document, document.annotations),
  });
  return runOf({ owner, repo }, answer);
}

/**
 * Ends the open runs of a head that a newer one replaced: GitHub would show them as running for two weeks.
 *
 * @param runs - What {@link findRuns} found on the older head; only the open ones with this external id are touched.
 * @returns how many were ended.
 */
export async function closeSuperseded(
  octokit: Octokit,
  runs: readonly CheckRun[],
  replaced: { readonly externalId: string; readonly by: string },
  completedAt: string,
): Promise<number> {
  const open = runs.filter(
    (run) => !run.isCompleted && run.externalId === replaced.externalId,
  );
  for (const run of open)
    await completeCheckRun(
      octokit,
      run,
      {
        title: `Superseded by ${replaced.by.slice(0, 7)}`,
        summary: "A newer commit was pushed; it is reviewed in its own run.",
        annotations: [],
        conclusion: "cancelled",
      },
      completedAt,
    );
  return open.length;
}

/** Whether it says what came out; one that was ended for a newer head does not, also where that head is the newest again. */
export function isAnswer({
  isCompleted,
  conclusion,
}: Pick<CheckRun, "isCompleted" | "conclusion">): boolean {
  return isCompleted && conclusion !== "cancelled";
}

function isSince(startedAt: string | undefined, since: string | undefined) {
  if (startedAt === undefined || since === undefined) return false;
  // GitHub keeps whole seconds.
  return Date.parse(startedAt) >= Math.floor(Date.parse(since) / 1_000) * 1_000;
}

/** Whether two runs are about the same thing under the same name. */
function isSame(one: NewRun, other: NewRun): boolean {
  return (
    one.name === other.name &&
    one.sha === other.sha &&
    one.externalId === other.externalId
  );
}

function runOf({ owner, repo }: RepositoryName, run: RunAnswer): CheckRun {
  return {
    ...{ owner, repo, id: run.id, name: run.name, sha: run.head_sha },
    externalId: run.external_id ?? "",
    isCompleted: run.status === "completed",
    ...(run.started_at !== null && { startedAt: run.started_at }),
    ...(run.conclusion !== null && { conclusion: run.conclusion }),
    annotationsSent: run.output?.annotations_count ?? 0,
  };
}

function ending(
  { conclusion, actions }: CheckRunDocument,
  completedAt: string,
) {
  return {
    status: "completed",
    conclusion,
    completed_at: completedAt,
    ...(actions && actions.length > 0 && { actions }),
  };
}

function outputOf(
  { title, summary, text }: CheckRunDocument,
  annotations: readonly CheckRunAnnotation[],
) {
  return {
    ...{ title, summary },
    ...(text !== undefined && { text }),
    ...(annotations.length > 0 && { annotations: annotations.map(sent) }),
  };
}

function sent({
  path,
  lines,
  columns,
  level,
  message,
  title,
  details,
}: CheckRunAnnotation) {
  return {
    path,
    start_line: lines.start,
    end_line: lines.end,
    ...(columns && { start_column: columns.start, end_column: columns.end }),
    annotation_level: level,
    message,
    ...(title !== undefined && { title }),
    ...(details !== undefined && { raw_details: details }),
  };
}

function chunked(
  annotations: readonly CheckRunAnnotation[],
): readonly (readonly CheckRunAnnotation[])[] {
  const chunks: (readonly CheckRunAnnotation[])[] = [];
  for (let at = 0; at < annotations.length; at += annotationsPerRequest)
    chunks.push(annotations.slice(at, at + annotationsPerRequest));
  return chunks;
}
