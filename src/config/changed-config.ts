import type { Snapshot } from "#gate/snapshot.js";
import { configPaths } from "./config-paths.js";
import type { ConfigText } from "./governing.js";

/** What a change leaves of the configuration: the file that would count, or none. */
export interface ChangedConfig {
  readonly file?: ConfigText;
}

/** @returns undefined when the change leaves the configuration alone. */
export function changedConfig(snapshot: Snapshot): ChangedConfig | undefined {
  const isTouched = snapshot.changes.some(({ path, previousPath }) =>
    configPaths.some((one) => one === path || one === previousPath),
  );
  if (!isTouched) return undefined;
  const path = configPaths.find((one) => snapshot.paths.includes(one));
  if (path === undefined) return {};
  const file = snapshot.files.find((one) => one.path === path);
  // What is there and could not be read is a mistake, not a missing file.
  return { file: { path, ...(file && { text: file.text }) } };
}
