import type { ReviewPolicy } from "#gate/review-policy.js";
import { readFirstText } from "#github/text-at.js";
import type { Octokit } from "#github/octokit.js";
import type { Account, PullRequest } from "#github/pull-request-facts.js";
import {
  readUser,
  recentAuthors,
  teamMembers,
} from "#github/reviewer-requests.js";
import {
  type CodeOwners,
  codeOwnerPaths,
  parseCodeOwners,
} from "#parse/code-owners.js";
import type { Candidate } from "#second-review/eligible.js";
import { identityOf } from "./identities.js";

/** Files whose owners and recent authors are looked up, people whose rights are, and how far back work counts. */
const mostFiles = 3;
const mostCandidates = 12;
const recentMs = 180 * 24 * 60 * 60_000;

/** Who might be asked, and who owns the code. */
export interface Candidates {
  readonly people: readonly Candidate[];
  readonly codeOwners?: CodeOwners;
}

/** What looking for candidates takes. */
interface Search {
  readonly octokit: Octokit;
  readonly pullRequest: PullRequest;
  readonly policy: ReviewPolicy;
  /** Paths of the sensitive files. */
  readonly paths: readonly string[];
  readonly now: Date;
}

/** Looks for people who may know the sensitive files: configured ones, owners, and authors of recent work on them. */
export async function findCandidates(search: Search): Promise<Candidates> {
  const { octokit, pullRequest, policy } = search;
  const codeOwners = await readCodeOwners(octokit, pullRequest);
  const people = new Found();
  await addNamed(search, people, policy.reviewers, policy.teams);
  const hasList = policy.reviewers.length + policy.teams.length > 0;
  if (!hasList) {
    const owners = search.paths
      .slice(0, mostFiles)
      .flatMap((path) => codeOwners?.ownersOf(path) ?? []);
    await addOwners(search, people, [...new Set(owners)]);
    await addAuthors(search, people);
  }
  return {
    people: people.all().slice(0, mostCandidates),
    ...(codeOwners && { codeOwners }),
  };
}

class Found {
  readonly #byLogin = new Map<string, Candidate>();

  add(account: Account, team: string | undefined, commits: number): void {
    if (account.type !== "User") return;
    const key = account.login.toLowerCase();
    const known = this.#byLogin.get(key);
    this.#byLogin.set(key, {
      account: identityOf(account),
      teams: [...(known?.teams ?? []), ...(team === undefined ? [] : [team])],
      recentCommits: (known?.recentCommits ?? 0) + commits,
      openRequests: 0,
    });
  }

  all(): readonly Candidate[] {
    return [...this.#byLogin.values()];
  }
}

async function addNamed(
  { octokit, pullRequest }: Search,
  found: Found,
  logins: readonly string[],
  teams: readonly string[],
): Promise<void> {
  for (const login of logins.slice(0, mostCandidates)) {
    const account = await readUser(octokit, login);
    if (account) found.add(account, undefined, 0);
  }
  for (const slug of teams.slice(0, mostFiles)) {
    const team = { org: pullRequest.owner, slug };
    for (const member of await teamMembers(octokit, team))
      found.add(member, slug, 0);
  }
}

/** Owners by address are left out: GitHub maps no address to an account for us. */
async function addOwners(
  search: Search,
  found: Found,
  owners: readonly string[],
): Promise<void> {
  const named = owners.filter((owner) => owner.startsWith("@"));
  const teams = named.filter((owner) => owner.includes("/"));
  const logins = named.filter((owner) => !owner.includes("/"));
  await addNamed(
    search,
    found,
    logins.map((owner) => owner.slice(1)),
    teams.map((owner) => owner.slice(owner.indexOf("/") + 1)),
  );
}

async function addAuthors(
  { octokit, pullRequest, paths, now }: Search,
  found: Found,
): Promise<void> {
  const since = new Date(now.getTime() - recentMs).toISOString();
  const branch = pullRequest.base.tip;
  for (const path of paths.slice(0, mostFiles)) {
    const authors = await recentAuthors(octokit, pullRequest, {
      ...{ path, branch, since },
    });
    for (const author of authors) found.add(author, undefined, 1);
  }
}

async function readCodeOwners(
  octokit: Octokit,
  pullRequest: PullRequest,
): Promise<CodeOwners | undefined> {
  const text = await readFirstText(
    octokit,
    pullRequest,
    pullRequest.base.tip,
    codeOwnerPaths,
  );
  return text === undefined ? undefined : parseCodeOwners(text);
}
