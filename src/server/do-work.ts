import { checks } from "#checks/index.js";
import { afterBranchPush } from "./branch-push-run.js";
import { rerunCommit } from "./commit-rerun.js";
import { firstLook } from "./first-look.js";
import { reviewMergeGroup } from "./merge-group-run.js";
import { auditDefaultBranch } from "./review-audit-run.js";
import { forget } from "./forget.js";
import { reconcileInstallation, reconcileRepository } from "./reconcile.js";
import { reviewPullRequest } from "./review.js";
import { sweep } from "./sweep.js";
import {
  type ReviewContext,
  type ReviewMeans,
  reviewMeans,
} from "./review-context.js";
import { giveUp } from "./give-up.js";
import { afterRightsChange } from "./rights-run.js";
import type { Work } from "./work.js";
import type { GiveUp, Review, WorkContext } from "./work-context.js";

/** What a server does with its work, and what it says when it has to give some up; its caches are opened with the first. */
export function doWork(): { readonly review: Review; readonly giveUp: GiveUp } {
  let means: ReviewMeans | undefined;
  const contextOf = (given: WorkContext): ReviewContext => {
    means ??= reviewMeans(given.cacheDirectory, checks);
    return { ...given, ...means };
  };
  return {
    review: (work, given) => perform(work, contextOf(given)),
    giveUp: (work, given) => giveUp(work, contextOf(given)),
  };
}

function perform(work: Work, context: ReviewContext): Promise<void> {
  switch (work.kind) {
    case "pull-request":
      return reviewPullRequest(work, context);
    case "commit-rerun":
      return rerunCommit(work, context);
    case "merge-group":
      return reviewMergeGroup(work, context);
    case "first-look":
      return firstLook(work, context);
    case "review-audit":
      return auditDefaultBranch(work, context);
    case "branch-push":
      return afterBranchPush(work, context);
    case "rights-changed":
      return afterRightsChange(work, context);
    case "reconcile-installation":
      return reconcileInstallation(work, context);
    case "reconcile-repository":
      return reconcileRepository(work, context);
    case "forget":
      return forget(work, context);
    case "sweep":
      return sweep(context);
  }
}
