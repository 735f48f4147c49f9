import { forTerminal } from "#report/escape.js";
import type { CheckRun } from "#support/local-github/world/check-runs.js";
import { latestRuns } from "#support/local-github/world/check-runs.js";

/** Prints check runs as the merge box and the diff would show them. */
export function printRuns(
  runs: readonly CheckRun[],
  out: { write: (text: string) => unknown },
): void {
  for (const run of latestRuns(runs)) {
    const state = run.conclusion ?? run.status;
    out.write(`\n${run.name}: ${state}\n  ${forTerminal(run.title ?? "")}\n`);
    for (const annotation of run.annotations) {
      const { path, start_line: line, annotation_level: level } = annotation;
      out.write(`\n  ${level}  ${forTerminal(path)}:${String(line)}\n`);
      out.write(`    ${forTerminal(shown(annotation.title ?? ""))}\n`);
      for (const sentence of shown(annotation.message).split("\n"))
        if (sentence.trim() !== "") out.write(`    ${forTerminal(sentence)}\n`);
    }
    if (run.annotations.length === 0 && run.summary)
      out.write(indented(run.summary));
  }
}

function indented(markdown: string): string {
  return markdown
    .trim()
    .split("\n")
    .map((line) => `    ${forTerminal(line)}\n`)
    .join("");
}

/** Without the invisible marks that keep GitHub from linking. */
function shown(text: string): string {
  return text.replaceAll("\u200b", "");
}
