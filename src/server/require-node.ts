import { SettingsError } from "./settings-error.js";

const oldestNode = [22, 13] as const;

/**
 * @param version - For example `24.21.0`.
 * @throws SettingsError when Node is too old to run the server.
 */
export function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = oldestNode;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor))
    return;
  throw new SettingsError(
    `VibeGate needs Node ${oldestNode.join(".")} or newer, and this is Node ${version}: install a newer one.`,
  );
}
