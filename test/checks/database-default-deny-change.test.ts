import { describe, expect, test } from "@jest/globals";
import { databaseDefaultDeny } from "#checks/secrets/database-default-deny/check.js";
import { buildProject } from "#model/build-project.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";

const [first, later] = [
  "supabase/migrations/1_notes.sql",
  "supabase/migrations/2_later.sql",
];
const notes = `create table notes (id int, user_id uuid, body text);
alter table notes enable row level security;
create policy mine on notes using (auth.uid() = user_id);
`;

/** The findings of a change that adds the later migration to what was there. */
function foundBy(files: Files, lines: number) {
  const snapshot = aSnapshot({
    ...{ files, scope: "change" },
    changes: [
      {
        path: later,
        status: "added",
        added: [{ start: 1, end: lines }],
        removed: [],
      },
    ],
  });
  const project = buildProject(snapshot, { checks: [databaseDefaultDeny] });
  const outcome = databaseDefaultDeny.evaluate(project);
  return outcome.status === "broken" ? outcome.findings : [];
}

describe("a change of the database", () => {
  test("is answered on its own statement, with what the database is in the end", () => {
    const found = foundBy(
      {
        [first]: notes,
        [later]:
          "-- for now\ncreate policy open on notes for update using (true);\n",
      },
      2,
    );

    expect(found).toMatchObject([
      {
        rule: "anyone-may-write",
        path: later,
        lines: { start: 2 },
        message: expect.stringMatching(
          /^In the end, policy "open" lets anyone/,
        ),
      },
    ]);
  });

  test("that takes the protection of an old table away is answered where it does", () => {
    const found = foundBy(
      {
        [first]: notes,
        [later]: "alter table notes disable row level security;\n",
      },
      1,
    );

    expect(found).toMatchObject([{ path: later, lines: { start: 1 } }]);
  });

  test("that repairs itself is no finding", () => {
    const text =
      "create policy open on notes for update using (true);\ndrop policy open on notes;\n";

    expect(foundBy({ [first]: notes, [later]: text }, 2)).toEqual([]);
  });

  test("does not answer for what was open before", () => {
    const open = `${notes}create policy open on notes for update using (true);\n`;
    const found = foundBy(
      {
        [first]: open,
        [later]:
          "create table plans (id int);\nalter table plans enable row level security;\n",
      },
      2,
    );

    // It stands where it was written, which no change of the later file introduced.
    expect(found.map(({ path }) => path)).toEqual([first]);
  });
});
