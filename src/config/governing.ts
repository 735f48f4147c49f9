import type { Policy } from "#gate/policy.js";
import type { EffectiveConfig } from "./effective-config.js";
import { configPaths } from "./config-paths.js";
import { effectiveConfig } from "./layers.js";
import {
  type ParseConfigOptions,
  parseConfig,
  type ParsedConfig,
  parseOrganizationConfig,
} from "./parse-config.js";
import { policyOf } from "./policy-of.js";
import type { ConfigProblem } from "./problem.js";
import type { RulesByCheck } from "./validate.js";

/** A configuration file as it was read. */
export interface ConfigText {
  readonly path: string;
  /** Absent where it is no text, or longer than what is read. */
  readonly text?: string;
}

/** A problem with the file that has it. */
export interface FileProblem extends ConfigProblem {
  readonly path: string;
}

/** `missing`: the defaults hold. `invalid`: something stricter than the file holds. */
export type ConfigState = "missing" | "valid" | "invalid";

/** What is in force, and what is to be said about the files that it comes from. */
export interface Governing {
  readonly state: ConfigState;
  /** The same of the organization's file. */
  readonly organizationState: ConfigState;
  readonly effective: EffectiveConfig;
  readonly policy: Policy;
  readonly problems: readonly FileProblem[];
  readonly warnings: readonly FileProblem[];
  /** Where the configuration comes from, in one calm sentence. */
  readonly origin: string;
}

/** The files at the commit that counts, and what they are read for. */
export interface GoverningSources {
  /** The files of {@link configPaths} that are there. */
  readonly repository: readonly ConfigText[];
  /** The newest version of the file that was valid, where the present one is not. */
  readonly lastValid?: ConfigText;
  /** The organization's file, where there is one. */
  readonly organization?: ConfigText | undefined;
  /** The newest version of it that was valid, where the present one is not. */
  readonly lastValidOrganization?: ConfigText | undefined;
  /** Base branch of the change, or the branch that is judged. */
  readonly branch: string;
  /** The only clock: ISO 8601. */
  readonly takenAt: string;
  readonly rules?: RulesByCheck;
}

/**
 * The configuration in force. A file that cannot be read never means "no configuration": the last valid one governs,
 * and where none is known, the defaults in the commitment phase.
 */
export function governingConfig(sources: GoverningSources): Governing {
  const { branch, takenAt, lastValid, rules } = sources;
  const file = inOrder(sources.repository)[0];
  const own = read(file, parseConfig, rules);
  const above = read(sources.organization, parseOrganizationConfig, rules);
  const fallback =
    own.state === "invalid" ? read(lastValid, parseConfig, rules) : undefined;
  const repository = own.config ?? fallback?.config;
  const organization =
    above.config ??
    (above.state === "invalid"
      ? read(sources.lastValidOrganization, parseOrganizationConfig, rules)
          .config
      : undefined);
  const effective = effectiveConfig({
    ...{ branch, takenAt, repository, organization },
    isBroken:
      (own.state === "invalid" && repository === undefined) ||
      // Floors that nobody can read may have been any.
      (above.state === "invalid" && organization === undefined),
  });
  return {
    state: own.state,
    organizationState: above.state,
    effective,
    policy: policyOf(effective),
    problems: [...own.problems, ...above.problems],
    warnings: [...own.warnings, ...above.warnings, ...twoFiles(sources)],
    origin: originSentence({
      ...{ file, state: own.state, above: sources.organization },
      hasFallback: fallback?.config !== undefined,
      hasFloors: organization !== undefined,
    }),
  };
}

interface Read<Config> {
  readonly state: ConfigState;
  readonly config: Config | undefined;
  readonly problems: readonly FileProblem[];
  readonly warnings: readonly FileProblem[];
}

type ConfigOf<Value> = Extract<ParsedConfig<Value>, { ok: true }>["config"];

function read<Value>(
  file: ConfigText | undefined,
  parse: (text: string, options: ParseConfigOptions) => ParsedConfig<Value>,
  rules: RulesByCheck | undefined,
): Read<ConfigOf<Value>> {
  const nothing = { config: undefined, problems: [], warnings: [] };
  if (!file) return { state: "missing", ...nothing };
  const { path, text } = file;
  const placed = (problems: readonly ConfigProblem[]) =>
    problems.map((problem) => ({ path, ...problem }));
  if (text === undefined)
    return { ...nothing, state: "invalid", problems: placed([unreadable]) };
  const parsed = parse(text, { path, ...(rules && { rules }) });
  if (!parsed.ok)
    return { ...nothing, state: "invalid", problems: placed(parsed.problems) };
  const { config, warnings } = parsed;
  return { state: "valid", config, problems: [], warnings: placed(warnings) };
}

const unreadable: ConfigProblem = {
  line: 1,
  column: 1,
  message: "The file is no text, or longer than what is read.",
};

function inOrder(files: readonly ConfigText[]): ConfigText[] {
  return configPaths.flatMap((path) =>
    files.filter((file) => file.path === path),
  );
}

function twoFiles({ repository }: GoverningSources): FileProblem[] {
  const [first, second] = inOrder(repository);
  if (!first || !second) return [];
  return [
    {
      ...{ path: second.path, line: 1, column: 1 },
      message: `This file is not read, because ${first.path} is there too.`,
      hint: "Keep one of the two.",
    },
  ];
}

interface Origins {
  readonly file: ConfigText | undefined;
  readonly state: ConfigState;
  /** The organization's file, where there is one. */
  readonly above: ConfigText | undefined;
  /** Whether a valid version of the file is known. */
  readonly hasFallback: boolean;
  /** Whether a valid version of the organization's file is known. */
  readonly hasFloors: boolean;
}

function originSentence(origins: Origins): string {
  const { file, state, hasFallback } = origins;
  if (!file) return withoutFile(origins);
  if (state === "valid") return `Configured by ${file.path}.`;
  return hasFallback
    ? `${file.path} has mistakes, so its last valid version governs.`
    : `${file.path} has mistakes, so the strict defaults of the commitment phase govern.`;
}

function withoutFile({ above, hasFloors }: Origins): string {
  const missing = `No ${configPaths[0]} yet`;
  if (!above)
    return `${missing}, so the defaults of the exploration phase hold: nothing blocks.`;
  return hasFloors
    ? `${missing}, so what the organization says holds.`
    : `${missing}, and the organization's ${above.path} has mistakes, so the strict defaults of the commitment phase govern.`;
}
