/** Work that is to be done at a later time, though nothing failed. */
export class PutOff extends Error {
  override readonly name = "PutOff";
  readonly until: Date;

  /** @param why - A sentence for the log. */
  constructor(until: Date, why: string) {
    super(why);
    this.until = until;
  }
}
