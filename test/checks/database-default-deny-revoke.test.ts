import { expect, test } from "@jest/globals";
import { databaseDefaultDeny } from "#checks/secrets/database-default-deny/check.js";
import { buildProject } from "#model/build-project.js";
import { aSnapshot } from "#support/a-snapshot.js";

const credits = `create function public.debit(p_user_id uuid, p_amount int) returns void
language sql security definer as $$
  update public.wallets set balance = balance - p_amount where user_id = p_user_id;
$$;
create table public.wallets (user_id uuid primary key, balance int);
alter table public.wallets enable row level security;
create policy own on public.wallets for select using (auth.uid() = user_id);`;

function messagesOf(later: string): string[] {
  const snapshot = aSnapshot({
    files: {
      "supabase/config.toml": 'project_id = "shop"\n',
      "supabase/migrations/1_credits.sql": credits,
      "supabase/migrations/2_later.sql": later,
    },
  });
  const outcome = databaseDefaultDeny.evaluate(
    buildProject(snapshot, { checks: [databaseDefaultDeny] }),
  );
  return outcome.status === "broken"
    ? outcome.findings.map(({ message }) => message)
    : [];
}

test("a right that is taken from PUBLIC stays with the roles of the API, and the finding says why", () => {
  const [message] = messagesOf(
    "revoke all on function public.debit(uuid, int) from public;",
  );

  expect(message).toContain("any caller of the API can name another.");
  expect(message).toContain("The REVOKE from PUBLIC leaves the grants of anon");
});

test("a right that is taken from these roles is gone", () => {
  expect(
    messagesOf(
      "revoke all on function public.debit(uuid, int) from public, anon, authenticated;",
    ),
  ).toEqual([]);
});

test("nothing is said of a REVOKE where there is none", () => {
  const [message] = messagesOf("select 1;");

  expect(message).not.toContain("REVOKE");
});
