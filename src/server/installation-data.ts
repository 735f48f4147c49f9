import type { Records } from "#queue/records.js";

/** Collection of the repositories that each installation covered at some time. */
const collection = "installation-repositories";
/** Collection of the installations that were found suspended, with the time. */
const suspended = "suspended-installations";

const pageSize = 1_000;

function prefixOf(installationId: number): string {
  return `installation-${String(installationId)}/`;
}

/** Remembers what an installation covers, to know what is to be forgotten with it. */
export async function rememberRepositories(
  records: Records,
  installationId: number,
  repositoryIds: readonly number[],
): Promise<void> {
  for (const id of repositoryIds)
    await records.put(
      collection,
      `${prefixOf(installationId)}${String(id)}`,
      id,
      { ifVersion: 0 },
    );
}

/** Removes all that was remembered of an installation's repositories. @param more - Repositories that are known otherwise. */
export async function forgetInstallation(
  records: Records,
  installationId: number,
  more: readonly number[],
): Promise<void> {
  const prefix = prefixOf(installationId);
  for (;;) {
    const known = await records.list(collection, { prefix, limit: pageSize });
    for (const { key, value } of known) {
      await records.forget(`${String(value)}/`);
      await records.remove(collection, key);
    }
    if (known.length < pageSize) break;
  }
  for (const id of more) await records.forget(`${String(id)}/`);
  await records.remove(suspended, prefix);
}

/** Since when an installation is suspended, as far as we saw. @param now - Milliseconds since 1970; kept when it is new to us. */
export async function suspendedSince(
  records: Records,
  installationId: number,
  now: number,
): Promise<number> {
  const key = prefixOf(installationId);
  await records.put(suspended, key, now, { ifVersion: 0 });
  return Number((await records.get(suspended, key))?.value ?? now);
}

/** An installation works again. */
export async function noLongerSuspended(
  records: Records,
  installationId: number,
): Promise<void> {
  const key = prefixOf(installationId);
  if (await records.get(suspended, key)) await records.remove(suspended, key);
}
