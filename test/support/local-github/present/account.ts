import type { Account } from "../world/accounts.js";
import type { World } from "../world/world.js";

/** GitHub's "simple user". */
export function simpleUser(world: World, account: Account) {
  const url = `${world.apiUrl}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type, account.id),
    avatar_url: `${world.origin}/avatars/u/${String(account.id)}`,
    gravatar_id: "",
    url,
    html_url: `${world.origin}/${encodeURIComponent(account.login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: "public",
    site_admin: false,
  };
}

/** An organization, as webhooks carry it. */
export function organization(world: World, account: Account) {
  const url = `${world.apiUrl}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId("Organization", account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.origin}/avatars/u/${String(account.id)}`,
    description: null,
  };
}

/** An opaque id, as GraphQL and `node_id` use it. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${String(id)}`).toString("base64url");
}
