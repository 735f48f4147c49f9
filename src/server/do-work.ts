import { checks } from "#checks/index.js";
import { rerunCommit } from "./commit-rerun.js";
import { firstLook } from "./first-look.js";
import { reviewMergeGroup } from "./merge-group-run.js";
import { reviewPullRequest } from "./review.js";
import { type ReviewMeans, reviewMeans } from "./review-context.js";
import { giveUp } from "./give-up.js";
import type { GiveUp, Review } from "./work-context.js";

/** What a server does with its work, and what it says when it has to give some up. */
export function doWork(): { readonly review: Review; readonly giveUp: GiveUp } {
  return { review: reviewer(), giveUp };
}

/** What a server does with each kind of work; its caches are opened with the first one. */
function reviewer(): Review {
  let means: ReviewMeans | undefined;
  return (work, given) => {
    means ??= reviewMeans(given.cacheDirectory, checks);
    const context = { ...given, ...means };
    switch (work.kind) {
      case "pull-request":
        return reviewPullRequest(work, context);
      case "commit-rerun":
        return rerunCommit(work, context);
      case "merge-group":
        return reviewMergeGroup(work, context);
      case "first-look":
        return firstLook(work, context);
    }
  };
}
