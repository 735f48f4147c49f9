/** Places at which a process may be killed by a test: right before or after something that must not be done halfway. */
export type CrashPoint =
  | "ingest.before-commit"
  | "ingest.after-commit"
  | "job.claimed"
  | "check.created"
  | "check.before-complete"
  | "check.completed";

const [label, count = "1"] =
  process.env["NODE_ENV"] === "test"
    ? (process.env["VIBEGATE_CRASH_AT"] ?? "").split(":")
    : [];
let left = Number(count);

/** Kills this process, where a test asked for it with `VIBEGATE_CRASH_AT=label:n`: at the n-th time it comes by. */
export function crashPoint(here: CrashPoint): void {
  if (here !== label) return;
  left -= 1;
  if (left <= 0) process.kill(process.pid, "SIGKILL");
}
