import type { GitObject } from "../git/object-reader.js";
import { coAuthorsOf, parseCommit } from "../git/parse-objects.js";
import type { Signature } from "../git/commit-writer.js";
import type { TreeEntry } from "../git/parse-objects.js";
import { nodeId } from "../present/account.js";
import type { LocalRepository } from "../world/local-repository.js";
import { isoSeconds } from "../world/notation.js";
import { actorView } from "./actor-view.js";
import { connection, type ListArguments } from "./connection.js";
import { pullView } from "./pull-view.js";

/** Where GitHub cuts `Blob.text`. */
const maxTextBytes = 512_000;
/** git's own way to tell: a zero byte near the start. */
const sniffedBytes = 8000;

/** Whatever an expression or id names; null when there is nothing. */
export async function objectView(
  repository: LocalRepository,
  expression: string,
) {
  if (expression.startsWith("-")) return null;
  const object = await repository.git.read(expression);
  if (!object) return null;
  const folder = expression.includes(":")
    ? expression.slice(expression.indexOf(":") + 1)
    : "";
  return viewOf(repository, object, folder);
}

function viewOf(
  repository: LocalRepository,
  object: GitObject,
  folder: string,
) {
  if (object.type === "blob") return blobView(object);
  if (object.type === "tree") return treeView(repository, object.oid, folder);
  if (object.type === "commit") return commitOf(repository, object);
  return tagView(repository, object);
}

/** A commit that is known to be there. */
export async function commitView(repository: LocalRepository, oid: string) {
  const object = await repository.git.read(`${oid}^{commit}`);
  return object ? commitOf(repository, object) : null;
}

function common(typename: string, oid: string) {
  return {
    __typename: typename,
    id: nodeId(typename, oid),
    oid,
    abbreviatedOid: oid.slice(0, 7),
  };
}

function blobView({ oid, data }: GitObject) {
  const isBinary = data.subarray(0, sniffedBytes).includes(0);
  return {
    ...common("Blob", oid),
    byteSize: data.length,
    isBinary,
    isTruncated: !isBinary && data.length > maxTextBytes,
    text: isBinary ? null : textOf(data.subarray(0, maxTextBytes)),
  };
}

/** Bytes that are no UTF-8 are turned into it, so the text no longer hashes to the id. */
function textOf(data: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      data,
    );
  } catch {
    return data.length === maxTextBytes
      ? data.toString("utf8")
      : data.toString("latin1");
  }
}

function treeView(repository: LocalRepository, oid: string, folder: string) {
  return {
    ...common("Tree", oid),
    entries: async () => {
      const entries = await repository.git.listTree(oid, false);
      return entries.map((entry) => entryView(repository, entry, folder));
    },
  };
}

function entryView(
  repository: LocalRepository,
  entry: TreeEntry,
  folder: string,
) {
  const path = folder === "" ? entry.path : `${folder}/${entry.path}`;
  return {
    mode: Number.parseInt(entry.mode, 8),
    name: entry.path,
    oid: entry.oid,
    path,
    size: entry.size ?? 0,
    type: entry.type,
    object: async () => {
      const object = await repository.git.read(entry.oid);
      return object ? viewOf(repository, object, path) : null;
    },
  };
}

function tagView(repository: LocalRepository, { oid, data }: GitObject) {
  const text = data.toString("utf8");
  return {
    ...common("Tag", oid),
    name: /^tag (.*)$/m.exec(text)?.[1] ?? "",
    target: () =>
      objectView(repository, /^object ([0-9a-f]{40})$/m.exec(text)?.[1] ?? ""),
  };
}

function commitOf(repository: LocalRepository, object: GitObject) {
  const commit = parseCommit(object.oid, object.data);
  const actor = (signature: Signature) => gitActor(repository, signature);
  return {
    ...common("Commit", commit.oid),
    message: commit.message,
    messageHeadline: commit.message.split("\n")[0] ?? "",
    authoredDate: isoSeconds(commit.author.at),
    committedDate: isoSeconds(commit.committer.at),
    author: actor(commit.author),
    committer: actor(commit.committer),
    tree: treeView(repository, commit.tree, ""),
    authors: (args: ListArguments) => {
      const others = coAuthorsOf(commit.message)
        .filter(({ email }) => email !== commit.author.email)
        .map((person) => ({ ...person, at: commit.author.at }));
      return connection("authors", [commit.author, ...others], args, actor);
    },
    parents: (args: ListArguments) =>
      connection("parents", commit.parents, args, (oid) =>
        commitView(repository, oid),
      ),
    associatedPullRequests: async (args: ListArguments) => {
      const pulls = [];
      for (const pull of repository.pulls) {
        if ((await pull.commits()).includes(commit.oid)) pulls.push(pull);
      }
      return connection("associatedPullRequests", pulls, args, pullView);
    },
  };
}

/** GitHub types the account as a User, so a bot's comes back empty. */
function gitActor({ world }: LocalRepository, signature: Signature) {
  const account = world.accounts.findByEmail(signature.email);
  return {
    name: signature.name,
    email: signature.email,
    date: isoSeconds(signature.at),
    user: account?.type === "User" ? actorView(world, account) : null,
  };
}
