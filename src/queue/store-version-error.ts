/** The store was written by a newer VibeGate, or is not ours at all. */
export class StoreVersionError extends Error {
  override readonly name = "StoreVersionError";
}

/** What to say of a store that is newer than this program. */
export function newerStore(found: number, known: number): StoreVersionError {
  return new StoreVersionError(
    `The store has schema ${String(found)}, but this VibeGate knows only up to ${String(known)}; run the newer version again or restore a backup.`,
  );
}
