import type { AttestationEntry } from "#gate/attest.js";
import type { SuppressionEntry } from "#gate/suppression-report.js";
import type { Verdict } from "#gate/verdict.js";
import { collapsed } from "./collapsed.js";
import { type Part, shorten } from "./cut.js";
import { forMarkdown, forMarkdownCode } from "./escape.js";
import { reasonWords } from "./reason-words.js";
import { counted } from "./wording.js";

/** Below what was not seen, above what was there before. */
const rank = 3;

/** Characters of what somebody wrote. */
const maxWords = 300;

/** What people decided or vouch for: each with its owner and its last day, and why it does not count where it does not. */
export function exceptionParts({
  suppressions,
  attestations,
}: Verdict): Part[] {
  const { used, unused, lapsed, malformed, pending } = suppressions;
  const idle = [
    ...[...lapsed, ...malformed, ...pending].map((entry) => suppression(entry)),
    ...unused.map((entry) => suppression(entry, "it matches nothing")),
  ];
  const { inForce, unfounded } = attestations;
  const gone = [...attestations.lapsed, ...unfounded].map((entry) =>
    attestation(entry, entry.because ?? "its last day is over"),
  );
  return [
    ...list(
      used.map((entry) => suppression(entry)),
      "suppression in force",
      "suppressions in force",
    ),
    ...list(idle, "suppression without effect", "suppressions without effect"),
    ...list(
      inForce.map((entry) => attestation(entry)),
      "attestation in force",
      "attestations in force",
    ),
    ...list(
      gone,
      "attestation that does not count",
      "attestations that do not count",
    ),
  ];
}

function list(entries: readonly string[], one: string, many: string): Part[] {
  if (entries.length === 0) return [];
  return [collapsed(rank, counted(entries.length, one, many), entries)];
}

/** A change may write anything into a comment, so only what has its shape is shown as it is; a reason is any words. */
function suppression(given: SuppressionEntry, otherwise?: string): string {
  const { subject, at, until, findings, because, reason } = given;
  const flaw = because ?? otherwise;
  const place = shorten(`${at.path}:${String(at.line)}`, maxWords);
  return entry([
    /^[a-z0-9/-]{1,80}$/.test(subject) && forMarkdownCode(subject),
    `at ${forMarkdownCode(place)}`,
    counted(findings, "finding"),
    ownerOf(given),
    until !== undefined && `until ${words(until)}`,
    reason !== undefined && `reason: ${words(reasonWords(reason))}`,
    flaw !== undefined && `no effect: ${words(flaw)}`,
  ]);
}

function ownerOf({ owner = "", ownerFrom }: SuppressionEntry): string | false {
  const names = owner.split(", ");
  if (!names.every((name) => /^@[\w./-]{1,140}$/.test(name))) return false;
  const source = ownerFrom === undefined ? "" : ` (${ownerFrom})`;
  return `by ${words(owner)}${source}`;
}

function attestation(
  { check, project, by, date, until, evidence }: AttestationEntry,
  because?: string,
): string {
  return entry([
    forMarkdownCode(check),
    project !== undefined && `of ${words(project)}`,
    `by ${words(by)} on ${words(date)}`,
    `until ${words(until)}`,
    `evidence: ${words(evidence)}`,
    because !== undefined && `does not count: ${words(because)}`,
  ]);
}

function entry(parts: readonly (string | false)[]): string {
  return `- ${parts.filter((part) => part !== false).join(", ")}\n`;
}

function words(text: string): string {
  return forMarkdown(shorten(text, maxWords));
}
