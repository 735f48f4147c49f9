import { nodeId } from "../present/account.js";
import type { Account } from "../world/accounts.js";
import type { World } from "../world/world.js";

/** An account, as GraphQL shows it: a bot's login goes without `[bot]`. */
export function actorView(world: World, account: Account) {
  return {
    __typename: account.type,
    id: nodeId(account.type, account.id),
    databaseId: account.id,
    login: account.login.replace(/\[bot\]$/, ""),
    name: account.name,
    email: "",
    url: `${world.origin}/${encodeURIComponent(account.login)}`,
  };
}
