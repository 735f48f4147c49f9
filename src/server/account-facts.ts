import type { ReviewPolicy } from "#gate/review-policy.js";
import type { Octokit, RepositoryName } from "#github/octokit.js";
import type { Permissions } from "#github/permissions.js";
import type { AccountFacts } from "#second-review/facts.js";
import type { Identity } from "#second-review/identity.js";

/** What reading people's rights takes. */
export interface RightsSource {
  readonly octokit: Octokit;
  readonly repository: RepositoryName;
  readonly policy: ReviewPolicy;
  readonly permissions: Permissions;
}

/** What each of some accounts may do now; each login once, bots left out. */
export async function accountFacts(
  accounts: readonly Identity[],
  source: RightsSource,
): Promise<readonly AccountFacts[]> {
  const byLogin = new Map<string, Identity>();
  for (const account of accounts)
    if (account.type === "User" && account.login !== undefined)
      byLogin.set(account.login.toLowerCase(), account);
  return Promise.all(
    [...byLogin.values()].map((account) => factsOf(account, source)),
  );
}

async function factsOf(
  account: Identity,
  source: RightsSource,
): Promise<AccountFacts> {
  const { octokit, repository, permissions } = source;
  const login = account.login ?? "";
  const permission = await permissions.roleOf(octokit, repository, login);
  const teams = await teamsOf(login, source);
  return { account, permission, ...(teams && { teams }) };
}

async function teamsOf(
  login: string,
  { octokit, repository, policy, permissions }: RightsSource,
): Promise<string[] | undefined> {
  const memberships = await Promise.all(
    policy.teams.map(async (slug) => {
      const team = { org: repository.owner, slug };
      const isMember = await permissions.isMember(octokit, team, login);
      return { slug, isMember };
    }),
  );
  if (memberships.some(({ isMember }) => isMember === undefined))
    return undefined;
  return memberships.flatMap(({ slug, isMember }) => (isMember ? [slug] : []));
}
