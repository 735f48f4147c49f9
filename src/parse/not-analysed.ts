/** The parser or a marker gave up on one file: nesting too deep, a time limit, a crash. */
export class NotAnalysed extends Error {
  override readonly name = "NotAnalysed";
}
