import type { ConfigText, FileProblem, Governing } from "#config/governing.js";
import { defaultPolicy, type Policy } from "#gate/policy.js";
import type { AppCheck } from "#model/define-check.js";
import type { ConfigNotes } from "#report/config-notes.js";
import { readBrokenConfig } from "#worktree/config-history.js";
import { readConfig } from "#worktree/read-config.js";
import { readConfigText } from "./config-text.js";
import { ConfigError } from "./config-error.js";
import type { Opened } from "#worktree/opened.js";
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
  request: JudgeRequest & { readonly opened?: Opened },
  checks: readonly AppCheck[],
  takenAt: string,
): Promise<PolicyInForce> {
  const { files, branch } = await readConfig(request);
  const organization = await organizationFile(request);
  const rules = Object.fromEntries(
    checks.map((check) => [check.name, Object.keys(check.rules)]),
  );
  const governed = async (
    repository: readonly ConfigText[],
    lastValid?: ConfigText,
  ) => {
    // Loaded only where there is something to parse.
    const { governingConfig } = await import("#config/governing.js");
    const sources = { repository, organization, branch, takenAt, rules };
    return governingConfig({ ...sources, ...(lastValid && { lastValid }) });
  };
  const withFile = async (file: ConfigText | undefined) => {
    const governing = await governed(file ? [file] : []);
    return { ...governing, policy: policyFor(governing, request) };
  };
  if (files.length === 0 && !organization)
    return {
      ...{ policy: inPhase(defaultPolicy, request), notes: withoutFile },
      withFile,
    };
  const first = await governed(files);
  if (first.organizationState === "invalid")
    throw new ConfigError(first.problems.map(sentenceOf));
  const broken =
    first.problems.length > 0 ? await brokenAt(request, first, rules) : {};
  const governing = broken.lastValid
    ? await governed(files, broken.lastValid)
    : first;
  return {
    policy: policyFor(governing, request),
    notes: await notesOf(governing, request, broken.brokenBy),
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

async function organizationFile({
  organization: path,
}: JudgeRequest): Promise<ConfigText | undefined> {
  if (path === undefined) return undefined;
  const file = await readConfigText(path);
  if (file.text === undefined)
    throw new ConfigError([`${path} cannot be read as text.`]);
  return file;
}

/** What was asked for on the command line lowers no floor. */
function policyFor(
  { policy, effective }: Governing,
  request: JudgeRequest,
): Policy {
  return effective.enforcedCommitment ? policy : inPhase(policy, request);
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
  { phase }: JudgeRequest,
  brokenBy: string | undefined,
): Promise<ConfigNotes> {
  const { effectiveValues } = await import("#config/effective-values.js");
  return {
    ...{ origin, problems },
    warnings: [...warnings, ...phaseWarning(phase, effective)],
    ...(brokenBy !== undefined && { brokenBy }),
    values: effectiveValues(effective),
  };
}

/** That the phase that was asked for does not hold, where it does not. */
function phaseWarning(
  phase: JudgeRequest["phase"],
  { enforcedCommitment }: Governing["effective"],
): FileProblem[] {
  const { path, line = 1 } = enforcedCommitment?.origin ?? {};
  if (phase !== "exploration" || path === undefined) return [];
  const message =
    "The organization enforces the commitment phase here, so --phase exploration does not hold.";
  return [{ ...{ path, line, column: 1 }, message }];
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
