// Stands for the threads that take facts, and ends over the files that say so.
import { parentPort } from "node:worker_threads";

const acts: Readonly<Record<string, () => unknown>> = {
  exit: () => process.exit(3),
  throw: () => {
    throw new RangeError("odd input");
  },
  memory: () => {
    const held: unknown[] = [];
    for (;;) held.push(Array.from({ length: 10_000 }, (_, n) => ({ n })));
  },
};

parentPort?.on(
  "message",
  (files: readonly { path: string; text: string }[]) => {
    parentPort?.postMessage(
      files.map(({ path, text }) => {
        acts[text]?.();
        return JSON.stringify(path);
      }),
    );
  },
);
