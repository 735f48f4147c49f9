import type { AttestationEntry } from "#gate/attest.js";
import type { SuppressionEntry } from "#gate/suppression-report.js";
import type { Verdict } from "#gate/verdict.js";
import type { ConfigNote, ConfigNotes } from "./config-notes.js";
import { shorten } from "./cut.js";
import { forTerminal } from "./escape.js";
import type { Paint } from "./paint.js";
import { reasonWords } from "./reason-words.js";
import { counted } from "./wording.js";

/** What people decided or vouch for, one line each, and why it has no effect where it has none. */
export function exceptionLines(
  { suppressions, attestations }: Verdict,
  paint: Paint,
): string[] {
  const { used, unused, lapsed, malformed, pending } = suppressions;
  const lines = [
    ...used.map((one) => suppressionLine(one)),
    ...[...lapsed, ...malformed, ...pending].map((one) => suppressionLine(one)),
    ...unused.map((one) => suppressionLine(one, "it matches nothing")),
    ...attestations.inForce.map(attestationLine),
    ...[...attestations.lapsed, ...attestations.unfounded].map(attestationLine),
  ];
  if (lines.length === 0) return [];
  return [paint("bold", "Accepted or attested by people"), ...lines];
}

/** Where the configuration comes from, what is wrong with it, and what the change would do to it. */
export function configLines(notes: ConfigNotes, paint: Paint): string[] {
  const { origin, brokenBy, problems, warnings, change } = notes;
  const mistakes = [...problems, ...(change?.problems ?? [])];
  const broken =
    brokenBy === undefined
      ? ""
      : ` It was broken by commit ${brokenBy.slice(0, 12)}.`;
  return [
    forTerminal(`${origin}${broken}`),
    ...mistakes.map((note) => paint("red", noteLine(note))),
    ...warnings.map((note) => paint("yellow", noteLine(note))),
    ...(change && change.problems.length > 0
      ? [
          `This change leaves the configuration with ${counted(change.problems.length, "mistake")}; the base's copy governs.`,
        ]
      : []),
    ...(change?.dryRun === undefined ? [] : [forTerminal(change.dryRun)]),
  ];
}

function noteLine({ path, line, column, message, hint }: ConfigNote): string {
  const place = `${path}:${String(line)}:${String(column)}`;
  return forTerminal(
    `  ${place}: ${[message, hint].filter(Boolean).join(" ")}`,
  );
}

function suppressionLine(
  {
    subject,
    at,
    owner,
    ownerFrom,
    until,
    findings,
    because,
    reason,
  }: SuppressionEntry,
  otherwise?: string,
): string {
  const source = ownerFrom === undefined ? "" : ` (${ownerFrom})`;
  const flaw = because ?? otherwise;
  return line([
    `${flaw === undefined ? "suppressed" : "not suppressed"}: ${subject}`,
    `${at.path}:${String(at.line)}`,
    counted(findings, "finding"),
    owner !== undefined && `by ${owner}${source}`,
    until !== undefined && `until ${until}`,
    reason !== undefined && `reason: ${shorten(reasonWords(reason), 150)}`,
    flaw !== undefined && `no effect: ${flaw}`,
  ]);
}

function attestationLine(entry: AttestationEntry): string {
  const { check, project, by, until, because } = entry;
  return line([
    `attested ${check}`,
    project !== undefined && `for ${project}`,
    `by ${by}`,
    `until ${until}`,
    because !== undefined && `does not count: ${because}`,
  ]);
}

function line(parts: readonly (string | false)[]): string {
  const text = parts.filter((part) => part !== false).join(", ");
  return `  ${forTerminal(shorten(text, 400))}`;
}
