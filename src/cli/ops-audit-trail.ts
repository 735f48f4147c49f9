import { forTerminal } from "#report/escape.js";
import { type AuditEntry, readAudit } from "#server/audit-trail.js";
import { withStore } from "./with-store.js";

/** The forms in which the audit trail can be had. */
export type AuditFormat = "pretty" | "json";

/**
 * Prints who lifted the gate, tried to, or went around it, from old to new. A server may run on the same store.
 *
 * @param directory - Where the server keeps its store, where that is not on Postgres.
 * @returns the exit code.
 */
export async function opsAuditTrail(
  directory: string,
  format: AuditFormat,
): Promise<number> {
  return withStore({ ...process.env, DATA_DIR: directory }, async (keeper) => {
    const entries = await readAudit(keeper.records);
    process.stdout.write(
      format === "json"
        ? `${JSON.stringify(entries, null, 2)}\n`
        : asText(entries),
    );
  });
}

const words: Readonly<Record<AuditEntry["kind"], string>> = {
  bypass: "BYPASS",
  "bypass-refused": "bypass refused",
  "merged-around-the-gate": "MERGED AROUND THE GATE",
  "pushed-around-the-gate": "PUSHED AROUND THE GATE",
};

function asText(entries: readonly AuditEntry[]): string {
  if (entries.length === 0) return "Nothing went past the gate.\n";
  return entries.map((entry) => `${forTerminal(lineOf(entry))}\n`).join("");
}

function lineOf(entry: AuditEntry): string {
  const { at, kind, repository, pullRequest, commit, by, reason } = entry;
  const subject =
    pullRequest === undefined
      ? `${repository}@${commit.slice(0, 7)}`
      : `${repository}#${String(pullRequest)} at ${commit.slice(0, 7)}`;
  return `${at}  ${words[kind]}  ${subject}  by ${by ?? "a deleted account"}: ${reason}${followUpOf(entry)}`;
}

function followUpOf({ followUp }: AuditEntry): string {
  if (!followUp) return "";
  return followUp.state === "open"
    ? "  [not reviewed since]"
    : `  [reviewed afterwards by ${followUp.by ?? "somebody"}]`;
}
