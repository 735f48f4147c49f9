import type { Octokit } from "#github/octokit.js";
import { pullsOfCommit } from "#github/pulls-of-commit.js";
import type { TwinFacts } from "#second-review/facts.js";
import { identityOf, identityOfActor } from "./identities.js";
import { rememberedPushes } from "./push-record.js";
import { reviewLook } from "./waiting.js";
import type { ReviewContext } from "./review-context.js";
import type { ReviewSubject } from "./review-subject.js";

/** Other open pull requests with the same head and base: they share its check runs, so they share their builders. */
export async function readTwins(
  octokit: Octokit,
  { work, pullRequest }: Pick<ReviewSubject, "work" | "pullRequest">,
  { records }: Pick<ReviewContext, "records">,
): Promise<readonly TwinFacts[]> {
  const { number, head, base } = pullRequest;
  const pulls = await pullsOfCommit(octokit, pullRequest, head.sha);
  const others = pulls.filter(
    (pull) =>
      pull.isOpen &&
      pull.number !== number &&
      pull.head === head.sha &&
      pull.base === base.ref,
  );
  return Promise.all(
    others.map(async (pull) => {
      const pushes = await rememberedPushes(records, work.repositoryId, pull);
      return {
        number: pull.number,
        ...(pull.author && { author: identityOf(pull.author) }),
        ...{ base: pull.base, head: pull.head },
        builders: pushes.ofPull
          .filter(({ after }) => after === pull.head)
          .map(({ by }) => identityOfActor(by)),
      };
    }),
  );
}

/** A pull request that begins to share its head with others adds builders to theirs: those are decided anew. */
export async function lookAtTwins(
  work: ReviewSubject["work"],
  twins: readonly TwinFacts[],
  { enqueue }: Pick<ReviewContext, "enqueue">,
): Promise<void> {
  if (!work.fullLook || twins.length === 0) return;
  await enqueue(
    twins.map(({ number }) => reviewLook({ ...work, number }, "twin-opened")),
  );
}
