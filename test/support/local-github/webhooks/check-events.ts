import { hookRun, hookSuite } from "../present/check.js";
import type { Account } from "../world/accounts.js";
import type { CheckRun, CheckSuite } from "../world/check-runs.js";
import type { LocalRepository } from "../world/local-repository.js";
import { emitFor } from "./events.js";

/** Tells the app of a `check_run` event. */
export async function emitRun(
  repository: LocalRepository,
  run: CheckRun,
  action: "created" | "completed" | "rerequested" | "requested_action",
  options: { readonly by?: Account; readonly identifier?: string } = {},
): Promise<void> {
  await emitFor(repository, "check_run", options.by, {
    action,
    check_run: hookRun(repository, run),
    ...(options.identifier === undefined
      ? {}
      : { requested_action: { identifier: options.identifier } }),
  });
}

/** Tells the app that all runs of a suite are done. */
export async function emitSuiteCompleted(
  repository: LocalRepository,
  suite: CheckSuite,
): Promise<void> {
  await emitFor(repository, "check_suite", undefined, {
    action: "completed",
    check_suite: await hookSuite(repository, suite),
  });
}

/** Tells the app that somebody wants a whole suite again. */
export async function emitSuiteRerequested(
  repository: LocalRepository,
  suite: CheckSuite,
  by?: Account,
): Promise<void> {
  suite.isRerequested = true;
  await emitFor(repository, "check_suite", by, {
    action: "rerequested",
    check_suite: await hookSuite(repository, suite),
  });
}
