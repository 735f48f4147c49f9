// A whole server in a process of its own, as an operator runs it. Its work takes as long as the first argument says.
import { runServer } from "#server/run-server.js";

const workMs = Number(process.argv[2]);
process.exitCode = await runServer(
  process.env,
  {
    version: "1.2.3",
    review: async () => {
      process.stderr.write("working\n");
      await new Promise((resolve) => setTimeout(resolve, workMs));
      process.stderr.write("worked\n");
    },
  },
  (sentences) => {
    process.stderr.write(`${sentences}\n`);
  },
);
