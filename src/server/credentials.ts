import { readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { SettingsError } from "./settings-error.js";

/** What GitHub hands out when an app is registered. */
export interface Credentials {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
}

const fileName = "app.json";

const stored = z.object({
  appId: z.number().int().positive(),
  privateKey: z.string(),
  webhookSecret: z.string(),
});

/** Variables that say by themselves which app this is. */
const variables = [
  "APP_ID",
  "PRIVATE_KEY",
  "PRIVATE_KEY_PATH",
  "WEBHOOK_SECRET",
] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether nobody told the server which app it is, neither now nor at a set-up before. */
export function lacksCredentials(environment: Environment): boolean {
  return (
    variables.every((name) => (environment[name] ?? "") === "") &&
    storedIn(environment) === undefined
  );
}

/**
 * The environment, with what an earlier set-up stored where it says nothing itself.
 *
 * @throws SettingsError when what is stored cannot be read.
 */
export function withStoredCredentials(environment: Environment): Environment {
  if (variables.some((name) => (environment[name] ?? "") !== ""))
    return environment;
  const found = storedIn(environment);
  if (!found) return environment;
  return {
    ...environment,
    APP_ID: String(found.appId),
    PRIVATE_KEY: found.privateKey,
    WEBHOOK_SECRET: found.webhookSecret,
  };
}

/** Keeps the credentials where only this user can read them; whole or not at all. */
export async function storeCredentials(
  dataDirectory: string,
  credentials: Credentials,
): Promise<void> {
  const path = join(dataDirectory, fileName);
  const text = `${JSON.stringify(credentials)}\n`;
  await writeFile(`${path}.new`, text, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
}

function storedIn(environment: Environment): Credentials | undefined {
  const path = join(environment["DATA_DIR"] || "data", fileName);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw unreadable(path, error);
  }
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    // The cause is left out: it could repeat a part of the key.
    throw unreadable(path);
  }
}

function unreadable(path: string, cause?: unknown): SettingsError {
  return new SettingsError(
    `${path} holds the app's credentials and cannot be read: restore it, or move it away and set the app up again.`,
    cause === undefined ? undefined : { cause },
  );
}
