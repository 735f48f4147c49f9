import { everyLine } from "#gate/line-diff.js";
import type { LineRange } from "#gate/finding.js";
import type { FileChange, SourceFile } from "#gate/snapshot.js";
import { isComponent } from "#parse/components.js";
import { isScript } from "#parse/syntax.js";
import { natureOf } from "./file-nature.js";
import { foreignHits, isForeignCode } from "./foreign-hits.js";
import type { Hit, Side } from "./hit.js";
import { isLockFile, lockHits } from "./lock-hits.js";
import { isManifest, manifestHits } from "./manifest-hits.js";
import { scriptHits } from "./script-hits.js";
import type { Wrappers } from "./wrappers.js";

/** What the content of a change says, on both of its sides. */
export function contentHits(
  change: FileChange,
  wrappers: Wrappers,
): readonly Hit[] {
  const { path } = change;
  const before = sideOf(change, change.before, true);
  const after = sideOf(change, change.after, false);
  if (isLockFile(path)) return lockHits(path, before, after);
  if (isManifest(path)) return manifestHits(path, before, after);
  if (!isOfInterest(change)) return [];
  if (isScript(path) || isComponent(path))
    return scriptHits(before, after, wrappers);
  const sides = [before, after].flatMap((side) => side ?? []);
  return isForeignCode(path) ? sides.flatMap(foreignHits) : [];
}

/** Code; and tests only where they are taken away. */
function isOfInterest({ path, status }: FileChange): boolean {
  const nature = natureOf(path);
  return nature === "code" || (nature === "test" && status === "removed");
}

function sideOf(
  change: FileChange,
  file: SourceFile | undefined,
  isBefore: boolean,
): Side | undefined {
  if (!file) return undefined;
  const isAlone = isBefore
    ? change.status === "removed"
    : change.status === "added";
  const touched = isBefore ? change.removed : change.added;
  const { path, text } = file;
  const ranges = isAlone ? everyLine(text) : touched;
  return {
    ...{ path, text, isBefore, hasTouched: ranges.length > 0 },
    isTouched: isWithin(ranges),
  };
}

function isWithin(ranges: readonly LineRange[]): (line: number) => boolean {
  return (line) => {
    let low = 0;
    let high = ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const range = ranges[middle];
      if (!range) return false;
      if (line < range.start) high = middle - 1;
      else if (line > range.end) low = middle + 1;
      else return true;
    }
    return false;
  };
}
