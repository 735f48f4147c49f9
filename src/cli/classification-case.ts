import { createHash } from "node:crypto";
import { changedLines } from "#gate/line-diff.js";
import { defaultReviewPolicy } from "#gate/review-policy.js";
import type { FileChange, Snapshot, SourceFile } from "#gate/snapshot.js";
import { classify, type ClassifiedFile } from "#second-review/classify.js";
import { configOf } from "./scenario-policy.js";
import { nodeOf, textOf, type Node } from "./scenario-file.js";

/** Classifies the one changed file of a case as if it were a pull request. */
export function runClassificationCase(given: Node): ClassifiedFile {
  const change = changeOf(given);
  const others = Object.entries(nodeOf(given.others ?? given.context)).flatMap(
    ([path, text]) => fileOf(path, textOf(text)) ?? [],
  );
  const files = [...others, ...(change.after ? [change.after] : [])];
  const config = nodeOf(given.config);
  const policy = given.config ? configOf(config).policy : defaultReviewPolicy;
  const snapshot: Snapshot = {
    takenAt: "2026-01-01T00:00:00Z",
    repository: "scenario",
    scope: "change",
    paths: files.map(({ path }) => path),
    files,
    changes: [change],
    ...{ commits: [], gaps: [], hasHistory: true },
  };
  const [file] = classify(snapshot, policy);
  return file ?? { path: change.path, categories: [], hits: [] };
}

function changeOf(given: Node): FileChange {
  const path = textOf(given.path) ?? "";
  const was = textOf(given.was) ?? textOf(given.previous);
  const [base, head] = textsOfSides(given);
  const before = fileOf(was ?? path, base);
  const after = fileOf(path, head);
  return {
    path,
    status: statusOf(given, before, after),
    ...(was !== undefined && { previousPath: was }),
    ...(before && { before, beforeObject: objectOf(before) }),
    ...(after && { after, afterObject: objectOf(after) }),
    ...changedLines(before?.text ?? "", after?.text ?? ""),
  };
}

/** A rename that says no more keeps its content. */
function textsOfSides({
  base,
  head,
  status,
}: Node): readonly (string | undefined)[] {
  const [before, after] = [textOf(base), textOf(head)];
  if (status === "removed") return [before ?? after, undefined];
  if (status === "renamed")
    return [before ?? after ?? "", after ?? before ?? ""];
  return [before, after];
}

function statusOf(
  { status }: Node,
  before: SourceFile | undefined,
  after: SourceFile | undefined,
): FileChange["status"] {
  if (status === "added" || status === "removed" || status === "renamed")
    return status;
  if (!before) return "added";
  return after ? "modified" : "removed";
}

function fileOf(
  path: string,
  text: string | undefined,
): SourceFile | undefined {
  if (text === undefined) return undefined;
  const blobId = createHash("sha1").update(text).digest("hex");
  return { path, text, blobId };
}

function objectOf({ blobId }: SourceFile) {
  return { mode: "100644", id: blobId };
}
