import { found, Refusal, type Answer } from "../http/answer.js";
import { pageItems, paged } from "../http/page.js";
import type { Call, Route } from "../http/route.js";
import { commitAnswer, diffEntry } from "../present/commit.js";
import { simplePull } from "../present/pull.js";
import { repositoryPage, repositoryUrl } from "../present/repository.js";
import type { LocalRepository } from "../world/local-repository.js";

const asks = "installation";
const needs = { contents: "read" } as const;
const root = "/repos/{owner}/{repo}";

const maxFiles = 300;
const maxHistory = 10_000;

/** Commits, branches and comparisons. */
export const commitRoutes: readonly Route[] = [
  { operation: `GET ${root}/commits`, asks, needs, handle: listCommits },
  {
    operation: `GET ${root}/commits/{ref}`,
    asks,
    needs,
    handle: readCommit,
  },
  {
    operation: `GET ${root}/commits/{commit_sha}/pulls`,
    asks,
    needs: { pull_requests: "read" },
    handle: pullsWithCommit,
  },
  { operation: `GET ${root}/compare/{basehead}`, asks, needs, handle: compare },
  {
    operation: `GET ${root}/branches`,
    asks,
    needs,
    handle: async (call) => {
      const { repository } = call;
      const refs = repository.git.refs("refs/heads/");
      const branches = refs.map(({ name, oid }) => ({
        name: name.slice("refs/heads/".length),
        commit: { sha: oid, url: commitUrl(repository, oid) },
        protected: false,
      }));
      return paged(call, branches);
    },
  },
  {
    operation: `GET ${root}/branches/{branch}`,
    asks,
    needs,
    handle: async ({ repository, params }) => {
      const name = params["branch"] ?? "";
      const commit = await repository.git.findCommit(`refs/heads/${name}`);
      const self = `${repositoryUrl(repository)}/branches/${name}`;
      return {
        status: 200,
        body: {
          name,
          commit: commitAnswer(repository, found(commit)),
          _links: { self, html: `${repositoryPage(repository)}/tree/${name}` },
          protected: repository.rules.has(name),
          protection: { enabled: false },
          protection_url: `${self}/protection`,
        },
      };
    },
  },
];

function commitUrl(repository: LocalRepository, oid: string): string {
  return `${repositoryUrl(repository)}/commits/${oid}`;
}

async function listCommits(call: Call): Promise<Answer> {
  const { repository, query } = call;
  const start = await repository.git.findCommit(
    query["sha"] ?? repository.defaultBranch,
  );
  const ids = await repository.git.history(
    found(start).oid,
    maxHistory,
    query["path"],
  );
  return commitPage(call, ids);
}

async function commitPage(call: Call, ids: readonly string[]): Promise<Answer> {
  const { repository } = call;
  const commits = await Promise.all(
    pageItems(call, ids).map((id) => repository.git.commit(id)),
  );
  const body = commits.map((commit) => commitAnswer(repository, commit));
  return { ...paged(call, ids), body };
}

async function readCommit({ repository, params, headers }: Call) {
  const name = params["ref"] ?? "";
  const commit = await repository.git.findCommit(name);
  if (!commit) throw new Refusal(422, `No commit found for SHA: ${name}`);
  if (headers.accept?.includes("sha")) {
    return { status: 200, body: Buffer.from(commit.oid) };
  }
  const files = await changesOf(repository, commit.oid, commit.parents[0]);
  const sum = (key: "additions" | "deletions") =>
    files.reduce((total, file) => total + file[key], 0);
  const [additions, deletions] = [sum("additions"), sum("deletions")];
  return {
    status: 200,
    body: {
      ...commitAnswer(repository, commit),
      stats: { additions, deletions, total: additions + deletions },
      files: files
        .slice(0, maxFiles)
        .map((file) => diffEntry(repository, commit.oid, file)),
    },
  };
}

const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

function changesOf(
  { git }: LocalRepository,
  oid: string,
  parent: string | undefined,
) {
  return git.diff(parent ?? emptyTree, oid);
}

async function pullsWithCommit(call: Call): Promise<Answer> {
  const { repository, params } = call;
  const commit = await repository.git.findCommit(params["commit_sha"] ?? "");
  const sha = commit?.oid;
  if (!sha) throw new Refusal(422, "No commit found for SHA");
  const containing = [];
  for (const pull of repository.pulls) {
    const isHead = pull.headSha === sha || pull.mergeCommitSha === sha;
    if (isHead || (await pull.commits()).includes(sha)) containing.push(pull);
  }
  return paged(call, containing.map(simplePull));
}

async function compare(call: Call): Promise<Answer> {
  const { repository, params } = call;
  const { git } = repository;
  const [baseName = "", headName = ""] = (params["basehead"] ?? "").split(
    "...",
  );
  const base = found(await git.findCommit(branchOf(baseName)));
  const head = found(await git.findCommit(branchOf(headName)));
  const met = await git.mergeBase(base.oid, head.oid);
  if (met === undefined) {
    const words = `No common ancestor between ${baseName} and ${headName}.`;
    throw new Refusal(404, words);
  }
  const [ahead, behind, files] = await Promise.all([
    git.commitsBetween(base.oid, head.oid),
    git.commitsBetween(head.oid, base.oid),
    git.diff(met, head.oid),
  ]);
  // Only the first page has the files, and never more than 300.
  const isFirst = (call.query["page"] ?? "1") === "1";
  const page = await commitPage(call, ahead);
  const url = `${repositoryUrl(repository)}/compare/${baseName}...${headName}`;
  const html = `${repositoryPage(repository)}/compare/${baseName}...${headName}`;
  return {
    ...page,
    body: {
      url,
      html_url: html,
      permalink_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: commitAnswer(repository, base),
      merge_base_commit: commitAnswer(repository, await git.commit(met)),
      status: statusOf(ahead.length, behind.length),
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits: page.body,
      files: isFirst
        ? files
            .slice(0, maxFiles)
            .map((file) => diffEntry(repository, head.oid, file))
        : [],
    },
  };
}

/** `owner:branch` names a branch of the same network; its commits are looked for here. */
function branchOf(name: string): string {
  return name.includes(":") ? name.slice(name.indexOf(":") + 1) : name;
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return "diverged";
  if (ahead > 0) return "ahead";
  return behind > 0 ? "behind" : "identical";
}
