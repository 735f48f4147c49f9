import type { Records, StoredRecord } from "#queue/records.js";

/** Every record of a collection whose key begins with a prefix, however many there are. */
export async function listAll(
  records: Records,
  collection: string,
  prefix = "",
): Promise<readonly StoredRecord[]> {
  const all: StoredRecord[] = [];
  for (let after: string | undefined; ;) {
    const page = await records.list(collection, {
      prefix,
      ...(after !== undefined && { after }),
    });
    all.push(...page);
    after = page.at(-1)?.key;
    if (after === undefined) return all;
  }
}
