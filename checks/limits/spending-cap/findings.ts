import type { Finding } from "#gate/finding.js";
import type { Project } from "#model/project.js";
import { missingCap } from "./attested.js";
import { effectFindings } from "./effects.js";
import { getFindings } from "./gets.js";
import { instanceFindings } from "./instances.js";
import { loopFindings } from "./loops.js";
import { outputFindings } from "./output-cap.js";
import { renderFindings } from "./renders.js";
import { spendersOf } from "./spenders.js";
import { stepFindings } from "./step-limits.js";
import { timerFindings } from "./timers.js";

/** Where spending has no end; undefined where nothing is paid by use. */
export function spendingFindings(
  project: Project,
): readonly Finding[] | undefined {
  const spenders = spendersOf(project);
  const instances = instanceFindings(project);
  if (spenders.length === 0 && instances.length === 0) return undefined;
  const renders = renderFindings(project);
  return distinct([
    ...loopFindings(project),
    ...stepFindings(project, spenders),
    ...renders,
    ...effectFindings(project),
    ...timerFindings(project),
    ...getFindings(project).filter((one) => !isTold(one, renders)),
    ...outputFindings(project, spenders),
    ...instances,
    ...missingCap(project, spenders),
  ]);
}

/** Loaders of pages answer GET requests: the page says more. */
function isTold(get: Finding, renders: readonly Finding[]): boolean {
  const [paid] = get.evidence ?? [];
  return renders.some(({ evidence = [] }) =>
    evidence.some(
      ({ path, line }) => path === paid?.path && line === paid.line,
    ),
  );
}

/** One finding for each thing that is wrong; a timer in an effect is the timer's. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, path, identity, lines }) => {
    const keys = [
      `${rule} ${path} ${identity}`,
      `${rule} ${path}:${String(lines.start)}`,
    ];
    if (keys.some((key) => seen.has(key))) return false;
    for (const key of keys) seen.add(key);
    return true;
  });
}
