import type { z } from "zod";
import type { Job } from "#queue/queue.js";
import type { RecordWrite } from "#queue/records.js";
import { ofPush, ofRights } from "./branch-wishes.js";
import { ofCheckRun, ofCheckSuite } from "./check-wishes.js";
import {
  checkRunEvent,
  checkSuiteEvent,
  installationEvent,
  installationRepositoriesEvent,
  issueCommentEvent,
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  reviewEvent,
  rightsEvent,
} from "./payloads.js";
import {
  ofInstallation,
  ofInstallationRepositories,
} from "./installation-wishes.js";
import { ofIssueComment, ofPullRequest, ofReview } from "./pull-wishes.js";
import { type IncomingEvent, nothing, placeOf, type Wishes } from "./wishes.js";
import { type Work, workKey } from "./work.js";

/** What an event makes us do. `rejected`: signed, but of a shape that GitHub does not send. */
export interface Intents {
  readonly outcome: "wanted" | "ignored" | "rejected";
  readonly jobs: readonly Job[];
  readonly records: readonly RecordWrite[];
}

/** Wishes of people go before the first look at a thousand new repositories. */
const priorities = {
  "merge-group": 20,
  "pull-request": 10,
  "commit-rerun": 10,
  "rights-changed": 10,
  "branch-push": 5,
  "first-look": 0,
  "review-audit": -5,
  "reconcile-installation": 0,
  "reconcile-repository": 0,
  forget: 30,
  sweep: 0,
} as const satisfies Record<Work["kind"], number>;

type Reader = (event: IncomingEvent, appId: number) => Wishes | "rejected";

const readers: Readonly<Record<string, Reader>> = {
  pull_request: reader(pullRequestEvent, ofPullRequest),
  pull_request_review: reader(reviewEvent, ofReview),
  issue_comment: reader(issueCommentEvent, ofIssueComment),
  push: reader(pushEvent, ofPush),
  member: reader(rightsEvent, ofRights),
  membership: reader(rightsEvent, ofRights),
  team: reader(rightsEvent, ofRights),
  organization: reader(rightsEvent, ofRights),
  check_run: reader(checkRunEvent, ofCheckRun),
  check_suite: reader(checkSuiteEvent, ofCheckSuite),
  merge_group: reader(mergeGroupEvent, ofMergeGroup),
  installation: reader(installationEvent, ofInstallation),
  installation_repositories: reader(
    installationRepositoriesEvent,
    ofInstallationRepositories,
  ),
};

/**
 * What an event asks for. Pure; reads nothing but the event.
 *
 * @param appId - Our own app: check events of other apps are none of our business.
 */
export function intentsOf(event: IncomingEvent, appId: number): Intents {
  const read = Object.hasOwn(readers, event.name)
    ? readers[event.name]
    : undefined;
  const wishes = read?.(event, appId) ?? { works: [] };
  if (wishes === "rejected")
    return { outcome: "rejected", jobs: [], records: [] };
  const jobs = wishes.works.map(toJob);
  const records = wishes.records ?? [];
  const isWanted = jobs.length > 0 || records.length > 0;
  return { outcome: isWanted ? "wanted" : "ignored", jobs, records };
}

/** Work for the app as a whole, which goes on whatever happens to an installation. */
const appGroup = "app";

/** A job for the queue. @param work - What the job means to the server. */
export function toJob(work: Work): Job {
  const isForAll = work.kind === "forget" || work.kind === "sweep";
  return {
    key: workKey(work),
    group: isForAll ? appGroup : String(work.installationId),
    payload: work,
    priority: priorities[work.kind],
  };
}

function reader<Payload>(
  schema: z.ZodType<Payload>,
  wishesOf: (payload: Payload, event: IncomingEvent, appId: number) => Wishes,
): Reader {
  return (event, appId) => {
    const parsed = schema.safeParse(event.payload);
    return parsed.success ? wishesOf(parsed.data, event, appId) : "rejected";
  };
}

function ofMergeGroup(payload: z.infer<typeof mergeGroupEvent>): Wishes {
  if (payload.action !== "checks_requested") return nothing;
  const { head_sha, base_sha, base_ref, head_ref } = payload.merge_group;
  const work: Work = {
    kind: "merge-group",
    ...placeOf(payload),
    headSha: head_sha,
    baseSha: base_sha,
    baseRef: base_ref,
    headRef: head_ref,
  };
  return { works: [work] };
}
