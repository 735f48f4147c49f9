import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Keeper } from "#queue/queue.js";
import { forTerminal } from "#report/escape.js";
import { openStore } from "#server/open-store.js";
import { Secret } from "#server/secret.js";
import { SettingsError } from "#server/settings-error.js";
import { complain } from "./complain.js";
import { exitCodes } from "./exit-code.js";

/**
 * Does something with a server's store, beside the server that may run on it: DATABASE_URL's where that is set, DATA_DIR's
 * otherwise.
 *
 * @returns the exit code.
 */
export async function withStore(
  environment: Readonly<Record<string, string | undefined>>,
  act: (keeper: Keeper) => Promise<void>,
): Promise<number> {
  const url = environment["DATABASE_URL"] ?? "";
  const directory = resolve(environment["DATA_DIR"] ?? "data");
  if (url === "" && !existsSync(directory)) {
    complain(
      `there is no store in ${forTerminal(directory)}: set DATA_DIR to the server's data directory.`,
    );
    return exitCodes.usage;
  }
  try {
    const keeper = await openStore(
      {
        dataDirectory: directory,
        ...(url !== "" && { databaseUrl: new Secret(url) }),
      },
      storeOptions,
    );
    await act(keeper).finally(() => keeper.close());
    return exitCodes.nothingBlocks;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    complain(error.message);
    return exitCodes.usage;
  }
}

/** Nothing is claimed, so that leases do not matter; and of two wishes for one job the later one says it all. */
const storeOptions = {
  now: Date.now,
  leaseMs: 60_000,
  groupCap: 1,
  merge: (_: unknown, later: unknown) => later,
};
