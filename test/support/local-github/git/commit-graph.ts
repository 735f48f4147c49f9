import type { ParsedCommit } from "./parse-objects.js";

/** Reads a commit that must be there. */
type ReadCommit = (oid: string) => Promise<ParsedCommit>;

/** What only git itself says: it has an order for what is equally near. */
export const askGit = Symbol("ask git");

/**
 * Where two histories last met.
 *
 * @returns undefined for unrelated ones.
 */
export async function nearestCommon(
  read: ReadCommit,
  one: string,
  other: string,
): Promise<string | undefined | typeof askGit> {
  const mine = await ancestors(read, one);
  const common = [...(await ancestors(read, other)).values()].filter(
    ({ oid }) => mine.has(oid),
  );
  // All ancestors of a common one are common: what is no parent of one is nearest.
  const further = new Set(common.flatMap(({ parents }) => parents));
  const nearest = common.filter(({ oid }) => !further.has(oid));
  return nearest.length > 1 ? askGit : nearest[0]?.oid;
}

/** Commits in `head` and not in `base`, oldest first. */
export async function commitsSince(
  read: ReadCommit,
  base: string,
  head: string,
): Promise<string[] | typeof askGit> {
  const known = await ancestors(read, base);
  const found: string[] = [];
  for (let oid: string | undefined = head; oid && !known.has(oid);) {
    const { parents }: ParsedCommit = await read(oid);
    if (parents.length > 1) return askGit;
    found.unshift(oid);
    oid = parents[0];
  }
  return found;
}

/** A commit and all before it. */
async function ancestors(
  read: ReadCommit,
  oid: string,
): Promise<Map<string, ParsedCommit>> {
  const found = new Map<string, ParsedCommit>();
  const pending = [oid];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (found.has(next)) continue;
    const commit = await read(next);
    found.set(next, commit);
    pending.push(...commit.parents);
  }
  return found;
}
