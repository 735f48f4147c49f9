import type { Finding } from "#gate/finding.js";
import { runsInBrowser } from "#model/browser-code.js";
import type { FunctionRef } from "#model/functions.js";
import type { Project } from "#model/project.js";
import { isLoadedByBrowser, isReachable, runtimeOf } from "#model/runtimes.js";
import { makerFindings } from "./makers.js";
import { sentFindings } from "./sent.js";
import { paidFindings } from "./paid.js";
import type { BrowserFunction } from "./browser-function.js";
import { privilegedFindings } from "./privileged.js";
import { unlockedFindings } from "./unlocked.js";

/** Every call that a browser should leave to a server. */
export function browserFindings(project: Project): readonly Finding[] {
  const functions = [...project.files].flatMap(([path]) =>
    browserFunctions(project, path),
  );
  const unlocked = unlockedFindings(project, functions);
  const paid = paidFindings(project, functions, unlocked);
  const privileged = privilegedFindings(project, functions);
  const makers = makerFindings(project, functions);
  return distinct([
    ...unlocked,
    ...paid,
    ...privileged,
    ...makers,
    ...sentFindings(project, functions),
  ]);
}

/** Paths that try out or show something. */
const aside =
  /(?:^|\/)(?:examples?|demos?|samples?|playground|storybook|\.storybook|docs|templates?)\//i;

function browserFunctions(
  project: Project,
  path: string,
): readonly BrowserFunction[] {
  const facts = project.files.get(path);
  if (!facts?.code || facts.kind !== "code" || aside.test(path)) return [];
  const runtime = runtimeOf(project, path);
  if (runtime !== "client" && runtime !== "shared") return [];
  const isStray =
    !isLoadedByBrowser(project, path) && !isReachable(project, path);
  return facts.code.functions.flatMap((one): BrowserFunction[] => {
    const ref: FunctionRef = { path, at: one.at };
    if (runsInBrowser(project, ref))
      return [{ ref, facts: one, isLive: isReachable(project, path) }];
    // A file that nobody loads yet: only what the bundler would publish tells on which side it belongs.
    return isStray ? [{ ref, facts: one, isLive: false, isStray }] : [];
  });
}

/** One finding a place: the sharper rule comes first. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ path, lines, rule, identity }) => {
    const place = `${path}:${String(lines.start)}`;
    const name = `${rule} ${path} ${identity}`;
    if (seen.has(place) || seen.has(name)) return false;
    seen.add(place);
    seen.add(name);
    return true;
  });
}
