import type { FileChange } from "../git/diff.js";
import type { Signature } from "../git/commit-writer.js";
import type { ParsedCommit } from "../git/parse-objects.js";
import type { LocalRepository } from "../world/local-repository.js";
import { isoSeconds } from "../world/notation.js";
import { nodeId, simpleUser } from "./account.js";
import { repositoryPage, repositoryUrl } from "./repository.js";

const unsigned = {
  verified: false,
  reason: "unsigned",
  signature: null,
  payload: null,
  verified_at: null,
};

/** A commit with the accounts behind it, as `GET /commits/{ref}` and lists carry it. */
export function commitAnswer(
  repository: LocalRepository,
  commit: ParsedCommit,
) {
  const url = `${repositoryUrl(repository)}/commits/${commit.oid}`;
  const treeUrl = `${repositoryUrl(repository)}/git/trees/${commit.tree}`;
  return {
    sha: commit.oid,
    node_id: nodeId("Commit", commit.oid),
    url,
    html_url: `${repositoryPage(repository)}/commit/${commit.oid}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${repositoryUrl(repository)}/git/commits/${commit.oid}`,
      author: gitUser(commit.author),
      committer: gitUser(commit.committer),
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.tree, url: treeUrl },
      verification: unsigned,
    },
    author: accountOf(repository, commit.author),
    committer: accountOf(repository, commit.committer),
    parents: parentsOf(repository, commit),
  };
}

/** A commit as git knows it, as `GET /git/commits/{sha}` carries it. */
export function gitCommit(repository: LocalRepository, commit: ParsedCommit) {
  return {
    sha: commit.oid,
    node_id: nodeId("Commit", commit.oid),
    url: `${repositoryUrl(repository)}/git/commits/${commit.oid}`,
    html_url: `${repositoryPage(repository)}/commit/${commit.oid}`,
    author: gitUser(commit.author),
    committer: gitUser(commit.committer),
    message: commit.message,
    tree: {
      sha: commit.tree,
      url: `${repositoryUrl(repository)}/git/trees/${commit.tree}`,
    },
    parents: parentsOf(repository, commit),
    verification: unsigned,
  };
}

/** A commit in six fields, as suites and merge groups carry it. */
export function simpleCommit(commit: ParsedCommit) {
  const person = ({ name, email }: Signature) => ({ name, email });
  return {
    id: commit.oid,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: isoSeconds(commit.committer.at),
    author: person(commit.author),
    committer: person(commit.committer),
  };
}

/** A commit, as push events list it. */
export async function pushCommit(repository: LocalRepository, oid: string) {
  const commit = await repository.git.commit(oid);
  const parent = commit.parents[0];
  const changes = parent ? await repository.git.diff(parent, oid) : [];
  const paths = (wanted: readonly FileChange["status"][]) =>
    changes.filter(({ status }) => wanted.includes(status)).map(pathOf);
  return {
    ...simpleCommit(commit),
    distinct: true,
    url: `${repositoryPage(repository)}/commit/${oid}`,
    added: paths(["added", "renamed"]),
    removed: paths(["removed"]),
    modified: paths(["modified", "changed"]),
  };
}

/** A changed file, as `GET /pulls/{n}/files` and compare list it. */
export function diffEntry(
  repository: LocalRepository,
  ref: string,
  change: FileChange,
) {
  const page = repositoryPage(repository);
  const path = change.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: change.oid,
    filename: change.path,
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${page}/blob/${ref}/${path}`,
    raw_url: `${page}/raw/${ref}/${path}`,
    contents_url: `${repositoryUrl(repository)}/contents/${path}?ref=${ref}`,
    ...(change.patch === undefined ? {} : { patch: change.patch }),
    ...(change.previousPath === undefined
      ? {}
      : { previous_filename: change.previousPath }),
  };
}

function pathOf(change: FileChange): string {
  return change.path;
}

function gitUser({ name, email, at }: Signature) {
  return { name, email, date: isoSeconds(at) };
}

function accountOf({ world }: LocalRepository, { email }: Signature) {
  const account = world.accounts.findByEmail(email);
  return account ? simpleUser(world, account) : null;
}

function parentsOf(repository: LocalRepository, commit: ParsedCommit) {
  return commit.parents.map((sha) => ({
    sha,
    url: `${repositoryUrl(repository)}/commits/${sha}`,
    html_url: `${repositoryPage(repository)}/commit/${sha}`,
  }));
}
