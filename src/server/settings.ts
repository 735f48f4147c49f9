import { accessSync, constants, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { withStoredCredentials } from "./credentials.js";
import { readPrivateKey } from "./private-key.js";
import { readSecretFile } from "./secret-file.js";
import { Secret } from "./secret.js";
import { SettingsError } from "./settings-error.js";

/** What the server was told by its environment, checked. */
export interface Settings {
  readonly appId: number;
  /** The app's private key as PEM. */
  readonly privateKey: Secret;
  /** The webhook secrets that count: the present one, and while it is being rotated the previous one. */
  readonly webhookSecrets: readonly Secret[];
  /** Where GitHub and people reach this server, without a slash at the end. */
  readonly publicUrl?: string;
  readonly host: string;
  readonly port: number;
  readonly webhookPath: string;
  /** Address of GitHub's REST interface, without a slash at the end. */
  readonly apiUrl: string;
  /** Absolute path; it is there and can be written. */
  readonly dataDirectory: string;
  readonly logLevel: LogLevel;
  /** Address of the Postgres that many processes share; without it the store is in the data directory. */
  readonly databaseUrl?: Secret;
}

/** All that must never be printed. */
export function secretsOf(settings: Settings): readonly Secret[] {
  const { privateKey, webhookSecrets, databaseUrl } = settings;
  return [
    privateKey,
    ...webhookSecrets,
    ...(databaseUrl ? [databaseUrl, ...passwordIn(databaseUrl)] : []),
  ];
}

function passwordIn(address: Secret): readonly Secret[] {
  const { password } = new URL(address.reveal());
  // What is shorter would tear holes into every line.
  const forms = [password, decodeURIComponent(password)];
  return forms
    .filter((form) => form.length >= 6)
    .map((form) => new Secret(form));
}

/** How much is logged. */
export type LogLevel = z.infer<typeof logLevel>;

type Environment = Readonly<Record<string, string | undefined>>;

const shortestSecretBytes = 32;
const logLevel = z.enum(
  ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
  "must be trace, debug, info, warn, error, fatal or silent",
);

const secret = z
  .string("is not set: give the secret that the app was registered with")
  .refine((value) => value !== "development", {
    error:
      'is the public default "development", with which anybody could sign: choose a random one',
    abort: true,
  })
  .refine(
    (value) => Buffer.byteLength(value) >= shortestSecretBytes,
    `is shorter than ${String(shortestSecretBytes)} bytes: choose a longer, random one`,
  );

const environment = z.object({
  APP_ID: z.coerce
    .number("must be the app's number, as its settings page shows it")
    .int("must be the app's number, as its settings page shows it")
    .positive("must be the app's number, as its settings page shows it"),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  WEBHOOK_SECRET: secret,
  WEBHOOK_SECRET_PREVIOUS: secret.optional(),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: "must be a whole address, for example https://gate.example.com",
    })
    .transform((url) => url.replace(/\/$/, ""))
    .optional(),
  HOST: z.string().default("0.0.0.0"),
  PORT: z.coerce
    .number("must be a number from 0 to 65535")
    .int("must be a number from 0 to 65535")
    .min(0, "must be a number from 0 to 65535")
    .max(65_535, "must be a number from 0 to 65535")
    .default(3000),
  WEBHOOK_PATH: z
    .string()
    .regex(
      /^\/[\w./-]*$/,
      "must begin with a slash and hold only letters, digits, dots, dashes and slashes",
    )
    .default("/api/github/webhooks"),
  GHE_HOST: z
    .string()
    .regex(/^[\w.-]+(:\d{1,5})?$/, "must be a host name, without https://")
    .optional(),
  GHE_PROTOCOL: z
    .enum(["https", "http"], "must be https or http")
    .default("https"),
  DATA_DIR: z.string().default("data"),
  LOG_LEVEL: logLevel.default("info"),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: "must be the address of a Postgres, postgres://user@host/name",
    })
    .optional(),
});

const placeEnvironment = environment.pick({
  PUBLIC_URL: true,
  HOST: true,
  PORT: true,
  WEBHOOK_PATH: true,
  GHE_HOST: true,
  GHE_PROTOCOL: true,
  DATA_DIR: true,
});

