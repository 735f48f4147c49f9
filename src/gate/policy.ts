/** exploration: the gate advises. commitment: real users, data or money are there, and the gate blocks. */
export type Phase = "exploration" | "commitment";

/** What a repository asks of a check or of one of its rules. */
export type ConfiguredLevel = "off" | "advise" | "block";

/** The rules in force for one judgement, after all configuration layers. */
export interface Policy {
  readonly phase: Phase;
  /** Levels by check slug or by `check/rule`; the more specific one wins. */
  readonly levels: Readonly<Record<string, ConfiguredLevel>>;
}

/** What holds where nobody configured anything. */
export const defaultPolicy: Policy = { phase: "exploration", levels: {} };

/**
 * The level that a policy asks of a check or a rule.
 *
 * @returns undefined where it says nothing; a check that is switched off silences all its rules.
 */
export function configuredLevel(
  policy: Policy,
  check: string,
  rule?: string,
): ConfiguredLevel | undefined {
  const whole = policy.levels[check];
  if (rule === undefined || whole === "off") return whole;
  return policy.levels[`${check}/${rule}`] ?? whole;
}
