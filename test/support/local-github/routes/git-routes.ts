import type { TreeEntry } from "../git/parse-objects.js";
import { found, Refusal } from "../http/answer.js";
import { paged } from "../http/page.js";
import type { Call, Route } from "../http/route.js";
import { nodeId } from "../present/account.js";
import { gitCommit } from "../present/commit.js";
import { repositoryUrl } from "../present/repository.js";

const asks = "installation";
const needs = { contents: "read" } as const;
const base = "/repos/{owner}/{repo}/git";

/** Trees, blobs, commits and refs, as git has them. */
export const gitRoutes: readonly Route[] = [
  { operation: `GET ${base}/trees/{tree_sha}`, asks, needs, handle: readTree },
  { operation: `GET ${base}/blobs/{file_sha}`, asks, needs, handle: readBlob },
  {
    operation: `GET ${base}/commits/{commit_sha}`,
    asks,
    needs,
    handle: async ({ repository, params }) => {
      const sha = params["commit_sha"] ?? "";
      const commit = await repository.git.findCommit(sha);
      if (commit?.oid !== sha) throw new Refusal(404, "Not Found");
      return { status: 200, body: gitCommit(repository, commit) };
    },
  },
  {
    operation: `GET ${base}/ref/{ref}`,
    asks,
    needs,
    handle: async (call) => {
      const name = `refs/${call.params["ref"] ?? ""}`;
      const refs = call.repository.git.refs(name);
      const ref = found(refs.find((one) => one.name === name));
      return { status: 200, body: refAnswer(call, ref) };
    },
  },
  {
    operation: `GET ${base}/matching-refs/{ref}`,
    asks,
    needs,
    handle: async (call) => {
      const prefix = `refs/${call.params["ref"] ?? ""}`;
      const refs = call.repository.git.refs("refs/");
      const matching = refs.filter(({ name }) => name.startsWith(prefix));
      return paged(
        call,
        matching.map((ref) => refAnswer(call, ref)),
      );
    },
  },
];

async function readTree(call: Call) {
  const { repository } = call;
  const name = call.params["tree_sha"] ?? "";
  const tree = name.startsWith("-")
    ? undefined
    : await repository.git.read(`${name}^{tree}`);
  const recursive = call.query["recursive"] !== undefined;
  const { oid } = found(tree);
  const entries = await repository.git.listTree(oid, recursive);
  const limit = call.world.treeLimit;
  return {
    status: 200,
    body: {
      sha: oid,
      url: `${repositoryUrl(repository)}/git/trees/${oid}`,
      tree: entries.slice(0, limit).map((entry) => entryAnswer(call, entry)),
      truncated: entries.length > limit,
    },
  };
}

function entryAnswer(call: Call, entry: TreeEntry) {
  const url = `${repositoryUrl(call.repository)}/git`;
  return {
    path: entry.path,
    mode: entry.mode,
    type: entry.type,
    sha: entry.oid,
    ...(entry.size === undefined ? {} : { size: entry.size }),
    ...(entry.type === "commit"
      ? {}
      : { url: `${url}/${entry.type}s/${entry.oid}` }),
  };
}

async function readBlob({ repository, params, headers }: Call) {
  const sha = params["file_sha"] ?? "";
  const blob = /^[0-9a-f]{40}$/.test(sha)
    ? await repository.git.read(sha)
    : undefined;
  if (blob?.type !== "blob") throw new Refusal(404, "Not Found");
  if (headers.accept?.includes("raw")) return { status: 200, body: blob.data };
  return {
    status: 200,
    body: {
      sha,
      node_id: nodeId("Blob", sha),
      size: blob.data.length,
      url: `${repositoryUrl(repository)}/git/blobs/${sha}`,
      // GitHub breaks its base64 into lines of sixty characters.
      content: blob.data.toString("base64").replace(/(.{60})/g, "$1\n"),
      encoding: "base64",
    },
  };
}

function refAnswer(call: Call, ref: { name: string; oid: string }) {
  const url = `${repositoryUrl(call.repository)}/git`;
  return {
    ref: ref.name,
    node_id: nodeId("Ref", ref.name),
    url: `${url}/${ref.name}`,
    object: { type: "commit", sha: ref.oid, url: `${url}/commits/${ref.oid}` },
  };
}
