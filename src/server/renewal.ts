import { unwatchFile, watchFile } from "node:fs";
import type { Logger } from "pino";
import { readSettings, type Settings } from "./settings.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** Files that hold credentials; whoever mounts them may replace them while the server runs. */
const watched = ["PRIVATE_KEY_PATH", "WEBHOOK_SECRET_PATH"] as const;
const lookEveryMs = 15_000;

/**
 * Reads the credentials anew on SIGHUP and when one of their files changes. What cannot be read is logged, and the ones in
 * use stay.
 *
 * @returns what ends it.
 */
export function keepRenewed(
  environment: Environment,
  log: Logger,
  renew: (settings: Settings) => void,
): () => void {
  const read = (): void => {
    try {
      renew(readSettings(environment));
    } catch (error) {
      log.error({ err: error }, "Renewed credentials cannot be used");
    }
  };
  const files = watched.flatMap((name) => environment[name] || []);
  for (const file of files)
    // By asking, because a mounted secret is replaced by turning a link, which a watch on the file does not see.
    watchFile(file, { interval: lookEveryMs, persistent: false }, read);
  process.on("SIGHUP", read);
  return () => {
    process.off("SIGHUP", read);
    for (const file of files) unwatchFile(file, read);
  };
}
