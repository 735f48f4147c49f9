import type { Evidence, Finding } from "#gate/finding.js";
import { holdsAccounts } from "#model/account-tables.js";
import { databaseOf } from "#model/database.js";
import { dataUses } from "#model/data-uses.js";
import {
  accountUses,
  deletesFrom,
  fateOf,
  isSoft,
} from "#model/deletion-fate.js";
import { type DeletionPath, deletionPathsOf } from "#model/deletion-paths.js";
import type { Project } from "#model/project.js";
import { isReachable } from "#model/runtimes.js";
import { listed } from "./grouped.js";
import { leftRows } from "./left-rows.js";
import { leftStores } from "./left-stores.js";

/** At most one finding for each way that deletes an account. */
export function pathFindings(project: Project): Finding[] {
  return deletionPathsOf(project).flatMap((path) => {
    const fate = fateOf(project, path);
    if (fate === "flagged") return flagFinding(project, path);
    if (path.handsOn || fate === "open") return [];
    return leftFinding(project, path, fate);
  });
}

/** Words of a deletion that people ask for themselves. */
const ofOneself =
  /account|\bme\b|self|\bmy|own|conta|cuenta|konto|compte|hesap/i;

function flagFinding(project: Project, path: DeletionPath): Finding[] {
  if (isPurgedElsewhere(project)) return [];
  const use = accountUses(project, path).find(
    ({ shape }) => shape.kind !== "read" && shape.kind !== "create",
  );
  if (use === undefined) return [];
  const isOwn = ofOneself.test(path.name) && isReachable(project, path.path);
  return [
    {
      ...{ rule: "flag-only-deletion", path: use.in.path },
      lines: { start: use.line, end: use.line },
      message: `${path.name} only marks the row of ${use.shape.table} as deleted, and nothing removes or masks the data later.`,
      fix: "Delete the row with what belongs to it, or overwrite name, address and the like at once; where a delay is wanted, add a job that removes marked rows after it.",
      confidence: path.handsOn ? "possible" : "likely",
      identity: `${path.name} ${use.shape.table}`,
      ...(!isOwn && { atMost: "advise" as const }),
      evidence: [startOf(path)],
    },
  ];
}

/** A job, a function of the database or a stronger deletion that removes such rows for good. */
function isPurgedElsewhere(project: Project): boolean {
  return (
    accountUses(project, { uses: dataUses(project) }).some(
      (use) => use.shape.kind === "delete" && !isSoft(use),
    ) ||
    [...databaseOf(project).functions.values()].some(({ act }) =>
      deletesFrom(act.body, holdsAccounts),
    )
  );
}

function leftFinding(
  project: Project,
  path: DeletionPath,
  fate: "gone" | "masked",
): Finding[] {
  if (!isSeen(project, path)) return [];
  const stores = leftStores(project, path);
  const rows = fate === "gone" ? leftRows(project, path) : [];
  const left = [...stores, ...rows];
  if (left.length === 0) return [];
  const rowNames = rows.map(({ subject }) => subject);
  const parts = [
    ...stores.map(({ subject }) => subject),
    ...(rowNames.length > 0 ? [`the rows of ${listed(rowNames)}`] : []),
  ];
  return [
    {
      ...{ rule: "incomplete-deletion", path: path.path },
      lines: { start: path.line, end: path.line },
      message: `${path.name} deletes a person and leaves ${parts.join("; ")}.`,
      fix: "Delete them in the same way, before the account: rows by a foreign key with ON DELETE CASCADE, files and vectors by the person's id, the login by its provider's admin call.",
      confidence: stores.length > 0 ? "likely" : "possible",
      identity: path.name,
      evidence: left.slice(0, 12).map(({ path: at, line, note }): Evidence => ({
        path: at,
        line,
        note,
      })),
    },
  ];
}

/** A page that asks somebody else to delete is none: what then happens stands elsewhere. */
function isSeen(project: Project, path: DeletionPath): boolean {
  return (
    path.bodies.length > 0 ||
    accountUses(project, path).some(({ shape }) => shape.kind !== "read") ||
    path.calls.some(({ callee }) =>
      /admin\w*(?:\(\))?\.deleteUser$|users\.deleteUser$|^deleteUser$/i.test(
        callee,
      ),
    )
  );
}

function startOf({ path, line, name }: DeletionPath): Evidence {
  return { path, line, note: `Where ${name} begins.` };
}
