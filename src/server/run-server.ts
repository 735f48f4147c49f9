import type { Logger } from "pino";
import { createLog } from "./log.js";
import { LogSink } from "./log-sink.js";
import { lacksCredentials } from "./credentials.js";
import { keepRenewed } from "./renewal.js";
import { requireNode } from "./require-node.js";
import type { ServeOptions } from "./serve.js";
import { readSettings, secretsOf } from "./settings.js";
import { readSetupSettings } from "./setup-settings.js";
import { SettingsError } from "./settings-error.js";

type Environment = Readonly<Record<string, string | undefined>>;

const lastLinesMs = 1_000;

/** What a process ends with. */
export type ExitCode = 0 | 1 | 2;

/**
 * Runs the server until a signal ends it; where no app is known yet, the page on which one is registered comes first.
 *
 * @param environment - Usually `process.env`.
 * @param say - Tells the operator what he has to change, one sentence a line.
 * @returns 0 after a signal, 2 when it refused to start.
 */
export async function runServer(
  environment: Environment,
  options: ServeOptions,
  say: (sentences: string) => void,
): Promise<ExitCode> {
  try {
    requireNode(process.versions.node);
    const ended = signal();
    if (lacksCredentials(environment)) {
      const isSetUp = await setUp(environment, say, ended);
      if (!isSetUp) return 0;
    }
    const settings = readSettings(environment);
    const secrets = [...secretsOf(settings)];
    const sink = new LogSink();
    const log = options.log ?? createLog(settings.logLevel, secrets, sink);
    dieOnBrokenPromises(log);
    // Only now, because an old Node has no SQLite to import.
    const { serve } = await import("./serve.js");
    const server = await serve(settings, {
      ...{ ...options, log },
      droppedLogLines: () => sink.dropped,
    });
    const renewal = keepRenewed(environment, log, (renewed) => {
      secrets.push(...secretsOf(renewed));
      server.renew(renewed);
    });
    await ended;
    renewal();
    await server.stop();
    // A log that nobody reads does not keep the process from ending.
    if (!(await sink.emptied(lastLinesMs))) process.exit(0);
    return 0;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    say(error.message);
    return 2;
  }
}

/** Lets somebody register an app. @returns false when a signal came first. */
async function setUp(
  environment: Environment,
  say: (sentences: string) => void,
  ended: Promise<void>,
): Promise<boolean> {
  const settings = readSetupSettings(environment);
  const { startSetup } = await import("./setup.js");
  const log = createLog("info", []);
  const end = new AbortController();
  const setup = await startSetup(settings, { log, say, signal: end.signal });
  void ended.then(() => {
    end.abort();
  });
  return setup.finished;
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
