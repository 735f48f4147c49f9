/** The store's file is damaged: a disk failed, or something else wrote into it. */
export class StoreDamagedError extends Error {
  override readonly name = "StoreDamagedError";
}
