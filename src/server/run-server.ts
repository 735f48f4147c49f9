import type { Logger } from "pino";
import { createLog } from "./log.js";
import { requireNode } from "./require-node.js";
import type { ServeOptions } from "./serve.js";
import { readSettings } from "./settings.js";
import { SettingsError } from "./settings-error.js";

/** What a process ends with. */
export type ExitCode = 0 | 1 | 2;

/**
 * Runs the server until a signal ends it.
 *
 * @param environment - Usually `process.env`.
 * @param say - Tells the operator what he has to change, one sentence a line.
 * @returns 0 after a signal, 2 when it refused to start.
 */
export async function runServer(
  environment: Readonly<Record<string, string | undefined>>,
  options: ServeOptions,
  say: (sentences: string) => void,
): Promise<ExitCode> {
  try {
    requireNode(process.versions.node);
    const settings = readSettings(environment);
    const secrets = [settings.privateKey, ...settings.webhookSecrets];
    const log = options.log ?? createLog(settings.logLevel, secrets);
    dieOnBrokenPromises(log);
    // Only now, because an old Node has no SQLite to import.
    const { serve } = await import("./serve.js");
    const server = await serve(settings, { ...options, log });
    await signal();
    await server.stop();
    return 0;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    say(error.message);
    return 2;
  }
}

function signal(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ["SIGTERM", "SIGINT"] as const)
      process.once(name, () => {
        resolve();
      });
  });
}

/** An error that nobody caught leaves a state that nobody knows: whoever watches the process starts a fresh one. */
function dieOnBrokenPromises(log: Logger): void {
  const die = (error: unknown): void => {
    log.fatal({ err: error }, "An error that nobody caught");
    process.exit(1);
  };
  process.on("uncaughtException", die);
  process.on("unhandledRejection", die);
}
