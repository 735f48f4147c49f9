import { describe, expect, test } from "@jest/globals";
import { databaseDefaultDeny } from "#checks/secrets/database-default-deny/check.js";
import { buildProject } from "#model/build-project.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";

/** Rules that fire, with the file in which they do. */
function judged(files: Files): string[] {
  const outcome = databaseDefaultDeny.evaluate(
    buildProject(aSnapshot({ files }), { checks: [databaseDefaultDeny] }),
  );
  return outcome.status === "broken"
    ? outcome.findings.map(({ rule, path }) => `${rule} ${path}`)
    : [outcome.status];
}

const [first, later] = [
  "supabase/migrations/1.sql",
  "supabase/migrations/2.sql",
];

interface Case {
  /** What is there before. */
  readonly base: string;
  /** What opens it. */
  readonly hole: string;
  /** What closes it again. */
  readonly fix: string;
  /** What opens it after the fix; the hole once more unless said. */
  readonly reopen?: string;
  /** Near misses, each in place of the hole. */
  readonly fine: readonly string[];
}

const own = "using (auth.uid() = user_id)";
const notes =
  "create table notes (id int, user_id uuid, body text); alter table notes enable row level security;";
const people =
  "create table profiles (id uuid, name text, email text, role text); alter table profiles enable row level security; create policy mine on profiles for select using (auth.uid() = id);";

const cases: Readonly<Record<string, Case>> = {
  "table-without-rls": {
    base: "select 1;",
    hole: "create table notes (id int, user_id uuid);",
    fix: "alter table notes enable row level security;",
    reopen: "alter table notes disable row level security;",
    fine: [
      "create table notes (id int); revoke all on notes from anon, authenticated;",
      "create schema hidden; create table hidden.notes (id int);",
      "create temp table notes (id int);",
      "create table notes (id int); do $$ begin alter table notes enable row level security; end $$;",
      "create table notes (id int); alter table notes set schema hidden;",
      "create table schema_migrations (version text);",
    ],
  },
  "reopened-table": {
    base: notes,
    hole: "alter table notes disable row level security;",
    fix: "alter table public.notes enable row level security;",
    fine: [
      "alter table notes force row level security;",
      "-- alter table notes disable row level security;",
      "do $$ begin if false then alter table notes disable row level security; end if; end $$;",
      "drop table notes;",
      "comment on table notes is 'alter table notes disable row level security';",
    ],
  },
  "anyone-may-write": {
    base: notes,
    hole: "create policy p on notes for all using (true);",
    fix: "drop policy p on notes;",
    fine: [
      "create policy p on notes for all to service_role using (true);",
      "create policy p on notes for select using (true);",
      `create policy p on notes ${own};`,
      "create policy p on notes using (false);",
      "create policy p on notes for update using (true) with check (auth.uid() = user_id);",
      "create policy p on notes using (auth.role() = 'service_role');",
      "create policy p on notes using (true); create policy r on notes as restrictive using (auth.uid() = user_id);",
    ],
  },
  "any-user-may-write": {
    base: notes,
    hole: "create policy p on notes for delete to authenticated using (auth.uid() is not null);",
    fix: `alter policy p on notes ${own};`,
    reopen: "alter policy p on notes using (auth.uid() is not null);",
    fine: [
      `create policy p on notes for delete to authenticated ${own};`,
      "create policy p on notes for delete to authenticated using ((select auth.uid()) = user_id);",
      "create policy p on notes for delete to authenticated using (exists (select 1 from members m where m.user_id = auth.uid()));",
      "create policy p on notes for delete to authenticated using (is_admin());",
      "create policy p on notes for delete to postgres using (true);",
    ],
  },
  "personal-data-for-everyone": {
    base: people,
    hole: "create policy p on profiles for select using (true);",
    fix: "drop policy if exists p on public.profiles;",
    fine: [
      "create policy p on profiles for select using (id = auth.uid());",
      "create table products (id int, address text); alter table products enable row level security; create policy p on products for select using (true);",
      "create policy p on profiles for select to service_role using (true);",
      "alter table profiles drop column email; create policy p on profiles for select using (true);",
      "create policy p on profiles for select using (auth.email() = email);",
    ],
  },
  "owner-writes-standing": {
    base: people,
    hole: "create policy p on profiles for update using (auth.uid() = id);",
    fix: "revoke update on profiles from authenticated; grant update (name) on profiles to authenticated;",
    reopen: "grant update on profiles to authenticated;",
    fine: [
      "create policy p on profiles for update using (auth.uid() = id) with check (auth.uid() = id and role = 'user');",
      "create policy p on profiles for insert with check (auth.uid() = id);",
      "alter table profiles drop column role; create policy p on profiles for update using (auth.uid() = id);",
      "create function keep() returns trigger language plpgsql as $$ begin new.role := old.role; return new; end $$; create trigger t before update on profiles for each row execute function keep(); create policy p on profiles for update using (auth.uid() = id);",
      "create policy p on profiles for update to service_role using (auth.uid() = id);",
    ],
  },
  "definer-trusts-argument": {
    base: notes,
    hole: "create function wipe(p_user_id uuid) returns void language sql security definer as $$ delete from notes where user_id = p_user_id; $$;",
    fix: "revoke execute on function wipe(uuid) from public, anon, authenticated;",
    reopen: "grant execute on function wipe(uuid) to authenticated;",
    fine: [
      "create function wipe(p_user_id uuid) returns void language sql as $$ delete from notes where user_id = p_user_id; $$;",
      "create function wipe() returns void language sql security definer as $$ delete from notes where user_id = auth.uid(); $$;",
      "create function wipe(p_user_id uuid) returns boolean language sql security definer as $$ select true $$;",
      "create function hidden.wipe(p_user_id uuid) returns void language sql security definer as $$ delete from notes where user_id = p_user_id; $$;",
      "create function wipe(p_user_id uuid) returns void language sql security definer as $$ delete from notes where user_id = p_user_id; $$; alter function wipe(uuid) security invoker;",
    ],
  },
  "view-around-policies": {
    base: `${notes} create policy mine on notes for select ${own};`,
    hole: "create view everything as select user_id, body from notes;",
    fix: "alter view everything set (security_invoker = true);",
    reopen: "alter view everything set (security_invoker = false);",
    fine: [
      "create view everything with (security_invoker = on) as select user_id, body from notes;",
      "create view everything as select count(*) as total from notes;",
      "create view everything as select user_id, body from notes where user_id = auth.uid();",
      "create view everything as select user_id from notes; revoke all on everything from anon, authenticated;",
      "create view hidden.everything as select user_id, body from notes;",
    ],
  },
  "bucket-open-to-strangers": {
    base: "insert into storage.buckets (id, name, public) values ('papers', 'papers', false);",
    hole: "create policy p on storage.objects for select using (bucket_id = 'papers');",
    fix: "drop policy p on storage.objects;",
    fine: [
      "create policy p on storage.objects for select using (bucket_id = 'papers' and auth.uid()::text = (storage.foldername(name))[1]);",
      "create policy p on storage.objects for select using (bucket_id = 'papers' and owner = auth.uid());",
      "create policy p on storage.objects for all to service_role using (bucket_id = 'papers');",
      "update storage.buckets set public = true where id = 'papers'; create policy p on storage.objects for select using (bucket_id = 'papers');",
      "create policy p on storage.objects for select using (false);",
    ],
  },
};

