import { askGit } from "./commit-graph.js";
import type { LooseRefs } from "./loose-refs.js";
import type { GitObject } from "./object-reader.js";
import type { ObjectStore } from "./object-store.js";
import { parseTree } from "./tree.js";

const objectId = /^[0-9a-f]{40}$/;
const plainWay = /^(?:[^/\0\n:]+\/)*[^/\0\n:]+$/;

/**
 * What an expression names, from what is known without git: an id or a name, `…^{commit}`, `…^{tree}` or `…:path`.
 *
 * @returns undefined when it names nothing, and `askGit` for everything else.
 */
export function knownObject(
  expression: string,
  store: ObjectStore,
  refs: LooseRefs,
): GitObject | undefined | typeof askGit {
  const parts = /^([^:^]+)(?:\^\{(commit|tree)\}|:(.*))?$/s.exec(expression);
  if (!parts) return askGit;
  const [, name = "", kind, path] = parts;
  if (refs.lacks(name)) return undefined;
  const oid = objectId.test(name) ? name : refs.find(name);
  const object = oid === undefined ? undefined : store.get(oid);
  if (!object || object.type === "tag") return askGit;
  if (path !== undefined) return at(path, object, store);
  if (kind === "tree") return treeOf(object, store);
  return kind === undefined || object.type === kind ? object : askGit;
}

function at(
  path: string,
  object: GitObject,
  store: ObjectStore,
): GitObject | undefined | typeof askGit {
  const tree = treeOf(object, store);
  if (tree === askGit || path === "") return tree;
  return plainWay.test(path) ? below(tree, path, store) : askGit;
}

function treeOf(
  object: GitObject,
  store: ObjectStore,
): GitObject | typeof askGit {
  if (object.type === "tree") return object;
  if (object.type !== "commit") return askGit;
  const [, oid = ""] =
    /^tree ([0-9a-f]{40})\n/.exec(object.data.toString("latin1", 0, 50)) ?? [];
  return store.get(oid) ?? askGit;
}

function below(
  tree: GitObject,
  path: string,
  store: ObjectStore,
): GitObject | undefined | typeof askGit {
  let found = tree;
  for (const part of path.split("/")) {
    if (part === "." || part === "..") return askGit;
    if (found.type !== "tree") return undefined;
    const line = parseTree(found.data).find(({ name }) => name === part);
    if (!line) return undefined;
    const next = store.get(line.oid);
    // A submodule's commit is elsewhere, which git has its own word for.
    if (!next) return askGit;
    found = next;
  }
  return found;
}
