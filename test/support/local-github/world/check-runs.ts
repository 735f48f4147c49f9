/** A line or range that a check run speaks about, as it was sent. */
export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: "notice" | "warning" | "failure";
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

/** A button under a check run. */
interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

/** A check run as it stands. */
export interface CheckRun {
  readonly id: number;
  readonly suite: CheckSuite;
  readonly headSha: string;
  readonly createdAt: string;
  name: string;
  status: string;
  conclusion: string | undefined;
  startedAt: string | undefined;
  completedAt: string | undefined;
  externalId: string | undefined;
  detailsUrl: string | undefined;
  title: string | undefined;
  summary: string | undefined;
  text: string | undefined;
  /** Only grows: GitHub appends what an update brings. */
  readonly annotations: Annotation[];
  actions: readonly CheckAction[];
}

/** All runs of the app on one commit. */
export interface CheckSuite {
  readonly id: number;
  readonly headSha: string;
  /** Undefined for the head of a fork. */
  readonly headBranch: string | undefined;
  readonly before: string | undefined;
  readonly createdAt: string;
  updatedAt: string;
  /** Asked for again, and no run written since. */
  isRerequested: boolean;
  readonly runs: CheckRun[];
}

/** The fields that create and update share, as they are sent. */
export interface CheckRunInput {
  readonly name?: string;
  readonly details_url?: string;
  readonly external_id?: string;
  readonly status?: string;
  readonly started_at?: string;
  readonly conclusion?: string;
  readonly completed_at?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary?: string;
    readonly text?: string;
    readonly annotations?: readonly Annotation[];
  };
  readonly actions?: readonly CheckAction[];
}

/** Writes what was sent over what stands; annotations are added, never replaced. */
export function applyToRun(
  run: CheckRun,
  input: CheckRunInput,
  timestamp: string,
): void {
  const { output } = input;
  run.name = input.name ?? run.name;
  run.detailsUrl = input.details_url ?? run.detailsUrl;
  run.externalId = input.external_id ?? run.externalId;
  run.startedAt = input.started_at ?? run.startedAt ?? timestamp;
  run.title = output?.title ?? run.title;
  run.summary = output?.summary ?? run.summary;
  run.text = output?.text ?? run.text;
  run.annotations.push(...(output?.annotations ?? []));
  run.actions = input.actions ?? run.actions;
  applyStatus(run, input, timestamp);
  run.suite.updatedAt = timestamp;
  run.suite.isRerequested = false;
}

/** A conclusion completes a run by itself; a run set going again has none. */
function applyStatus(
  run: CheckRun,
  input: CheckRunInput,
  timestamp: string,
): void {
  if (input.conclusion !== undefined) {
    run.status = "completed";
    run.conclusion = input.conclusion;
    run.completedAt = input.completed_at ?? timestamp;
  } else if (input.status !== undefined) {
    run.status = input.status;
    run.conclusion = undefined;
    run.completedAt = undefined;
  }
}

const worstFirst = [
  "action_required",
  "timed_out",
  "failure",
  "cancelled",
  "stale",
  "neutral",
  "skipped",
  "success",
];

/** A suite is as far as its slowest run, and as good as its worst. */
export function suiteState(suite: CheckSuite): {
  status: "queued" | "in_progress" | "completed";
  conclusion: string | undefined;
} {
  const runs = latestRuns(suite.runs);
  if (runs.length === 0 || suite.isRerequested) {
    return { status: "queued", conclusion: undefined };
  }
  if (runs.some((run) => run.status !== "completed")) {
    const started = runs.some((run) => run.status !== "queued");
    return {
      status: started ? "in_progress" : "queued",
      conclusion: undefined,
    };
  }
  const found = worstFirst.find((conclusion) =>
    runs.some((run) => run.conclusion === conclusion),
  );
  return { status: "completed", conclusion: found };
}

/** The newest run of each name, as the lists show them by default. */
export function latestRuns(runs: readonly CheckRun[]): CheckRun[] {
  const newest = new Map<string, CheckRun>();
  for (const run of runs) {
    const key = `${String(run.suite.id)} ${run.name}`;
    const known = newest.get(key);
    if (!known || known.id < run.id) newest.set(key, run);
  }
  return [...newest.values()];
}
