import type { Command } from "commander";

/** The commands on a server's queue. @param finish - Told how the chosen command ended. */
export function addOpsQueue(
  ops: Command,
  finish: (exitCode: number) => void,
): void {
  ops
    .command("queue")
    .description("Prints what runs and waits, and which installations pause.")
    .exitOverride()
    .action(async () => {
      const { opsQueue } = await import("./ops-queue.js");
      finish(await opsQueue());
    });
  ops
    .command("parked")
    .description("Prints the jobs that were given up, with the reason.")
    .exitOverride()
    .action(async () => {
      const { opsParked } = await import("./ops-queue.js");
      finish(await opsParked());
    });
  ops
    .command("retry")
    .description("Gives parked jobs a fresh start.")
    .argument("[keys...]", "as `ops parked` prints them (default: all)")
    .exitOverride()
    .action(async (keys: readonly string[]) => {
      const { opsRetry } = await import("./ops-queue.js");
      finish(await opsRetry(keys));
    });
  ops
    .command("reconcile")
    .description("Has every open pull request held against its check runs.")
    .exitOverride()
    .action(async () => {
      const { opsReconcile } = await import("./ops-queue.js");
      finish(await opsReconcile());
    });
}
