import { createHash } from "node:crypto";
import type { Records } from "#queue/records.js";
import { listAll } from "./list-all.js";

/** Collection that the audit trail is kept in. */
const auditCollection = "audit-trail";

/** Something that went past the gate, or that was tried. */
export interface AuditEntry {
  readonly kind:
    | "bypass"
    | "bypass-refused"
    | "merged-around-the-gate"
    | "pushed-around-the-gate";
  /** When it happened: ISO 8601, UTC. */
  readonly at: string;
  /** `owner/name`. */
  readonly repository: string;
  /** GitHub's number of the repository, which survives a rename. */
  readonly repositoryId: number;
  readonly pullRequest?: number;
  /** Head, or the tip after a push. */
  readonly commit: string;
  /** Login; absent for a deleted account. */
  readonly by?: string;
  /** What was said for it, or why it was refused. */
  readonly reason: string;
  /** Where it can be read. */
  readonly url?: string;
  /** A bypass or a merge around the gate stays open until somebody who did not build it has looked at it. */
  readonly followUp?: FollowUp;
}

/** Whether somebody looked at it afterwards. */
export interface FollowUp {
  readonly state: "open" | "reviewed";
  /** Login of who looked. */
  readonly by?: string;
  /** ISO 8601, UTC. */
  readonly at?: string;
}

/** Writes an entry once: the same thing seen again is the same entry. @param name - Tells it from others of its kind. */
export async function writeAudit(
  records: Records,
  entry: AuditEntry,
  name: string,
): Promise<void> {
  const key = `${prefixOf(entry)}${entry.kind}/${digest(name)}`;
  await records.put(auditCollection, key, entry, { ifVersion: 0 });
}

/** Notes that somebody looked at what went past the gate. */
export async function closeFollowUps(
  records: Records,
  place: { readonly repositoryId: number; readonly pullRequest: number },
  { by, at }: { readonly by: string; readonly at: string },
): Promise<void> {
  const prefix = prefixOf(place);
  for (const { key, value } of await records.list(auditCollection, {
    prefix,
  })) {
    const entry = value as AuditEntry;
    if (entry.followUp?.state !== "open") continue;
    const followUp: FollowUp = { state: "reviewed", by, at };
    await records.put(auditCollection, key, { ...entry, followUp });
  }
}

/** All entries from old to new. */
export async function readAudit(
  records: Records,
): Promise<readonly AuditEntry[]> {
  const found = await listAll(records, auditCollection);
  const entries = found.map(({ value }) => value as AuditEntry);
  return entries.sort(
    (one, other) => Date.parse(one.at) - Date.parse(other.at),
  );
}

function prefixOf({
  repositoryId,
  pullRequest,
}: Pick<AuditEntry, "repositoryId" | "pullRequest">): string {
  return `${String(repositoryId)}/${String(pullRequest ?? 0)}/`;
}

function digest(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 32);
}
