/** What was asked for cannot be read, and the person who asked can change that: a wrong path, an unknown commit. */
export class ReadingError extends Error {
  override readonly name = "ReadingError";
}