/** Variables that make Probot fetch and run packages while it runs, and why that is refused. */
const forbidden: Readonly<Record<string, string>> = {
  REDIS_URL:
    "REDIS_URL is set, which would make a package be fetched and run while the server runs: unset it, no Redis is needed.",
  WEBHOOK_PROXY_URL:
    "WEBHOOK_PROXY_URL is set, which would make a package be fetched and run while the server runs: unset it and let GitHub reach PUBLIC_URL.",
};

/**
 * Reads and checks the environment. Creates the data directory when it is not there.
 *
 * @throws SettingsError naming everything that is wrong, one sentence a line.
 */
export function readSettings(variables: Environment): Settings {
  const set = filled(withStoredCredentials(variables));
  const problems = Object.keys(forbidden)
    .filter((name) => set[name] !== undefined)
    .map((name) => String(forbidden[name]));
  const fromFile = attempt(() => readSecretFile(set), problems);
  const given = { ...set, ...fromFile };
  const parsed = environment.safeParse(given);
  if (!parsed.success) problems.push(...parsed.error.issues.map(sentence));
  const privateKey = attempt(() => readPrivateKey(given), problems);
  refuseOn(problems);
  if (!parsed.success || !privateKey) throw new SettingsError("Unreadable.");
  const dataDirectory = writableDirectory(parsed.data.DATA_DIR);
  return toSettings(parsed.data, privateKey, dataDirectory);
}

/** Where the server stands, whichever app it is. */
export type PlaceSettings = Pick<
  Settings,
  "publicUrl" | "host" | "port" | "webhookPath" | "apiUrl" | "dataDirectory"
> & {
  /** Address of GitHub for people, without a slash at the end. */
  readonly webUrl: string;
};

/**
 * Reads what can be known before an app is registered. Creates the data directory when it is not there.
 *
 * @throws SettingsError naming everything that is wrong, one sentence a line.
 */
export function placeSettings(variables: Environment): PlaceSettings {
  const parsed = placeEnvironment.safeParse(filled(variables));
  if (!parsed.success)
    throw new SettingsError(parsed.error.issues.map(sentence).join("\n"));
  return {
    ...placeOf(parsed.data),
    dataDirectory: writableDirectory(parsed.data.DATA_DIR),
  };
}

function placeOf(
  given: z.infer<typeof placeEnvironment>,
): Omit<PlaceSettings, "dataDirectory"> {
  const { GHE_HOST: host, GHE_PROTOCOL: protocol } = given;
  const own = host === undefined ? undefined : `${protocol}://${host}`;
  return {
    ...(given.PUBLIC_URL === undefined ? {} : { publicUrl: given.PUBLIC_URL }),
    host: given.HOST,
    port: given.PORT,
    webhookPath: given.WEBHOOK_PATH,
    webUrl: own ?? "https://github.com",
    apiUrl: own === undefined ? "https://api.github.com" : `${own}/api/v3`,
  };
}

/** What is empty is not set. */
function filled(variables: Environment): Environment {
  return Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== ""),
  );
}

function toSettings(
  given: z.infer<typeof environment>,
  privateKey: Secret,
  dataDirectory: string,
): Settings {
  const secrets = [given.WEBHOOK_SECRET, given.WEBHOOK_SECRET_PREVIOUS];
  const { webUrl: _, ...place } = placeOf(given);
  return {
    appId: given.APP_ID,
    privateKey,
    webhookSecrets: secrets
      .filter((value) => value !== undefined)
      .map((value) => new Secret(value)),
    ...place,
    dataDirectory,
    logLevel: given.LOG_LEVEL,
    ...(given.DATABASE_URL !== undefined && {
      databaseUrl: new Secret(given.DATABASE_URL),
    }),
  };
}

function writableDirectory(path: string): string {
  const directory = resolve(path);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new SettingsError(
      `DATA_DIR is ${directory}, which cannot be written: give this user a directory of its own.`,
      { cause },
    );
  }
  return directory;
}

function sentence(issue: z.core.$ZodIssue): string {
  return `${issue.path.join(".")} ${issue.message}.`;
}

function attempt<Value>(
  read: () => Value,
  problems: string[],
): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    problems.push(error.message);
    return undefined;
  }
}

function refuseOn(problems: readonly string[]): void {
  if (problems.length > 0) throw new SettingsError(problems.join("\n"));
}
