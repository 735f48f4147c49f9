import type { JudgedFinding, Verdict } from "#gate/verdict.js";

/** Raised when a reader of the JSON report would have to change. */
const formatVersion = 1;

/**
 * The verdict as one JSON document, documented in the README: keys in a fixed order, findings the heaviest first.
 * Equal verdicts give equal bytes.
 */
export function jsonReport(verdict: Verdict): string {
  const document = {
    version: formatVersion,
    findings: verdict.findings.map(jsonFinding),
    items: verdict.items.map(({ id, check, status, because }) => ({
      id,
      check,
      status,
      because,
    })),
    gaps: verdict.gaps.map(({ path, because }) => ({ path, because })),
  };
  return `${withVisibleControls(JSON.stringify(document, null, 2))}\n`;
}

function jsonFinding(finding: JudgedFinding) {
  return {
    item: finding.item,
    check: finding.check,
    rule: `${finding.check}/${finding.rule}`,
    path: finding.path,
    startLine: finding.lines.start,
    endLine: finding.lines.end,
    level: finding.level,
    confidence: finding.confidence,
    introduced: finding.introduced,
    message: finding.message,
    fix: finding.fix,
    fingerprint: finding.fingerprint,
    ...(finding.commit !== undefined && { commit: finding.commit }),
    ...(finding.evidence && {
      evidence: finding.evidence.map(({ path, line, note }) => ({
        path,
        line,
        note,
      })),
    }),
  };
}

/** JSON lets C1 and bidi controls stand as they are; a terminal or a log viewer would obey them. Same values, escaped. */
function withVisibleControls(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) =>
      `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
