import type { ModelGitHub } from "./model-github.js";

/** What is wrong in the end: heads without exactly one answer of each name, and runs that never end. */
export function faultsInEnd(github: ModelGitHub): readonly string[] {
  const wrong: string[] = [];
  for (const { number, head } of github.openPulls()) {
    const runs = github.runs.filter(({ head_sha }) => head_sha === head);
    for (const name of ["VibeGate", "VibeGate / second reviewer"]) {
      // What was superseded says so and stays; a closed pull request may be opened again.
      const own = runs.filter(
        (run) => run.name === name && run.conclusion !== "cancelled",
      );
      const done = own.filter(({ conclusion }) => conclusion === "success");
      if (own.length !== 1 || done.length !== 1)
        wrong.push(
          `#${String(number)} has ${String(done.length)} answers in ${String(own.length)} runs of "${name}"`,
        );
    }
  }
  for (const { status, head_sha } of github.runs)
    if (status !== "completed")
      wrong.push(`a run on ${head_sha.slice(-4)} is ${status} for ever`);
  return wrong;
}