describe.each(Object.entries(cases))(
  "%s",
  (rule, { base, hole, fix, reopen, fine }) => {
    test("the hole stands in the same file, or in a later one", () => {
      expect(judged({ [first]: `${base}\n${hole}` })).toEqual([
        `${rule} ${first}`,
      ]);
      expect(judged({ [first]: base, [later]: hole })).toEqual([
        `${rule} ${later}`,
      ]);
    });

    test("the fix stands in the same file, or in a later one", () => {
      expect(judged({ [first]: `${base}\n${hole}\n${fix}` })).toEqual([
        "holds",
      ]);
      expect(judged({ [first]: `${base}\n${hole}`, [later]: fix })).toEqual([
        "holds",
      ]);
    });

    test("what was fixed is opened again", () => {
      const found = judged({
        [first]: `${base}\n${hole}\n${fix}`,
        [later]: reopen ?? hole,
      });

      expect(found.map((one) => one.split(" ")[0])).toEqual([
        rule === "table-without-rls" ? "reopened-table" : rule,
      ]);
    });

    test.each(fine.map((sql) => [sql] as const))("holds: %s", (sql) => {
      expect(judged({ [first]: base, [later]: sql })).toEqual(["holds"]);
    });
  },
);

test("SQL that never speaks of callers, beside SQL that does, may be for a database that only the server reaches", () => {
  const speaking = `${notes} create policy mine on notes for all ${own}; create table steps (id int, user_id uuid);`;
  const silent = "create table orders (id int, user_id uuid);";

  expect(
    judged({ "lib/schema.sql": speaking, "lib/db/migrations/1.sql": silent }),
  ).toEqual(["table-without-rls lib/schema.sql"]);
  expect(
    judged({
      "lib/schema.sql": speaking,
      "supabase/migrations/1.sql": silent,
    }),
  ).toEqual([
    "table-without-rls lib/schema.sql",
    "table-without-rls supabase/migrations/1.sql",
  ]);
});
