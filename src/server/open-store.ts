import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Keeper, KeeperOptions } from "#queue/queue.js";
import { openSqliteKeeper } from "#queue/sqlite-keeper.js";
import { StoreVersionError } from "#queue/store-version-error.js";
import { SettingsError } from "./settings-error.js";

/**
 * Opens the store in the data directory.
 *
 * @throws SettingsError in one sentence when it cannot be had.
 */
export function openStore(directory: string, options: KeeperOptions): Keeper {
  try {
    mkdirSync(join(directory, "cache"), { recursive: true });
    return openSqliteKeeper(directory, options);
  } catch (cause) {
    if (cause instanceof StoreVersionError)
      throw new SettingsError(cause.message, { cause });
    throw new SettingsError(
      `The store in ${directory} cannot be opened: check that the disk is there, is not full, and belongs to this user.`,
      { cause },
    );
  }
}
