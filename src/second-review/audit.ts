import { globMatcher } from "#gate/glob.js";
import { indexPeople, type Identity } from "./identity.js";

/** A change that reached the branch, by a pull request or without one. */
export interface MergedChange {
  /** ISO 8601, as the server says it. */
  readonly at: string;
  readonly commit: string;
  /** Absent for a push to the branch itself. */
  readonly pullRequest?: number;
  readonly paths: readonly string[];
  readonly builders: readonly Identity[];
  /** Everyone whose approval of it stood when it was merged. */
  readonly approvers: readonly Identity[];
}

/** A person's statement that a file was reviewed. */
export interface ReviewAttestation {
  /** Patterns of the paths that it is about. */
  readonly paths: readonly string[];
  readonly reviewer: Identity;
  /** Commit that was reviewed. */
  readonly commit: string;
  /** ISO 8601. */
  readonly at: string;
  /** Last day on which it counts: ISO 8601. */
  readonly until: string;
}

/** What an audit of the second reviewer rests on. */
export interface AuditFacts {
  /** ISO 8601. The only clock. */
  readonly at: string;
  /** Sensitive files that are there now. */
  readonly paths: readonly string[];
  /** Every change that is known, in any order. */
  readonly changes: readonly MergedChange[];
  readonly attestations: readonly ReviewAttestation[];
  readonly samePerson: readonly (readonly string[])[];
}

/** Whether a file, as it stands now, was ever looked at by somebody who did not build it. */
export interface FileAudit {
  readonly path: string;
  /** `unknown`: no change of it is known, so nothing can be said. */
  readonly status: "reviewed" | "attested" | "unreviewed" | "unknown";
  /** Who reviewed or attested it. */
  readonly by?: Identity;
  /** The newest change, or the attestation: ISO 8601. */
  readonly at?: string;
  readonly commit?: string;
  readonly pullRequest?: number;
}

/**
 * Answers for each sensitive file. A review counts until a later change comes in without one; a statement that is dated
 * after that change, and has not run out, stands in for it, unless whoever makes it built the file.
 */
export function auditReviews(facts: AuditFacts): readonly FileAudit[] {
  const people = indexPeople(
    facts.changes.flatMap(({ builders, approvers }) => [
      ...builders,
      ...approvers,
    ]),
    facts.samePerson,
  );
  const isAmong = (who: Identity, some: readonly Identity[]) =>
    some.some((other) => people.keyOf(other) === people.keyOf(who));
  return facts.paths.map((path) => {
    const changes = facts.changes
      .filter(({ paths }) => paths.includes(path))
      .sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
    const [newest] = changes;
    const attestation = newestAttestation(facts, path, (reviewer) =>
      changes.some(({ builders }) => isAmong(reviewer, builders)),
    );
    const by = newest?.approvers.find((who) => !isAmong(who, newest.builders));
    if (newest && by)
      return { path, status: "reviewed", by, ...placeOf(newest) };
    if (attestation && covers(attestation, newest))
      return {
        ...{ path, status: "attested", by: attestation.reviewer },
        ...{ at: attestation.at, commit: attestation.commit },
      };
    return newest
      ? { path, status: "unreviewed", ...placeOf(newest) }
      : { path, status: "unknown" };
  });
}

function placeOf({
  at,
  commit,
  pullRequest,
}: MergedChange): Pick<FileAudit, "at" | "commit" | "pullRequest"> {
  return { at, commit, ...(pullRequest !== undefined && { pullRequest }) };
}

function newestAttestation(
  { at, attestations }: AuditFacts,
  path: string,
  isBuilder: (reviewer: Identity) => boolean,
): ReviewAttestation | undefined {
  const now = Date.parse(at);
  return attestations
    .filter(
      (each) =>
        Date.parse(each.at) <= now &&
        now <= endOfDay(each.until) &&
        globMatcher(each.paths)(path) &&
        !isBuilder(each.reviewer),
    )
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];
}

/** A day counts to its end, in UTC. */
function endOfDay(date: string): number {
  return Date.parse(date.slice(0, 10)) + 86_400_000 - 1;
}

function covers(
  attestation: ReviewAttestation,
  newest: MergedChange | undefined,
): boolean {
  // A day without a time may be after anything that happened on it.
  const at = /T/.test(attestation.at)
    ? Date.parse(attestation.at)
    : endOfDay(attestation.at);
  return (
    newest === undefined ||
    attestation.commit === newest.commit ||
    at > Date.parse(newest.at)
  );
}
