import { changedLines } from "#gate/line-diff.js";
import { defaultReviewPolicy, type ReviewPolicy } from "#gate/review-policy.js";
import type { FileChange, Snapshot } from "#gate/snapshot.js";
import { classify, type ClassifiedFile } from "#second-review/classify.js";
import { aFile, aSnapshot, type Files } from "#support/a-snapshot.js";

/** One file before and after a change; null where there is none. */
export interface Edit {
  readonly before: string | null;
  readonly after: string | null;
  /** Path before the change, when it was another. */
  readonly was?: string;
}

/** A snapshot of a change, with further files that the change leaves alone. */
export function aChangeOf(
  edits: Readonly<Record<string, Edit>>,
  others: Files = {},
): Snapshot {
  const changes = Object.entries(edits).map(([path, edit]) =>
    fileChange(path, edit),
  );
  const files = Object.fromEntries(
    changes.flatMap(({ after }) => (after ? [[after.path, after.text]] : [])),
  );
  return aSnapshot({
    scope: "change",
    files: { ...others, ...files },
    changes,
  });
}

function fileChange(path: string, { before, after, was }: Edit): FileChange {
  const old = before === null ? undefined : aFile(was ?? path, before);
  const present = after === null ? undefined : aFile(path, after);
  const mode = "100644";
  return {
    path,
    status: !old
      ? "added"
      : !present
        ? "removed"
        : was
          ? "renamed"
          : "modified",
    ...(was !== undefined && { previousPath: was }),
    ...(old && { before: old, beforeObject: { mode, id: old.blobId } }),
    ...(present && {
      after: present,
      afterObject: { mode, id: present.blobId },
    }),
    ...changedLines(before ?? "", after ?? ""),
  };
}

/** Classifies a change of one file. */
export function classified(
  path: string,
  edit: Edit,
  others: Files = {},
  policy: Partial<ReviewPolicy> = {},
): ClassifiedFile {
  const [file] = classify(aChangeOf({ [path]: edit }, others), {
    ...defaultReviewPolicy,
    ...policy,
  });
  if (!file) throw new Error("The change has no file.");
  return file;
}
