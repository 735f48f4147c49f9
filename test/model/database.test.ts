import { describe, expect, test } from "@jest/globals";
import { buildProject } from "#model/build-project.js";
import type { Database } from "#model/database-state.js";
import { databaseOf } from "#model/database.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";

function fold(files: Files): Database {
  return databaseOf(buildProject(aSnapshot({ files }), { checks: [] }));
}

const table =
  "create table notes (id int, user_id uuid); alter table notes enable row level security;";
const wide = 'create policy "all" on notes using (true);';

describe("the order of files", () => {
  test("a dump does not bring back what a migration dropped", () => {
    const database = fold({
      "supabase/schema.sql": `${table}\n${wide}`,
      "supabase/migrations/20250101_init.sql": `${table}\n${wide}`,
      "supabase/migrations/20250201_close.sql": 'drop policy "all" on notes;',
    });

    expect([...database.tables.get("public.notes")!.policies.keys()]).toEqual(
      [],
    );
    expect(database.tables.get("public.notes")).toMatchObject({
      rowSecurity: true,
    });
  });

  test("a script that changes what is there runs after the migrations", () => {
    const database = fold({
      "scripts/a-fix.sql": "alter table notes disable row level security;",
      "supabase/migrations/20250101_init.sql": table,
    });

    expect(database.tables.get("public.notes")).toMatchObject({
      rowSecurity: false,
      rowSecurityPlace: { path: "scripts/a-fix.sql", line: 1 },
    });
  });

  test("numbers are compared as numbers", () => {
    const database = fold({
      "migrations/10_close.sql": "drop table notes;",
      "migrations/9_open.sql": table,
    });

    expect(database.tables.size).toBe(0);
  });

  test.each([
    "migrations_old/1_init.sql",
    "sql/archive/init.sql",
    "rollback_notes.sql",
    "migrations/1_init.down.sql",
    "flyway/U1__init.sql",
  ])("%s was put away, or takes back", (path) => {
    expect(fold({ [path]: table }).files).toBe(0);
  });

  test("a numbered migration that reverts another one counts", () => {
    expect(
      fold({ "supabase/migrations/20250101_revert_notes.sql": table }).tables
        .size,
    ).toBe(1);
  });
});

describe("folding", () => {
  test("a policy belongs to its table through renames, and goes with it", () => {
    const database = fold({
      "migrations/1.sql": `${table} ${wide} alter table notes rename to pages; alter policy "all" on pages rename to "everyone";`,
    });

    expect([...database.tables.get("public.pages")!.policies.keys()]).toEqual([
      "everyone",
    ]);
    expect(
      fold({
        "migrations/1.sql": `${table} ${wide} drop table notes cascade; ${table}`,
      }).tables.get("public.notes")!.policies.size,
    ).toBe(0);
  });

  test("a block that may not run closes for all that we know, and opens nothing", () => {
    const database = fold({
      "migrations/1.sql": `${table} do $$ begin if false then alter table notes disable row level security; end if; end $$;`,
    });

    expect(database.tables.get("public.notes")?.rowSecurity).toBe(true);
  });

  test("a trigger that was dropped holds nothing any more", () => {
    const trigger =
      "create trigger hold before update on notes for each row execute function keep();";

    expect(
      fold({ "migrations/1.sql": `${table} ${trigger} ${trigger}` }).triggers,
    ).toHaveLength(1);
    expect(
      fold({
        "migrations/1.sql": `${table} ${trigger} drop trigger if exists hold on notes;`,
      }).triggers,
    ).toEqual([]);
  });
});
