import type { Account, CommitPerson } from "./pull-request-facts.js";

/** Who a commit names, as REST tells it. */
export interface CommittedBy {
  readonly author?: CommitPerson;
  readonly committer?: CommitPerson;
  /** Those whom trailers of the message name. */
  readonly coAuthors: readonly CommitPerson[];
}

/** Git's own word on a person. */
export interface GitPersonAnswer {
  readonly name?: string;
  readonly email?: string;
}

/** The account that GitHub maps an address to. */
export interface RestAccount {
  readonly login?: string;
  readonly id?: number;
  readonly type?: string;
}

/** A commit of a REST list, as far as it names people. */
interface NamingCommit {
  readonly commit: {
    readonly message: string;
    readonly author: GitPersonAnswer | null;
    readonly committer: GitPersonAnswer | null;
  };
  readonly author: RestAccount | null;
  readonly committer: RestAccount | null;
}

/** Trailers of one message that are read. */
const mostTrailers = 100;

/** Everyone whom a commit names. REST resolves no co-authors to accounts: they are known by their addresses. */
export function committedBy(answer: NamingCommit): CommittedBy {
  const { commit } = answer;
  return {
    ...(commit.author && { author: personOf(commit.author, answer.author) }),
    ...(commit.committer && {
      committer: personOf(commit.committer, answer.committer),
    }),
    coAuthors: coAuthorsIn(commit.message),
  };
}

/** An account out of an answer of REST or of an event; undefined for none. */
export function restAccount(
  answer: RestAccount | null | undefined,
): Account | undefined {
  if (answer?.login === undefined) return undefined;
  const { login, id, type = "User" } = answer;
  return {
    login,
    ...(id !== undefined && { id }),
    type:
      type === "User" || type === "Bot" || type === "Organization"
        ? type
        : "Other",
  };
}

function personOf(
  { name = "", email = "" }: GitPersonAnswer,
  answer: RestAccount | null,
): CommitPerson {
  const account = restAccount(answer);
  return { name, email, ...(account && { account }) };
}

function coAuthorsIn(message: string): readonly CommitPerson[] {
  return message
    .split("\n")
    .filter((line) => /^co-authored-by:/i.test(line))
    .slice(0, mostTrailers)
    .flatMap((line) => {
      const [, name = "", email] =
        /^co-authored-by:([^<>]{0,300})<([^<>\s]{1,300})>/i.exec(line) ?? [];
      return email === undefined ? [] : [{ name: name.trim(), email }];
    });
}
