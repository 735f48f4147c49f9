import type { ConfigNotes } from "./config-notes.js";
import type { ReportSubject } from "./subject.js";
import type { JudgedFinding, Verdict } from "#gate/verdict.js";
import { withVisibleControls } from "./escape.js";

/** Raised when a reader of the JSON report would have to change. */
const formatVersion = 1;

/**
 * The verdict as one JSON document, documented in the README: keys in a fixed order, findings the heaviest first.
 * Equal verdicts give equal bytes.
 */
export function jsonReport(
  verdict: Verdict,
  { config }: Partial<Pick<ReportSubject, "config">> = {},
): string {
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
    ...exceptionsOf(verdict),
    ...(config && { config: configOf(config) }),
  };
  return `${withVisibleControls(JSON.stringify(document, null, 2))}\n`;
}

function jsonFinding(finding: JudgedFinding) {
  return {
    item: finding.item,
    check: finding.check,
    rule: `${finding.check}/${finding.rule}`,
    ...(finding.project !== undefined && { project: finding.project }),
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

function exceptionsOf({ countdown, suppressions, attestations }: Verdict) {
  const { inForce, lapsing, lapsed, unfounded } = attestations;
  const isEmpty = (report: object) =>
    Object.values(report).every(
      (list: readonly unknown[]) => list.length === 0,
    );
  return {
    ...(countdown && { countdown }),
    ...(!isEmpty(suppressions) && { suppressions }),
    ...(!isEmpty(attestations) && {
      attestations: { inForce, lapsing, lapsed, unfounded },
    }),
  };
}

function configOf({
  origin,
  problems,
  warnings,
  brokenBy,
  change,
}: ConfigNotes) {
  return {
    origin,
    ...(problems.length > 0 && { problems }),
    ...(warnings.length > 0 && { warnings }),
    ...(brokenBy !== undefined && { brokenBy }),
    ...(change && { change }),
  };
}
