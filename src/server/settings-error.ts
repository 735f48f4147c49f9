/** The operator's mistake. The message holds one sentence a line, without any value that could be secret. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}
