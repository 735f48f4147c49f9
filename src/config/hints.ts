import { items } from "#gate/items.js";
import { closest } from "./closest.js";

/** Keys that people write from memory of other tools, or of an earlier shape of this file. */
const meant: Readonly<Record<string, string>> = {
  rules: "checks",
  check: "rule",
  id: "rule",
  expires: "until",
  expiry: "until",
  expiration: "until",
  "valid-for": "valid-days",
  validity: "valid-days",
  who: "by",
  when: "date",
  file: "paths",
  files: "paths",
  path: "paths",
  ignore: "paths",
  exclude: "ignore",
  suppressions: "suppress",
  attestations: "attest",
  review: "second-reviewer",
  "second-review": "second-reviewer",
  payments: "payment",
  approvals: "required-approvals",
  severity: "level",
  tenant: "tenancy",
};

/** Keys that exist, in another place. */
const elsewhere: Readonly<Record<string, string>> = {
  enforce: "Only the organization's file can enforce.",
  suppress: "Suppressions stand in the file of the repository that needs them.",
  attest:
    "Attestations stand in the file of the repository that they are about.",
  projects: "Projects stand in the file of the repository that holds them.",
  extends: "The organization's file is the first layer; it extends nothing.",
  "commitment-from": 'Write it under "phase".',
  branches: 'Write it under "phase".',
  "max-suppression-days":
    'Write it under "enforce", in the organization\'s file.',
  "max-attestation-days":
    'Write it under "enforce", in the organization\'s file.',
};

/** The known key that somebody probably meant by another one. */
export function likelyKey(
  written: string,
  known: readonly string[],
): string | undefined {
  const remembered = Object.keys(meant).filter((one) =>
    known.includes(meant[one] ?? ""),
  );
  return closest(written, known) ?? meant[closest(written, remembered) ?? ""];
}

/** What to say of a key that is not known where it stands. */
export function keyHint(written: string, known: readonly string[]): string {
  const likely = likelyKey(written, known);
  if (likely !== undefined) return didYouMean(likely);
  if (Object.hasOwn(elsewhere, written)) return elsewhere[written] ?? "";
  return `Known here: ${[...known].sort().join(", ")}.`;
}

/** What somebody probably meant by a value out of a list. */
export function valueHint(
  written: unknown,
  allowed: readonly string[],
): string | undefined {
  const switched = switchHint(written, allowed);
  if (switched !== undefined) return switched;
  const likely =
    typeof written === "string" ? closest(written, allowed) : undefined;
  return likely === undefined ? undefined : didYouMean(likely);
}

/** Levels are words; people write them as switches, too. */
function switchHint(
  written: unknown,
  allowed: readonly string[],
): string | undefined {
  if (!["off", "advise", "block"].every((level) => allowed.includes(level)))
    return undefined;
  if (["true", "on", "yes"].includes(String(written)))
    return 'Write "block" or "advise".';
  return ["false", "no"].includes(String(written)) ? 'Write "off".' : undefined;
}

/** How to write what has to be a list or keys, where something else stands. */
export function shapeHint(
  written: unknown,
  expected: string,
): string | undefined {
  if (expected === "array")
    return "Put a dash before each entry, or brackets around them.";
  return Array.isArray(written)
    ? "Keys stand here without dashes and brackets."
    : undefined;
}

/**
 * The slug that somebody meant by a number of the gate, a misspelt check, or a misspelt rule.
 *
 * @param rules - Rules by check, where they are known.
 */
export function subjectHint(
  written: unknown,
  rules: Readonly<Record<string, readonly string[]>> = {},
): string {
  const text = typeof written === "number" ? String(written) : written;
  if (typeof text !== "string") return knownChecks();
  const [check = "", rule] = text.split("/");
  const item = items.find((one) => one.id === check);
  if (item) return `Write "${item.check}": names stay, numbers may not.`;
  const slugs = items.map((one) => one.check);
  if (slugs.includes(check) && rule !== undefined) {
    const known = rules[check] ?? [];
    const likely = closest(rule, known);
    if (likely !== undefined) return didYouMean(`${check}/${likely}`);
    return known.length > 0
      ? `Its rules are ${known.join(", ")}.`
      : knownChecks();
  }
  const whole = Object.keys(rules).find((one) => rules[one]?.includes(check));
  if (whole !== undefined) return didYouMean(`${whole}/${check}`);
  const likely = closest(check, slugs);
  return likely === undefined ? knownChecks() : didYouMean(likely);
}

function knownChecks(): string {
  return `The checks are ${items.map(({ check }) => check).join(", ")}.`;
}

function didYouMean(likely: string): string {
  return `Did you mean "${likely}"?`;
}
