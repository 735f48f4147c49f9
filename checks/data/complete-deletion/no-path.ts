import type { Finding } from "#gate/finding.js";
import { holdsAccounts } from "#model/account-tables.js";
import { databaseOf } from "#model/database.js";
import { dataUses } from "#model/data-uses.js";
import { accountUses, deletesFrom } from "#model/deletion-fate.js";
import { deletionSigns } from "#model/deletion-signs.js";
import { signUpsOf } from "#model/sign-ups.js";
import { personalTables } from "#model/personal-tables.js";
import type { Project } from "#model/project.js";

/** That people can make accounts here and nothing in the code deletes one; at most one for a repository. */
export function noDeletionFinding(project: Project): Finding[] {
  const [signUp] = signUpsOf(project);
  if (signUp === undefined || isDeletedSomewhere(project)) return [];
  const table = personalTables(project).find(({ table: one }) =>
    holdsAccounts(one.name),
  );
  const [column] = table?.columns ?? [];
  const place = column
    ? { path: column.column.file, line: column.column.line }
    : signUp;
  return [
    {
      rule: "no-deletion",
      path: place.path,
      lines: { start: place.line, end: place.line },
      message: table
        ? `People can sign up, ${table.table.name} keeps their data, and no code deletes an account.`
        : "People can sign up, and no code deletes an account.",
      fix: "Add a way to delete one's own account that removes the row, what belongs to it, files and the login; or attest under complete-deletion in .vibegate.yml how requests are met by hand.",
      confidence: "likely",
      identity: "repository",
      evidence: [{ ...signUp, note: "Where an account is made." }],
    },
  ];
}

function isDeletedSomewhere(project: Project): boolean {
  return (
    deletionSigns(project) ||
    accountUses(project, { uses: dataUses(project) }).some(
      ({ shape }) => shape.kind === "delete",
    ) ||
    [...databaseOf(project).functions.values()].some(
      ({ act }) =>
        deletesFrom(act.body, holdsAccounts) ||
        /delete\s+from\s+"?auth"?\./i.test(act.body),
    )
  );
}
