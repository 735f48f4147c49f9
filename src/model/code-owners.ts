import type { Needs } from "#gate/check.js";
import type { PlacedSuppression } from "#gate/inline-suppression.js";
import type { Snapshot } from "#gate/snapshot.js";
import {
  type CodeOwners,
  codeOwnerPaths,
  parseCodeOwners,
} from "#parse/code-owners.js";

/** What has to be read to say who owns a file. */
export const codeOwnerNeeds: Needs = {
  files: codeOwnerPaths,
  scope: "repository",
};

/**
 * Lines of CODEOWNERS and files with comments up to which owners are looked up: each line is held against each file, and
 * both are anybody's to write. Beyond, a comment has to name its owner.
 */
const maxLines = 3_000;
const maxFiles = 60;

/** Owners that are named; who reads of more asks none of them. */
const maxOwners = 3;

/**
 * The comments, each with an owner: its own, or those whom CODEOWNERS names for its file. What a change does to
 * CODEOWNERS does not count yet. A comment that nobody answers for keeps none.
 */
export function withOwners(
  suppressions: readonly PlacedSuppression[],
  snapshot: Snapshot,
): readonly PlacedSuppression[] {
  if (suppressions.every(({ owner }) => owner !== undefined))
    return suppressions;
  const text = codeOwnersAtBase(snapshot);
  if (text === undefined || text.split("\n", maxLines + 1).length > maxLines)
    return suppressions;
  const owners = ownersByPath(
    suppressions.filter(({ owner }) => owner === undefined),
    parseCodeOwners(text),
  );
  return suppressions.map((one) => {
    const owner = one.owner === undefined ? owners.get(one.path) : undefined;
    return owner ? { ...one, owner, ownerFrom: "CODEOWNERS" } : one;
  });
}

function ownersByPath(
  suppressions: readonly PlacedSuppression[],
  { ownersOf }: CodeOwners,
): ReadonlyMap<string, string> {
  const paths = new Set(suppressions.map(({ path }) => path));
  return new Map(
    [...paths].slice(0, maxFiles).map((path) => {
      // An address of e-mail is nobody whom a report could name.
      const names = ownersOf(path).filter((name) => name.startsWith("@"));
      return [path, names.slice(0, maxOwners).join(", ")];
    }),
  );
}

/** The file that GitHub reads: the first that is there, also where it could not be read. */
function codeOwnersAtBase(snapshot: Snapshot): string | undefined {
  for (const path of codeOwnerPaths) {
    const change = snapshot.changes.find(
      (one) =>
        one.status !== "added" && (one.previousPath ?? one.path) === path,
    );
    if (change) return change.before?.text;
    const isNew = snapshot.changes.some((one) => one.path === path);
    if (!isNew && snapshot.paths.includes(path))
      return snapshot.files.find((file) => file.path === path)?.text;
  }
  return undefined;
}
