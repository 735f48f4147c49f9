import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { Keeper, KeeperOptions } from "#queue/queue.js";
import { openSqliteKeeper, storeFile } from "#queue/sqlite-keeper.js";
import { StoreDamagedError } from "#queue/store-damaged-error.js";
import { StoreVersionError } from "#queue/store-version-error.js";
import type { Secret } from "./secret.js";
import type { Settings } from "./settings.js";
import { SettingsError } from "./settings-error.js";

/**
 * Opens the store: on Postgres where its address is given, in the data directory otherwise.
 *
 * @param onError - Hears what goes wrong between calls.
 * @param onDamaged - Where it is given, a damaged file is set aside and an empty store begun, which the next sweep fills
 * from GitHub; it hears where the damaged one is kept.
 * @throws SettingsError in one sentence when it cannot be had.
 */
export async function openStore(
  settings: Pick<Settings, "dataDirectory" | "databaseUrl">,
  options: KeeperOptions,
  onError: (error: unknown) => void = () => undefined,
  onDamaged?: (keptAs: string) => void,
): Promise<Keeper> {
  const { dataDirectory, databaseUrl } = settings;
  try {
    mkdirSync(join(dataDirectory, "cache"), { recursive: true });
    return databaseUrl
      ? await openPostgres(databaseUrl, options, onError)
      : openSqlite(dataDirectory, options, onDamaged);
  } catch (cause) {
    if (cause instanceof StoreVersionError)
      throw new SettingsError(cause.message, { cause });
    if (cause instanceof StoreDamagedError)
      throw new SettingsError(
        `The store in ${dataDirectory} is damaged: start the server, which sets it aside and begins another, or restore a copy.`,
        { cause },
      );
    const sentence = databaseUrl
      ? `The database on ${new URL(databaseUrl.reveal()).host} cannot be used: check that it runs, that this user may sign in and create schemas in it, and DATABASE_URL.`
      : `The store in ${dataDirectory} cannot be opened: check that the disk is there, is not full, and belongs to this user.`;
    throw new SettingsError(sentence, { cause });
  }
}

function openSqlite(
  directory: string,
  options: KeeperOptions,
  onDamaged?: (keptAs: string) => void,
): Keeper {
  try {
    return openSqliteKeeper(directory, options);
  } catch (cause) {
    if (!onDamaged || !(cause instanceof StoreDamagedError)) throw cause;
    const file = join(directory, storeFile);
    const keptAs = `${file}.damaged-${String(options.now())}`;
    for (const end of ["", "-wal", "-shm"])
      if (existsSync(file + end)) renameSync(file + end, keptAs + end);
    onDamaged(keptAs);
    return openSqliteKeeper(directory, options);
  }
}

async function openPostgres(
  url: Secret,
  options: KeeperOptions,
  onError: (error: unknown) => void,
): Promise<Keeper> {
  // Only where it is asked for: most servers need neither Postgres' driver nor pg-boss.
  const { openPostgresKeeper } = await import("#queue/postgres-keeper.js");
  return openPostgresKeeper(options, {
    url: url.reveal(),
    onError,
  });
}
