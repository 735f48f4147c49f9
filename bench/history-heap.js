/**
 * Measures what the scan of a history keeps in memory while it goes on.
 *
 *   npm run build && node --expose-gc bench/history-heap.js [FOLDER]
 *
 * Collects the garbage each thousand contents and prints what is still alive then: a scan that keeps nothing of what it
 * has seen, but a number for each new line, stays level however long the history is.
 */
import { checks } from "#checks/index.js";
import { NewLines } from "#cli/new-lines.js";
import { fingerprintWith, passingKey } from "#cli/fingerprint-key.js";
import { historyFacts } from "#model/build-project.js";
import { readHistory } from "#worktree/read-history.js";

const every = 1_000;
const lines = new NewLines();
const { fingerprint } = fingerprintWith(passingKey());
const kept = [];
let contents = 0;

function show() {
  globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  const cells = [heapUsed, external, rss].map((bytes) =>
    (bytes / 2 ** 20).toFixed(1),
  );
  process.stdout.write(`| ${String(contents)} | ${cells.join(" | ")} |\n`);
}

process.stdout.write(
  "| contents | alive in the heap, MiB | outside of it, MiB | held by the process, MiB |\n|---:|---:|---:|---:|\n",
);
const { commits } = await readHistory({
  path: process.argv[2] ?? ".",
  known: new Set(),
  visit: (file) => {
    contents += 1;
    if (contents % every === 0) show();
    if (!lines.hasCandidate(file.text)) return;
    const noted = historyFacts(file, { checks, fingerprint });
    if (Object.values(noted.facts.marks).some((marks) => marks.length > 0))
      kept.push(noted);
  },
});
show();
process.stdout.write(
  `\n${String(commits)} commits, ${String(contents)} contents, ${String(kept.length)} of them with something in them.\n`,
);
