import { join } from "node:path";
import type { Logger } from "pino";
import type { Verdict } from "#gate/verdict.js";
import type { Keeper } from "#queue/queue.js";
import type { Analysis } from "./analysis.js";
import type { ClassifyRequest, JudgeRequest } from "./analysis-worker.js";
import { fingerprintKeys } from "./fingerprint-keys.js";
import { toJob } from "./intents.js";
import type { Lease } from "./lease.js";
import { ProbotApp, type ProbotAppOptions } from "./probot-app.js";
import { Quota } from "./quota.js";
import type { SensitiveChange } from "./sensitive-change.js";
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
    readonly version: string;
  };
  readonly log: Logger;
  readonly keeper: Keeper;
  readonly analysis: Analysis;
  readonly now: () => number;
}

/** The work as the worker sees it: each piece goes through Probot and gets a context of its own. */
export async function performWork(parts: WorkParts): Promise<
  Pick<WorkerOptions, "handle" | "giveUp"> & {
    /** Goes on with another private key. */
    readonly renew: (settings: Settings) => void;
  }
> {
  const { options, log } = parts;
  const spaceWrites = options.spaceWrites ?? true;
  const quota = new Quota(parts.keeper.queue);
  const onAnswer: ProbotAppOptions["onAnswer"] = (installationId, headers) => {
    quota.note(installationId, headers);
  };
  const open = (settings: Settings) =>
    new ProbotApp({ settings, log, spaceWrites, onAnswer });
  let app = open(parts.settings);
  const keyOf = await fingerprintKeys(parts.keeper.records);
  const contextOf = (work: Work, lease: Lease): WorkContext =>
    workContext(parts, app, keyOf(work.installationId), { work, lease });
  return {
    handle: async (work, lease) => {
      quota.admit(work, parts.now());
      await app.perform(work, () =>
        options.review(work, contextOf(work, lease)),
      );
    },
    giveUp: async (work, lease, error) =>
      options.giveUp?.(work, contextOf(work, lease), error),
    renew: (settings) => {
      app = open(settings);
    },
  };
}

function workContext(
  { settings, options, log, keeper, analysis, now }: WorkParts,
  app: ProbotApp,
  fingerprintKey: string,
  { work, lease }: { readonly work: Work; readonly lease: Lease },
): WorkContext {
  return {
    appId: settings.appId,
    octokit: (installationId) => app.octokit(installationId, lease.signal),
    records: keeper.records,
    classify: async (snapshot, review) => {
      const request: ClassifyRequest = { snapshot, review };
      return (await analysis.run(request)) as SensitiveChange;
    },
    analyse: async (snapshot, policy) => {
      const request: JudgeRequest = { snapshot, policy, fingerprintKey };
      return (await analysis.run(request)) as Verdict;
    },
    enqueue: (works, priority) => {
      const usual = works.map(toJob);
      return keeper.queue.add(
        priority === undefined
          ? usual
          : usual.map((job) => ({ ...job, priority })),
      );
    },
    app: () => app.octokit(),
    dropWork: (installationId) =>
      keeper.queue.dropGroup(String(installationId)),
    version: options.version,
    cacheDirectory: join(settings.dataDirectory, "cache"),
    lease,
    log: log.child({ work: work.kind, fence: lease.fence }),
    now: () => new Date(now()),
  };
}
