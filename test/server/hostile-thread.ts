// Stands for an analysis that goes wrong in the way that it is asked to.
import { parentPort } from "node:worker_threads";

const acts: Readonly<Record<string, () => unknown>> = {
  answer: () => "fine",
  environment: () => Object.keys(process.env),
  throw: () => {
    throw new RangeError("odd input");
  },
  loop: () => {
    for (;;);
  },
  exit: () => process.exit(3),
  memory: () => {
    const held: unknown[] = [];
    for (;;) held.push(Array.from({ length: 10_000 }, (_, n) => ({ n })));
  },
  // Ends V8 as a whole, not only the thread: the map doubles in one step.
  "growing map": () => {
    const held = new Map<string, unknown>();
    for (let n = 0; ; n += 1) held.set(`key ${String(n)}`, { n });
  },
  recursion: () => deep(100_000),
};

function deep(levels: number): number {
  return levels === 0 ? 0 : 1 + deep(levels - 1);
}

parentPort?.on(
  "message",
  ({ id, request }: { id: number; request: string }) => {
    try {
      parentPort?.postMessage({ id, reply: acts[request]?.() });
    } catch (failure) {
      parentPort?.postMessage({ id, failure });
    }
  },
);
