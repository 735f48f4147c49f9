import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Client } from "pg";
import { buildProject } from "#model/build-project.js";
import { databaseOf } from "#model/database.js";
import { accessOf, type Access, type ApiRole } from "#model/sql-access.js";
import { aSnapshot } from "#support/a-snapshot.js";
import { type LocalPostgres, startPostgres } from "#support/postgres.js";

/** What the platform sets up before the first migration runs. */
const platform = `
  create role anon; create role authenticated; create role service_role bypassrls;
  create schema auth;
  create function auth.uid() returns uuid language sql stable as
    $$ select nullif(current_setting('request.sub', true), '')::uuid $$;
  create function auth.role() returns text language sql stable as $$ select current_user::text $$;
  grant usage on schema auth, public to anon, authenticated, service_role;
  alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
`;

const columns =
  "(id int primary key default 1, user_id uuid, note text, role text)";
const own = "auth.uid() = user_id";

/** Migrations in their order. The first column of each table's name says what is tried on it. */
const migrations: Readonly<Record<string, string>> = {
  "supabase/migrations/1_tables.sql": [
    ..."open closed own_all own_read read_all write_all check_only restricted restricted_own dropped altered renamed"
      .split(" ")
      .concat(
        "reopened looped built revoked column_right column_revoke regranted signed_in service false_or role_test".split(
          " ",
        ),
        "insert_only delete_any subselect moved unguarded_default late nobody public_revoke".split(
          " ",
        ),
      )
      .map((name) => `create table ${name} ${columns};`),
  ].join("\n"),
  "supabase/migrations/2_policies.sql": `
    alter table closed enable row level security;
    alter table own_all enable row level security;
    create policy p on own_all using (${own});
    alter table own_read enable row level security;
    create policy p on own_read for select to authenticated using ((select auth.uid()) = user_id);
    alter table read_all enable row level security;
    create policy p on read_all for select using (true);
    alter table write_all enable row level security;
    create policy p on write_all for all using (1 = 1) with check (not false);
    alter table check_only enable row level security;
    create policy p on check_only for insert to authenticated with check (user_id = auth.uid());
    alter table restricted enable row level security;
    create policy p on restricted using (true);
    create policy r on restricted as restrictive for all to anon using (false);
    alter table restricted_own enable row level security;
    create policy p on restricted_own using (true);
    create policy r on restricted_own as restrictive for update using (${own});
    alter table dropped enable row level security;
    create policy p on dropped using (true);
    alter table altered enable row level security;
    create policy p on altered using (true);
    alter table renamed enable row level security;
    create policy p on renamed for select using (true);
    alter table reopened enable row level security;
    alter table signed_in enable row level security;
    create policy p on signed_in for all using (auth.uid() is not null);
    alter table service enable row level security;
    create policy p on service for all to service_role using (true);
    alter table false_or enable row level security;
    create policy p on false_or for all using (false or ${own});
    alter table role_test enable row level security;
    create policy p on role_test for select using (auth.role() = 'authenticated');
    alter table insert_only enable row level security;
    create policy p on insert_only for insert with check (true);
    alter table delete_any enable row level security;
    create policy p on delete_any for delete to authenticated using (true);
    alter table subselect enable row level security;
    create policy p on subselect for select using ((select auth.uid())::text = user_id::text);
    alter table nobody enable row level security;
    create policy p on nobody using (auth.uid() is null and false);
    create schema private; grant usage on schema private to anon, authenticated;
    alter table moved set schema private;
  `,
  "supabase/migrations/10_later.sql": `
    drop policy p on dropped;
    alter policy p on altered to authenticated using (${own});
    alter policy p on renamed rename to q;
    alter table renamed rename to renamed_later;
    alter table reopened disable row level security;
    do $$ declare t text; begin
      foreach t in array array['looped', 'late'] loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy %I on %I for select using (%s)', 'p', t, 'true');
      end loop;
    end $$;
    do $$ begin execute 'alter table ' || 'built' || ' enable row level security'; end $$;
    revoke all on revoked from anon, authenticated;
    revoke update on column_right from authenticated, anon;
    grant update (note) on column_right to authenticated;
    revoke update (note) on column_revoke from anon, authenticated;
    revoke all on all tables in schema public from service_role;
    grant all on all tables in schema public to service_role;
    revoke all on regranted from anon, authenticated;
    grant select on regranted to public;
    revoke select on public_revoke from public;
    alter default privileges in schema public revoke insert, update, delete on tables from anon;
    create table born_later ${columns};
  `,
};

const owner = "00000000-0000-4000-8000-000000000001";
const other = "00000000-0000-4000-8000-000000000002";
const commands = ["select", "insert", "update", "delete"] as const;
type Command = (typeof commands)[number];

let postgres: LocalPostgres;
let client: Client;

beforeAll(async () => {
  postgres = await startPostgres();
  client = new Client({ connectionString: await postgres.database() });
  await client.connect();
  await client.query(platform);
  for (const sql of Object.values(migrations)) await client.query(sql);
}, 60_000);

afterAll(async () => {
  await client.end();
  await postgres.stop();
});

test("who may read and write each table is what Postgres itself answers when asked as each role", async () => {
  const database = databaseOf(
    buildProject(aSnapshot({ files: migrations }), { checks: [] }),
  );
  const [said, answered]: [string[], string[]] = [[], []];

  for (const table of database.tables.values())
    for (const [role, subject] of callers)
      for (const command of commands) {
        const { schema, name } = table.name;
        const access = accessOf(database, table, role, command, true);
        const asked = `${schema}.${name} ${command} as ${role} ${subject}`;
        said.push(`${asked}: ${String(allows(access, subject))}`);
        const may = await ask(`${schema}.${name}`, command, role, subject);
        answered.push(`${asked}: ${String(may)}`);
      }

  expect(database.tables.size).toBe(32);
  expect(database.gaps).toEqual([]);
  expect(said).toEqual(answered);
}, 60_000);

const callers: readonly (readonly [ApiRole, string])[] = [
  ["anon", ""],
  ["authenticated", owner],
  ["authenticated", other],
  ["service_role", ""],
];

function allows(access: Access, subject: string): boolean {
  if (access === "some rows") throw new Error("no policy here is so vague");
  return access === "every row" || (access === "own rows" && subject === owner);
}

/** Tries it on the owner's row, in a transaction that leaves no trace. */
async function ask(
  table: string,
  command: Command,
  role: ApiRole,
  subject: string,
): Promise<boolean> {
  const row = `insert into ${table} (id, user_id) values (1, '${owner}')`;
  const statements: Readonly<Record<Command, string>> = {
    select: `select 1 from ${table}`,
    insert: row,
    update: `update ${table} set note = 'x'`,
    delete: `delete from ${table}`,
  };
  await client.query("begin");
  try {
    if (command !== "insert") await client.query(row);
    await client.query(`set local role ${role}`);
    await client.query("select set_config('request.sub', $1, true)", [subject]);
    const { rowCount } = await client.query(statements[command]);
    return rowCount === 1;
  } catch (error) {
    // 42501: the role lacks the right, or a policy refuses the row.
    if ((error as { code?: string }).code === "42501") return false;
    throw error;
  } finally {
    await client.query("rollback");
  }
}
