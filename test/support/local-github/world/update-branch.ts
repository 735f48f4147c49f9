import type { FileContent } from "../git/commit-writer.js";
import type { LocalPullRequest } from "./local-pull-request.js";

/**
 * Merges the base into the head, as the "Update branch" button does.
 *
 * @returns The new head.
 * @throws GitError when it does not merge without conflict.
 */
export async function updateBranch(
  pull: LocalPullRequest,
  by: string,
): Promise<string> {
  const { git } = pull.repository;
  const base = await pull.repository.sha(pull.baseRef);
  const heads = [pull.headSha, base];
  const merged = await git.mergedTree(pull.headSha, base);
  const changes = await changesTo(pull, merged);
  return pull.push({
    by,
    author: by,
    committer: "web-flow",
    message: `Merge branch '${pull.baseRef}' into ${pull.headRef}`,
    parents: heads,
    ...changes,
  });
}

async function changesTo(pull: LocalPullRequest, tree: string) {
  const { git } = pull.repository;
  const changes = await git.diff(pull.headSha, tree);
  const files: Record<string, FileContent> = {};
  for (const { status, path, oid } of changes) {
    if (status === "removed") continue;
    files[path] = (await git.read(oid))?.data ?? "";
  }
  const remove = changes.flatMap(({ status, path, previousPath }) =>
    status === "removed" ? [path] : (previousPath ?? []),
  );
  return { files, remove };
}
