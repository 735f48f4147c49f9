import Sequencer from "@jest/test-sequencer";

/**
 * The test files that take longest, slowest first. One that starts last keeps a single core busy while the others idle; and a
 * fresh clone has no timings that would tell.
 */
const slow = [
  "server/crash-points",
  "cli/hostile-repositories",
  "server/crash-recovery",
  "server/end-to-end-second-reviewer",
  "server/reconcile",
  "server/faults",
  "cli/vibegate",
  "queue/postgres-keeper",
  "server/process-faults",
  "server/end-to-end",
  "server/serve",
  "server/scale-out",
  "server/end-to-end-time",
  "server/end-to-end-exits",
  "server/end-to-end-config",
  "cli/config-commands",
  "github/pull-request",
  "github/snapshot",
  "server/config-unavailable",
  "server/analysis",
  "server/end-to-end-reviews",
  "worktree/read-change",
  "support-local-github-behaviour",
  "support-local-github-git",
  "cli/demo-page",
];

/** The order in which Jest starts the test files. */
export default class SlowFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.sort((one, other) => rank(one.path) - rank(other.path));
  }
}

function rank(path) {
  const at = slow.findIndex((name) => path.endsWith(`/${name}.test.js`));
  return at < 0 ? slow.length : at;
}
