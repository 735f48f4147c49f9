import {
  applyToRun,
  type CheckRun,
  type CheckRunInput,
  type CheckSuite,
} from "./check-runs.js";
import type { LocalPullRequest } from "./local-pull-request.js";
import type { LocalRepository } from "./local-repository.js";

/** The app's one suite on a commit, made when there is none. */
export function suiteFor(
  repository: LocalRepository,
  headSha: string,
  origin: { readonly branch?: string; readonly before?: string } = {},
): CheckSuite {
  const known = repository.suites.find((suite) => suite.headSha === headSha);
  if (known) return known;
  const { world } = repository;
  const pull = pullsOf(repository, headSha)[0];
  const suite: CheckSuite = {
    id: world.nextId(),
    headSha,
    headBranch: origin.branch ?? pull?.headRef,
    before: origin.before,
    createdAt: world.timestamp(),
    updatedAt: world.timestamp(),
    isRerequested: false,
    runs: [],
  };
  repository.suites.push(suite);
  return suite;
}

/** Adds a run to the suite of its commit. */
export function createRun(
  repository: LocalRepository,
  headSha: string,
  input: CheckRunInput,
): CheckRun {
  const { world } = repository;
  const suite = suiteFor(repository, headSha);
  const run: CheckRun = {
    id: world.nextId(),
    suite,
    headSha,
    createdAt: world.timestamp(),
    name: input.name ?? "",
    status: "queued",
    conclusion: undefined,
    startedAt: undefined,
    completedAt: undefined,
    externalId: undefined,
    detailsUrl: undefined,
    title: undefined,
    summary: undefined,
    text: undefined,
    annotations: [],
    actions: [],
  };
  applyToRun(run, input, world.timestamp());
  suite.runs.push(run);
  return run;
}

/** The pull requests that check events name: open ones of this very repository, never of a fork. */
export function pullsOf(
  repository: LocalRepository,
  headSha: string,
): LocalPullRequest[] {
  return repository.pulls.filter(
    (pull) =>
      pull.state === "open" &&
      pull.headSha === headSha &&
      !pull.isCrossRepository,
  );
}
