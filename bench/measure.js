import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Runs a command to its end.
 *
 * @returns seconds on the clock, and the most memory in MiB that one of its processes held, where the system tells.
 */
export function measure(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const before = process.hrtime.bigint();
    const child = spawn(command, args, { stdio: "ignore", ...options });
    const watch = new MemoryWatch(child.pid);
    child.on("error", reject);
    child.on("exit", () => {
      const seconds = Number(process.hrtime.bigint() - before) / 1e9;
      resolve({ seconds, mebibytes: watch.stop() });
    });
  });
}

/** The middle one of some numbers. */
export function median(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Looks every 20 ms at the high-water marks of a process and of those that it starts; Linux only. */
class MemoryWatch {
  #most = 0;
  #timer;
  #root;

  constructor(pid) {
    this.#root = pid;
    this.#timer = setInterval(() => {
      this.#look();
    }, 20);
  }

  stop() {
    clearInterval(this.#timer);
    return this.#most;
  }

  #look() {
    const pending = [this.#root];
    for (let pid = pending.pop(); pid !== undefined; pid = pending.pop()) {
      try {
        const status = readFileSync(`/proc/${pid}/status`, "utf8");
        const peak = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
        this.#most = Math.max(this.#most, peak);
        const children = readFileSync(
          `/proc/${pid}/task/${pid}/children`,
          "utf8",
        );
        pending.push(...children.split(" ").filter(Boolean).map(Number));
      } catch {
        // It has ended.
      }
    }
  }
}
