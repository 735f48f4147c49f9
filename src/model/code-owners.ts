import type { Needs } from "#gate/check.js";
import type { PlacedSuppression } from "#gate/inline-suppression.js";
import type { Snapshot } from "#gate/snapshot.js";
import { codeOwnerPaths, parseCodeOwners } from "#parse/code-owners.js";

/** What has to be read to say who owns a file. */
export const codeOwnerNeeds: Needs = {
  files: codeOwnerPaths,
  scope: "repository",
};

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
  if (text === undefined) return suppressions;
  const { ownersOf } = parseCodeOwners(text);
  return suppressions.map((one) => {
    if (one.owner !== undefined) return one;
    // An address of e-mail is nobody whom a report could name.
    const owners = ownersOf(one.path).filter((name) => name.startsWith("@"));
    if (owners.length === 0) return one;
    const owner = owners.slice(0, maxOwners).join(", ");
    return { ...one, owner, ownerFrom: "CODEOWNERS" };
  });
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
