import { posix } from "node:path";
import type { TreeEntry } from "../git/parse-objects.js";
import { found, notFound, type Answer } from "../http/answer.js";
import type { Call, Route } from "../http/route.js";
import { repositoryPage, repositoryUrl } from "../present/repository.js";

const asks = "installation";
const needs = { contents: "read" } as const;

/** GitHub answers larger files without their content. */
const maxInlineBytes = 1024 * 1024;
const maxEntries = 1000;

/** Files by path, and archives. */
export const contentRoutes: readonly Route[] = [
  {
    operation: "GET /repos/{owner}/{repo}/contents/{path}",
    asks,
    needs,
    handle: readContents,
  },
  {
    operation: "GET /repos/{owner}/{repo}/tarball/{ref}",
    asks,
    needs,
    handle: async (call) => {
      const { repository, world, params } = call;
      const commit = await repository.git.findCommit(params["ref"] ?? "");
      const { oid } = found(commit);
      const pass = world.passes.issue();
      const location = `${world.origin}/_codeload/${repository.fullName}/legacy.tar.gz/${oid}?token=${pass}`;
      return { status: 302, headers: { location } };
    },
  },
  {
    operation: "GET /_codeload/{owner}/{repo}/legacy.tar.gz/{ref}",
    asks: "anybody",
    handle: sendArchive,
  },
];

/** git leaves out what `.gitattributes` marks with `export-ignore`. */
async function sendArchive(call: Call): Promise<Answer> {
  const { world, params, query } = call;
  if (!world.passes.use(query["token"] ?? "")) throw notFound();
  const { owner = "", repo = "", ref = "" } = params;
  const repository = found(world.findRepository(owner, repo));
  const name = `${repository.owner.login}-${repository.name}-${ref.slice(0, 7)}`;
  const body = await repository.git.git([
    "archive",
    "--format=tar.gz",
    `--prefix=${name}/`,
    ref,
  ]);
  return {
    status: 200,
    body,
    headers: {
      "content-type": "application/x-gzip",
      "content-disposition": `attachment; filename=${name}.tar.gz`,
    },
  };
}

async function readContents(call: Call): Promise<Answer> {
  const { repository, params, query } = call;
  const path = (params["path"] ?? "").replace(/^\/+|\/+$/g, "");
  const ref = query["ref"] ?? repository.defaultBranch;
  const commit = found(await repository.git.findCommit(ref));
  const place: Place = { call, ref, tree: commit.tree };
  if (path === "") return { status: 200, body: await folder(place, "") };
  const entry = found(await entryAt(place, path));
  if (entry.type === "tree") {
    return { status: 200, body: await folder(place, path) };
  }
  return file(place, path, entry);
}

interface Place {
  readonly call: Call;
  readonly ref: string;
  readonly tree: string;
}

async function entryAt(
  { call, tree }: Place,
  path: string,
): Promise<TreeEntry | undefined> {
  const { git } = call.repository;
  const parent = posix.dirname(path) === "." ? "" : posix.dirname(path);
  const listing = await git.read(`${tree}:${parent}`);
  if (listing?.type !== "tree") return undefined;
  const entries = await git.listTree(listing.oid, false);
  return entries.find((entry) => entry.path === posix.basename(path));
}

async function folder(place: Place, path: string) {
  const { git } = place.call.repository;
  const listing = found(await git.read(`${place.tree}:${path}`));
  const entries = await git.listTree(listing.oid, false);
  return entries.slice(0, maxEntries).map((entry) => ({
    type: kindOf(entry),
    ...common(place, posix.join(path, entry.path), entry),
  }));
}

/** A link to a file of the same repository answers as that file. */
async function file(
  place: Place,
  path: string,
  entry: TreeEntry,
): Promise<Answer> {
  const { repository, headers } = place.call;
  if (entry.type === "commit") return submodule(place, path, entry);
  const data = found(await repository.git.read(entry.oid)).data;
  if (entry.mode === "120000") {
    const target = posix.join(posix.dirname(path), data.toString("utf8"));
    const linked = await entryAt(place, target);
    if (linked?.type === "blob" && linked.mode !== "120000") {
      return file(place, path, linked);
    }
    const body = {
      type: "symlink",
      target: data.toString("utf8"),
      ...common(place, path, entry),
    };
    return { status: 200, body };
  }
  if (headers.accept?.includes("raw")) {
    return { status: 200, body: data };
  }
  const isLarge = data.length > maxInlineBytes;
  const body = {
    type: "file",
    encoding: isLarge ? "none" : "base64",
    content: isLarge ? "" : data.toString("base64").replace(/(.{60})/g, "$1\n"),
    ...common(place, path, entry),
  };
  return { status: 200, body };
}

function submodule(place: Place, path: string, entry: TreeEntry): Answer {
  const body = {
    type: "submodule",
    submodule_git_url: `${place.call.world.origin}/${path}.git`,
    ...common(place, path, entry),
  };
  return { status: 200, body };
}

function kindOf(entry: TreeEntry): string {
  if (entry.type === "tree") return "dir";
  if (entry.mode === "120000") return "symlink";
  // Folders list submodules as files, which GitHub keeps for old clients.
  return "file";
}

function common({ call, ref }: Place, path: string, entry: TreeEntry) {
  const { repository } = call;
  const url = repositoryUrl(repository);
  const page = repositoryPage(repository);
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const self = `${url}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const git = `${url}/git/${entry.type}s/${entry.oid}`;
  const html = `${page}/${entry.type}/${ref}/${encoded}`;
  return {
    name: posix.basename(path),
    path,
    sha: entry.oid,
    size: entry.size ?? 0,
    url: self,
    git_url: git,
    html_url: html,
    download_url:
      entry.type === "blob" ? `${page}/raw/${ref}/${encoded}` : null,
    _links: { self, git, html },
  };
}
