import { readFileSync } from "node:fs";
import { SettingsError } from "./settings-error.js";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The webhook secrets out of the file that WEBHOOK_SECRET_PATH names: the present one on its first line and, while it is
 * being rotated, the previous one on its second.
 *
 * @returns variables as if they had been set; none when there is no such file.
 * @throws SettingsError when it cannot be read.
 */
export function readSecretFile(given: Environment): Environment {
  const path = given["WEBHOOK_SECRET_PATH"];
  if (path === undefined) return {};
  const [present, previous] = linesOf(path);
  return {
    ...(present !== undefined && { WEBHOOK_SECRET: present }),
    WEBHOOK_SECRET_PREVIOUS: previous,
  };
}

function linesOf(path: string): readonly string[] {
  try {
    const lines = readFileSync(path, "utf8").split("\n");
    return lines.map((line) => line.trim()).filter((line) => line !== "");
  } catch (cause) {
    throw new SettingsError(
      `WEBHOOK_SECRET_PATH names ${path}, which cannot be read.`,
      { cause },
    );
  }
}
