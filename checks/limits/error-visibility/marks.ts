/** What a file does about errors, noted while its tree is at hand. */
export interface ErrorMark {
  readonly [key: string]: string | number | boolean;
  /**
   * `swallowed`: nothing is done about it. `answered`: a sender is told that all went well. `silenced`: a handler for
   * all errors does nothing. `started`: a reporter is started. `alerted`: somebody is told by a message. `captured`:
   * an error is handed to a service that also counts visits.
   */
  readonly kind:
    "swallowed" | "answered" | "silenced" | "started" | "alerted" | "captured";
  readonly line: number;
  /** What failed, as it is called. */
  readonly name: string;
  /** Whether the error is at least written to a log. */
  readonly isLogged: boolean;
  /** Whether only the server runs the function that it stands in, whatever runs its file. */
  readonly isServerFunction: boolean;
}
