/** Writes one sentence for the person who typed the command. */
export function complain(sentence: string): void {
  process.stderr.write(`vibegate: ${sentence}\n`);
}

/** A mistake of ours: one sentence, and the stack only for whoever asks for it. */
export function complainOfCrash(error: unknown): void {
  complain(
    "something went wrong that is not your fault; VIBEGATE_DEBUG=1 shows where.",
  );
  if (process.env.VIBEGATE_DEBUG !== "1") return;
  for (let at = error; at instanceof Error; at = at.cause)
    process.stderr.write(`${at.stack ?? at.message}\n`);
}
