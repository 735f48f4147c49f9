import type { Evidence, Finding } from "#gate/finding.js";
import type { Project } from "#model/project.js";
import { codeFunctions } from "./instances-in-code.js";
import { configuredFunctions } from "./instances-in-config.js";

/** Cloud functions without a limit of instances: one finding for the repository. */
export function instanceFindings(project: Project): readonly Finding[] {
  const open = [...codeFunctions(project), ...configuredFunctions(project)];
  const [first, ...others] = open;
  if (first === undefined) return [];
  const evidence: Evidence[] = others
    .slice(0, 8)
    .map(({ path, line, what }) => ({
      path,
      line,
      note: `${what} has no limit either.`,
    }));
  const more =
    others.length > 0 ? `, and ${String(others.length)} more like it,` : "";
  return [
    {
      rule: "no-instance-limit",
      path: first.path,
      lines: { start: first.line, end: first.line },
      identity: "instances",
      message: `${first.what}${more} may start as many instances as the platform allows: ${first.setting} is not set.`,
      fix: `Set ${first.setting} to what the app needs at its busiest, for all functions at once where the platform has a default.`,
      confidence: "likely",
      evidence,
    },
  ];
}
