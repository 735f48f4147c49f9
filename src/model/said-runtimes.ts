import { globMatcher } from "#gate/glob.js";
import type { Project } from "./project.js";
import type { Runtime } from "./runtime-seeds.js";

/** Compiles where the configuration says that files run: it knows better than their names. Tests stay tests. */
export function saidRuntime({
  settings,
  files,
}: Project): (path: string) => Runtime | undefined {
  const said = (
    [
      ["generated", settings.generatedPaths],
      ["client", settings.clientPaths],
      ["server", settings.serverPaths],
    ] as const
  ).map(([runtime, paths]) => ({ runtime, matches: globMatcher(paths) }));
  return (path) =>
    files.get(path)?.kind === "test"
      ? undefined
      : said.find(({ matches }) => matches(path))?.runtime;
}
