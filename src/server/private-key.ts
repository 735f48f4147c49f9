import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { Secret } from "./secret.js";
import { SettingsError } from "./settings-error.js";

/**
 * Reads the app's private key from PRIVATE_KEY_PATH or PRIVATE_KEY.
 * It may come as PEM, as PEM with `\n` written out, or as base64 of PEM: hosting panels differ.
 *
 * @throws SettingsError when there is none, or what is there is no private key.
 */
export function readPrivateKey(
  given: Readonly<Record<string, string | undefined>>,
): Secret {
  const path = given["PRIVATE_KEY_PATH"];
  const name = path === undefined ? "PRIVATE_KEY" : "PRIVATE_KEY_PATH";
  const raw = path === undefined ? given[name] : readKeyFile(path);
  if (raw === undefined)
    throw new SettingsError(
      "Neither PRIVATE_KEY nor PRIVATE_KEY_PATH is set: give the app's private key.",
    );
  const unescaped = raw.replaceAll("\\n", "\n").trim();
  const pem = unescaped.startsWith("-----")
    ? unescaped
    : Buffer.from(unescaped, "base64").toString("utf8");
  try {
    createPrivateKey(pem);
  } catch {
    // The cause is left out: OpenSSL's message could tell something of the key.
    throw new SettingsError(
      `${name} holds no private key: give the .pem file that GitHub made for the app.`,
    );
  }
  return new Secret(pem);
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new SettingsError(
      `PRIVATE_KEY_PATH names ${path}, which cannot be read.`,
      { cause },
    );
  }
}
