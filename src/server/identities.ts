import type { CommittedBy } from "#github/commit-people.js";
import type { ComparedCommit } from "#github/merge-base.js";
import type {
  Account,
  CommitPerson,
  PullRequestCommit,
} from "#github/pull-request-facts.js";
import type { CommitFacts } from "#second-review/facts.js";
import type { Identity } from "#second-review/identity.js";
import type { EventActor } from "./push-record.js";

/** An account of GitHub as the second reviewer's rule knows people. */
export function identityOf({ login, id, type }: Account): Identity {
  return {
    login,
    type: type === "Bot" ? "Bot" : "User",
    ...(id !== undefined && { id }),
  };
}

/** Somebody in an event. */
export function identityOfActor({ id, login, type }: EventActor): Identity {
  const isBot = type === "Bot" || login.endsWith("[bot]");
  return { id, login, type: isBot ? "Bot" : "User" };
}

/** A commit of a pull request with everyone whom it names. */
export function commitFacts(commit: PullRequestCommit): CommitFacts {
  const [author, ...coAuthors] = commit.authors;
  return factsOf(commit, {
    coAuthors,
    ...(author && { author }),
    ...(commit.committer && { committer: commit.committer }),
  });
}

/** The same of a commit that a comparison lists. */
export function comparedCommitFacts(commit: ComparedCommit): CommitFacts {
  return factsOf(commit, commit.people ?? { coAuthors: [] });
}

function factsOf(
  { sha, parents }: Pick<ComparedCommit, "sha" | "parents">,
  { author, committer, coAuthors }: CommittedBy,
): CommitFacts {
  return {
    sha,
    coAuthors: coAuthors.map(personOf),
    isMerge: parents.length > 1,
    isFromWeb: committer?.email === "noreply@github.com",
    ...(author && { author: personOf(author) }),
    ...(committer && { committer: personOf(committer) }),
  };
}

/** Somebody whom a commit names. */
export function personOf({ email, account }: CommitPerson): Identity {
  return account
    ? { ...identityOf(account), email }
    : { email, type: "Unknown" };
}
