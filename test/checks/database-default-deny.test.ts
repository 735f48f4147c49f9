import { describe, expect, test } from "@jest/globals";
import { databaseDefaultDeny } from "#checks/secrets/database-default-deny/check.js";
import { buildProject } from "#model/build-project.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";

function judged(files: Files): string[] {
  const project = buildProject(aSnapshot({ files }), {
    checks: [databaseDefaultDeny],
  });
  const outcome = databaseDefaultDeny.evaluate(project);
  if (outcome.status === "unknown") return [`unknown: ${outcome.because}`];
  if (outcome.status !== "broken") return [outcome.status];
  return outcome.findings.map(
    ({ rule, path, lines, atMost }) =>
      `${rule} ${path}:${String(lines.start)}${atMost ? ` ${atMost}` : ""}`,
  );
}

const migration = "supabase/migrations/1.sql";
const supabase = (sql: string): string[] => judged({ [migration]: sql });

describe("definer functions", () => {
  const withBody = (body: string, more = ""): string[] =>
    supabase(
      `create function spend(p_user_id uuid) returns void language plpgsql security definer as $$ ${body} $$; ${more}`,
    );
  const write = "update wallets set credits = 0 where user_id = p_user_id;";
  const fires = [`definer-trusts-argument ${migration}:1`];

  test.each([
    ["nothing is asked", `begin ${write} end`],
    [
      "the caller is only written down",
      `begin ${write} insert into log values (auth.uid()); update log set by_id = auth.uid(); end`,
    ],
    [
      "it asks only that somebody is signed in",
      `begin if auth.uid() is null then raise 'no'; end if; ${write} end`,
    ],
    [
      "a function of a fitting name tests something else",
      `begin if not is_valid_amount(3) then raise 'no'; end if; ${write} end`,
      "create function is_valid_amount(a int) returns boolean language sql as $$ select a > 0 $$;",
    ],
    [
      "the right is taken from everybody, but the platform gave it to each role",
      `begin ${write} end`,
      "revoke execute on function spend from public;",
    ],
  ])("are reported where %s", (_, body, more = "") => {
    expect(withBody(body, more)).toEqual(fires);
  });

  test.each([
    [
      "the argument is compared",
      `begin if auth.uid() <> p_user_id then raise 'no'; end if; ${write} end`,
    ],
    [
      "the caller is kept in a variable first",
      `declare me uuid := auth.uid(); begin if p_user_id is distinct from me then raise 'no'; end if; ${write} end`,
    ],
    ["the row is", "begin delete from wallets where user_id = auth.uid(); end"],
    [
      "the role is",
      `begin if auth.role() != 'service_role' then raise 'no'; end if; ${write} end`,
    ],
    [
      "a function that looks at the caller is asked",
      `begin perform guard_it(); ${write} end`,
      "create function guard_it() returns void language plpgsql as $$ begin if (auth.jwt() ->> 'role') <> 'admin' then raise 'no'; end if; end $$;",
    ],
    [
      "a helper of the database that no file has is asked",
      `begin if not is_admin() then raise 'no'; end if; ${write} end`,
    ],
    [
      "the rights were taken away",
      `begin ${write} end`,
      "revoke execute on function spend(uuid) from public, anon, authenticated;",
    ],
    [
      "all rights in the schema were",
      `begin ${write} end`,
      "revoke all on all functions in schema public from public, anon, authenticated;",
    ],
  ])("hold where %s", (_, body, more = "") => {
    expect(withBody(body, more)).toEqual(["holds"]);
  });
});

describe("standing of a person", () => {
  const profiles = `create table profiles (id uuid, name text, role text);
alter table profiles enable row level security;
create policy own on profiles for update using (auth.uid() = id);`;

  test("a right on the whole table is not lost by revoking it on the column", () => {
    expect(
      supabase(
        `${profiles} revoke update (role) on profiles from authenticated;`,
      ),
    ).toEqual([`owner-writes-standing ${migration}:3`]);
    expect(
      supabase(
        `${profiles} revoke update on profiles from authenticated; grant update (name) on profiles to authenticated;`,
      ),
    ).toEqual(["holds"]);
  });
});

describe("tables without row level security", () => {
  test("weigh less where nothing but the database uses them", () => {
    const files = {
      [migration]:
        "create table refresh_log (at timestamptz); create table invoices (id int); create table people (email text);",
      "src/a.ts": 'export const a = client.from("invoices").select();',
    };

    expect(judged(files)).toEqual([
      `table-without-rls ${migration}:1 advise`,
      `table-without-rls ${migration}:1`,
      `table-without-rls ${migration}:1`,
    ]);
  });

  test("of a schema in code count too, where its database is the one that is served", () => {
    const files = {
      "supabase/config.toml": '[api]\nschemas = ["public"]\n',
      "src/db.ts":
        'import { pgTable, text } from "drizzle-orm/pg-core";\nexport const a = pgTable("a", { x: text() });\nexport const b = pgTable("b", { x: text() }).enableRLS();',
      ".env.example":
        "DATABASE_URL=postgres://db.abc.supabase.co:5432/postgres",
    };

    expect(judged(files)).toEqual(["table-without-rls src/db.ts:2 advise"]);
    expect(
      judged({
        ...files,
        "drizzle/1.sql":
          "create table a (x text); alter table a enable row level security;",
      }),
    ).toEqual(["holds"]);
    expect(judged({ ...files, ".env.example": "DATABASE_URL=" })).toEqual([
      "holds",
    ]);
  });

  test("tables that the code asks for and no file defines are not known, by name", () => {
    expect(
      judged({
        [migration]:
          "create table a (id int); alter table a enable row level security;",
        "src/a.ts":
          'client.from("a"); client.from("ledger"); client.from("orders");',
      }),
    ).toEqual([
      "unknown: no file defines these tables that the code uses: ledger, orders; commit their SQL, so that their policies can be judged",
    ]);
  });
});
