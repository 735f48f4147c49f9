import type { ConfigText, FileProblem, Governing } from "#config/governing.js";
import { defaultPolicy, type Policy } from "#gate/policy.js";
import type { AppCheck } from "#model/define-check.js";
import type { ConfigNotes } from "#report/config-notes.js";
import { readBrokenConfig } from "#worktree/config-history.js";
import { readConfig } from "#worktree/read-config.js";
import { ConfigError } from "./config-error.js";
import type { JudgeRequest } from "./request.js";

/** What a judgement is held against, and how that came about. */
export interface PolicyInForce {
  readonly policy: Policy;
  readonly notes: ConfigNotes;
  /** The same for another file in place of the base's: what a change would bring. */
  readonly withFile: (file: ConfigText | undefined) => Promise<Governing>;
}

/**
 * The policy for a request: that of the configuration at the base, or of the folder that is judged; the phase as asked
 * for on the command line, if so. Where the base's copy has mistakes, its last valid version governs, as on GitHub.
 *
 * @throws ConfigError when the configuration of the folder itself has mistakes: somebody at a terminal can mend it.
 */
export async function policyInForce(
  request: JudgeRequest,
  checks: readonly AppCheck[],
  takenAt: string,
): Promise<PolicyInForce> {
  const { files, branch } = await readConfig(request);
  const rules = Object.fromEntries(
    checks.map((check) => [check.name, Object.keys(check.rules)]),
  );
  const governed = async (
    repository: readonly ConfigText[],
    lastValid?: ConfigText,
  ) => {
    // Loaded only where there is something to parse.
    const { governingConfig } = await import("#config/governing.js");
    const sources = { repository, branch, takenAt, rules };
    return governingConfig({ ...sources, ...(lastValid && { lastValid }) });
  };
  const withFile = async (file: ConfigText | undefined) => {
    const governing = await governed(file ? [file] : []);
    return { ...governing, policy: inPhase(governing.policy, request) };
  };
  if (files.length === 0)
    return {
      ...{ policy: inPhase(defaultPolicy, request), notes: withoutFile },
      withFile,
    };
  const first = await governed(files);
  const broken =
    first.problems.length > 0 ? await brokenAt(request, first, rules) : {};
  const governing = broken.lastValid
    ? await governed(files, broken.lastValid)
    : first;
  return {
    policy: inPhase(governing.policy, request),
    notes: await notesOf(governing, broken.brokenBy),
    withFile,
  };
}

const withoutFile: ConfigNotes = {
  origin: "No .vibegate.yml, so the defaults hold.",
  ...{ problems: [], warnings: [], values: [] },
};

function inPhase(policy: Policy, { phase }: JudgeRequest): Policy {
  return phase === undefined ? policy : { ...policy, phase };
}

/** The history of a base whose configuration has mistakes. A change may be what mends it, so it is judged all the same. */
async function brokenAt(
  { path, base }: JudgeRequest,
  { problems }: Governing,
  rules: Readonly<Record<string, readonly string[]>>,
) {
  const file = problems[0]?.path;
  if (base === undefined || file === undefined)
    throw new ConfigError(problems.map(sentenceOf));
  const { parseConfig } = await import("#config/parse-config.js");
  const isValid = (one: ConfigText) =>
    one.text !== undefined &&
    parseConfig(one.text, { path: one.path, rules }).ok;
  const place = { base, ...(path !== undefined && { path }) };
  return readBrokenConfig(place, file, isValid);
}

async function notesOf(
  { origin, problems, warnings, effective }: Governing,
  brokenBy: string | undefined,
): Promise<ConfigNotes> {
  const { effectiveValues } = await import("#config/effective-values.js");
  return {
    ...{ origin, problems, warnings },
    ...(brokenBy !== undefined && { brokenBy }),
    values: effectiveValues(effective),
  };
}

function sentenceOf({
  path,
  line,
  column,
  message,
  hint,
}: FileProblem): string {
  const place = `${path}:${String(line)}:${String(column)}`;
  return [`${place}: ${message}`, hint].filter(Boolean).join(" ");
}
