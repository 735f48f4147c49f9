import type { JudgedFinding, Verdict } from "#gate/verdict.js";
import { withVisibleControls } from "./escape.js";

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
