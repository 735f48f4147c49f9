import { existsSync } from "node:fs";
import { forTerminal } from "#report/escape.js";
import { type AuditEntry, readAudit } from "#server/audit-trail.js";
import { openStore } from "#server/open-store.js";
import { SettingsError } from "#server/settings-error.js";
import { complain } from "./complain.js";
import { exitCodes } from "./exit-code.js";

/** The forms in which the audit trail can be had. */
export type AuditFormat = "pretty" | "json";

/**
 * Prints who lifted the gate, tried to, or went around it, from old to new. A server may run on the same store.
 *
 * @param directory - Where the server keeps its store.
 * @returns the exit code.
 */
export async function opsAuditTrail(
  directory: string,
  format: AuditFormat,
): Promise<number> {
  if (!existsSync(directory)) {
    complain(
      `there is no store in ${forTerminal(directory)}: set DATA_DIR to the server's data directory.`,
    );
    return exitCodes.usage;
  }
  try {
    const keeper = openStore(directory, storeOptions);
    const entries = await readAudit(keeper.records).finally(() =>
      keeper.close(),
    );
    process.stdout.write(
      format === "json"
        ? `${JSON.stringify(entries, null, 2)}\n`
        : asText(entries),
    );
    return exitCodes.nothingBlocks;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    complain(error.message);
    return exitCodes.usage;
  }
}

/** Nothing is claimed, so that what jobs are like does not matter. */
const storeOptions = {
  now: Date.now,
  leaseMs: 60_000,
  groupCap: 1,
  merge: (_: unknown, later: unknown) => later,
};

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
