import Sequencer from "@jest/test-sequencer";

/**
 * The test files that take longest, slowest first. One that starts last keeps a single core busy while the others idle; and a
 * fresh clone has no timings that would tell.
 */
const slow = [
  "cli/hostile-repositories",
  "server/crash-points",
  "server/end-to-end-second-reviewer",
  "cli/config-commands",
  "server/reconcile",
  "cli/vibegate",
  "server/faults",
  "server/crash-recovery",
  "queue/postgres-keeper",
  "server/end-to-end-config",
  "support-local-github-behaviour",
  "server/end-to-end-reviews",
  "server/serve",
  "server/end-to-end-review-audit",
  "server/analysis",
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
