import { type DestinationStream, type Logger, pino } from "pino";
import { redact } from "./redact.js";
import type { Secret } from "./secret.js";
import type { LogLevel } from "./settings.js";

/**
 * The server's log: a fixed sentence and data a line, as JSON. Every finished line is searched for credentials, whatever
 * field or message they stand in.
 *
 * @param secrets - Our own secrets, which are taken out literally.
 * @param destination - Standard output when not given.
 */
export function createLog(
  level: LogLevel,
  secrets: readonly Secret[],
  destination?: DestinationStream,
): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // The inner requests and responses of Octokit's errors hold headers and bodies.
    redact: { paths: ["err.request", "err.response", "*.headers"] },
    hooks: { streamWrite: (line: string) => redact(line, ownSecrets(secrets)) },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Read for each line: renewed secrets are added while the server runs. */
function ownSecrets(secrets: readonly Secret[]): readonly string[] {
  return secrets.map((secret) => secret.reveal());
}
