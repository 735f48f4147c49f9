import type { FileProblem } from "#config/governing.js";
import { defaultPolicy, type Policy } from "#gate/policy.js";
import type { AppCheck } from "#model/define-check.js";
import type { ConfigNotes } from "#report/config-notes.js";
import { readConfig } from "#worktree/read-config.js";
import { ConfigError } from "./config-error.js";
import type { JudgeRequest } from "./request.js";

/** What a judgement is held against, and how that came about. */
export interface PolicyInForce {
  readonly policy: Policy;
  readonly notes: ConfigNotes;
}

/**
 * The policy for a request: that of the configuration at the base, or of the folder that is judged; the phase as asked
 * for on the command line, if so.
 *
 * @throws ConfigError when the configuration has mistakes: somebody at a terminal can mend it at once.
 */
export async function policyInForce(
  request: JudgeRequest,
  checks: readonly AppCheck[],
  takenAt: string,
): Promise<PolicyInForce> {
  const { files, branch } = await readConfig(request);
  const phase = request.phase !== undefined && { phase: request.phase };
  if (files.length === 0)
    return {
      policy: { ...defaultPolicy, ...phase },
      notes: {
        origin: "No .vibegate.yml, so the defaults hold.",
        ...{ problems: [], warnings: [], values: [] },
      },
    };
  // Loaded only where there is something to parse.
  const { governingConfig } = await import("#config/governing.js");
  const { effectiveValues } = await import("#config/effective-values.js");
  const rules = Object.fromEntries(
    checks.map((check) => [check.name, Object.keys(check.rules)]),
  );
  const governing = governingConfig({
    repository: files,
    branch,
    takenAt,
    rules,
  });
  if (governing.problems.length > 0)
    throw new ConfigError(governing.problems.map(sentenceOf));
  return {
    policy: { ...governing.policy, ...phase },
    notes: {
      origin: governing.origin,
      problems: [],
      warnings: governing.warnings,
      values: effectiveValues(governing.effective),
    },
  };
}

function sentenceOf({ path, line, message, hint }: FileProblem): string {
  return [`${path}:${String(line)}: ${message}`, hint]
    .filter(Boolean)
    .join(" ");
}
