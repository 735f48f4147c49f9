const sentences = {
  "timed-out": "The analysis took longer than it may.",
  "out-of-memory": "The analysis needed more memory than it may.",
  crashed: "The analysis crashed.",
  stopped: "The analysis was stopped with the server.",
} as const;

/** Why an analysis gave no answer. Only the one job is hit; the next has a fresh process. */
export class AnalysisError extends Error {
  override readonly name = "AnalysisError";
  readonly code: keyof typeof sentences;

  constructor(code: keyof typeof sentences, cause?: unknown) {
    super(sentences[code], { cause });
    this.code = code;
  }
}
