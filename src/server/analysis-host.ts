// Runs in a process of its own, see analysis-process.ts: carries messages between the server and the thread that works.
import { Worker } from "node:worker_threads";
import { exitCodes } from "./analysis-process.js";

const [module = "", heapMb = "", stackMb = ""] = process.argv.slice(2);

// A thread, because only a thread can be given the stack that deeply nested source needs.
const thread = new Worker(new URL(module), {
  resourceLimits: {
    maxOldGenerationSizeMb: Number(heapMb),
    stackSizeMb: Number(stackMb),
    // Facts live as long as the analysis. More room for what is young takes more memory, and no less time.
    maxYoungGenerationSizeMb: 24,
  },
});

process.on("message", (message) => {
  thread.postMessage(message);
});
thread.on("message", (message: unknown) => {
  process.send?.(message);
});
thread.on("error", (error: NodeJS.ErrnoException) => {
  const isFull = error.code === "ERR_WORKER_OUT_OF_MEMORY";
  process.exit(isFull ? exitCodes.outOfMemory : exitCodes.crashed);
});
thread.on("exit", () => process.exit(exitCodes.crashed));

// The server is gone, however it ended.
process.on("disconnect", () => process.exit(0));
// The terminal sends these to the whole group. The server decides how long work may go on.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);
