// A whole server in a process of its own, as an operator runs it. Its work takes as long as the first argument says, and
// does besides what the second says.
import { runServer } from "#server/run-server.js";
import type { WorkContext } from "#server/work-context.js";

const [workMs = "0", misdeed = ""] = process.argv.slice(2);

const misdeeds: Readonly<Record<string, (context: WorkContext) => void>> = {
  // More than any pipe holds.
  chatty: ({ log }) => {
    log.info({ text: "x".repeat(100_000) }, "Much");
  },
  throw: () => {
    setImmediate(() => {
      throw new Error("made up");
    });
  },
  reject: () => {
    void Promise.reject(new Error("made up"));
  },
  block: () => {
    const end = Date.now() + 1_000;
    while (Date.now() < end);
  },
};

process.exitCode = await runServer(
  process.env,
  {
    version: "1.2.3",
    // What a killed process had in hand is taken up soon.
    leaseMs: 3_000,
    review: async (work, context) => {
      // The sweep at the start is no delivery.
      if (work.kind !== "pull-request") return;
      process.stderr.write("working\n");
      misdeeds[misdeed]?.(context);
      await new Promise((resolve) => setTimeout(resolve, Number(workMs)));
      process.stderr.write("worked\n");
    },
  },
  (sentences) => {
    process.stderr.write(`${sentences}\n`);
  },
);
