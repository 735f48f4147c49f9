import type { FileChange, Snapshot } from "#gate/snapshot.js";
import { natureOf } from "./file-nature.js";
import { hitOn, type Hit } from "./hit.js";

/** Modes of git that say the path is no file: a link and a submodule. */
const indirections: Readonly<Record<string, string>> = {
  "120000": "a link to other code, which was not analysed",
  "160000": "a submodule, whose code was not analysed",
};

/** What of a change could not be seen although it may be code: it has to be reviewed. */
export function unseenHits(
  change: FileChange,
  { gaps }: Pick<Snapshot, "gaps">,
): readonly Hit[] {
  const { path, beforeObject, afterObject } = change;
  const side = { path, isBefore: afterObject === undefined };
  const indirection =
    indirections[afterObject?.mode ?? ""] ??
    indirections[beforeObject?.mode ?? ""];
  if (indirection !== undefined)
    return [hitOn(side, "control", 1, indirection)];
  if (natureOf(path) !== "code" || !isUnread(change)) return [];
  const gap = gaps.find((each) => each.path === path);
  const because = gap?.because ?? "its content was not read";
  return [
    hitOn(side, "control", 1, `code that could not be analysed: ${because}`),
  ];
}

/** Whether git has content on a side that we have no text of. */
function isUnread(change: FileChange): boolean {
  const { before, after, beforeObject, afterObject } = change;
  if (beforeObject !== undefined && beforeObject.id === afterObject?.id)
    return false;
  return (
    (beforeObject !== undefined && before === undefined) ||
    (afterObject !== undefined && after === undefined)
  );
}
