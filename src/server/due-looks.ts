import type { Logger } from "pino";
import type { Keeper } from "#queue/queue.js";
import { toJob } from "./intents.js";
import { wantDueLooks } from "./waiting.js";

/** How often looks are wanted that become due by the clock alone. */
const everyMs = 60_000;

/** Wants the looks whose time has come, for as long as the server runs. @returns what ends it. */
export function keepDueLooks(
  { queue, records }: Keeper,
  {
    log,
    now,
    onWanted,
  }: {
    readonly log: Logger;
    readonly now: () => number;
    readonly onWanted: () => void;
  },
): NodeJS.Timeout {
  const look = async (): Promise<void> => {
    const at = new Date(now()).toISOString();
    await wantDueLooks(records, at, async (works) => {
      await queue.add(works.map(toJob));
      onWanted();
    });
  };
  const tick = (): void => {
    look().catch((cause: unknown) => {
      log.error({ err: cause }, "Due looks could not be wanted");
    });
  };
  return setInterval(tick, everyMs).unref();
}
