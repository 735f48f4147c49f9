/** The configuration that governs has mistakes. Holds none of its values: they could be secrets. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  /** @param sentences - One for each mistake, with file and line. */
  constructor(sentences: readonly string[]) {
    super(sentences.join("\n"));
  }
}
