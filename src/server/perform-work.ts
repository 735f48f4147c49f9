import { join } from "node:path";
import type { Logger } from "pino";
import type { Verdict } from "#gate/verdict.js";
import type { Keeper } from "#queue/queue.js";
import type { Analysis } from "./analysis.js";
import type { JudgeRequest } from "./analysis-worker.js";
import { fingerprintKeys } from "./fingerprint-keys.js";
import { toJob } from "./intents.js";
import type { Lease } from "./lease.js";
import { ProbotApp } from "./probot-app.js";
import type { Settings } from "./settings.js";
import type { Work } from "./work.js";
import type { GiveUp, Review, WorkContext } from "./work-context.js";
import type { WorkerOptions } from "./worker.js";

/** What doing work takes. */
export interface WorkParts {
  readonly settings: Settings;
  readonly options: {
    readonly review: Review;
    readonly giveUp?: GiveUp;
    readonly spaceWrites?: boolean;
  };
  readonly log: Logger;
  readonly keeper: Keeper;
  readonly analysis: Analysis;
  readonly now: () => number;
}

/** The work as the worker sees it: each piece goes through Probot and gets a context of its own. */
export async function performWork(
  parts: WorkParts,
): Promise<Pick<WorkerOptions, "handle" | "giveUp">> {
  const { settings, options, log } = parts;
  const spaceWrites = options.spaceWrites ?? true;
  const app = new ProbotApp({ settings, log, spaceWrites });
  const keyOf = await fingerprintKeys(parts.keeper.records);
  const contextOf = (work: Work, lease: Lease): WorkContext =>
    workContext(parts, app, keyOf(work.installationId), { work, lease });
  return {
    handle: (work, lease) =>
      app.perform(work, () => options.review(work, contextOf(work, lease))),
    giveUp: async (work, lease, error) =>
      options.giveUp?.(work, contextOf(work, lease), error),
  };
}

function workContext(
  { settings, log, keeper, analysis, now }: WorkParts,
  app: ProbotApp,
  fingerprintKey: string,
  { work, lease }: { readonly work: Work; readonly lease: Lease },
): WorkContext {
  return {
    appId: settings.appId,
    octokit: (installationId) => app.octokit(installationId),
    records: keeper.records,
    analyse: async (snapshot, policy) => {
      const request: JudgeRequest = { snapshot, policy, fingerprintKey };
      return (await analysis.run(request)) as Verdict;
    },
    enqueue: (works) => keeper.queue.add(works.map(toJob)),
    cacheDirectory: join(settings.dataDirectory, "cache"),
    lease,
    log: log.child({ work: work.kind, fence: lease.fence }),
    now: () => new Date(now()),
  };
}
