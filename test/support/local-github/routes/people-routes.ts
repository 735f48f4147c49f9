import { found, Refusal, type Answer } from "../http/answer.js";
import { paged } from "../http/page.js";
import type { Call, Route } from "../http/route.js";
import { simpleUser } from "../present/account.js";
import type { Account } from "../world/accounts.js";
import type { Role } from "../world/local-repository.js";
import type { Team, World } from "../world/world.js";

const asks = "installation";
const root = "/repos/{owner}/{repo}/collaborators";
const teams = "/orgs/{org}/teams/{team_slug}";

/** Who may do what, and who is in which team. */
export const peopleRoutes: readonly Route[] = [
  {
    operation: `GET ${root}/{username}/permission`,
    asks,
    needs: { metadata: "read" },
    handle: readPermission,
  },
  {
    operation: `GET ${root}/{username}`,
    asks,
    needs: { metadata: "read" },
    handle: (call) => {
      const { repository, world, params } = call;
      const account = found(world.accounts.find(params["username"] ?? ""));
      const isOne = collaborators(call).includes(account);
      if (!isOne || repository.roleOf(account) === "none") {
        throw new Refusal(404, "Not Found");
      }
      return { status: 204 };
    },
  },
  {
    operation: `GET ${root}`,
    asks,
    needs: { metadata: "read" },
    handle: listCollaborators,
  },
  {
    operation: `GET ${teams}/members`,
    asks,
    needs: { members: "read" },
    handle: (call) => {
      const { world, query } = call;
      const members = [...teamOf(call).members.values()].filter(
        ({ role, state }) =>
          state === "active" &&
          [undefined, "all", role].includes(query["role"]),
      );
      return paged(
        call,
        members.map(({ account }) => simpleUser(world, account)),
      );
    },
  },
  {
    operation: `GET ${teams}/memberships/{username}`,
    asks,
    needs: { members: "read" },
    handle: (call) => {
      const login = call.params["username"] ?? "";
      const team = teamOf(call);
      const { role, state } = found(team.members.get(login.toLowerCase()));
      const url = `${call.world.apiUrl}/organizations/${String(team.organization.id)}/team/${String(team.id)}/memberships/${login}`;
      return { status: 200, body: { url, role, state } };
    },
  },
  {
    operation: "GET /users/{username}",
    asks: "anybody",
    handle: ({ world, params }) => {
      const account = found(world.accounts.find(params["username"] ?? ""));
      return { status: 200, body: publicUser(world, account) };
    },
  },
];

/** The word that older answers have for a role. */
const legacy: Readonly<Record<Role, string>> = {
  none: "none",
  read: "read",
  triage: "read",
  write: "write",
  maintain: "write",
  admin: "admin",
};

const rights = ["read", "triage", "write", "maintain", "admin"] as const;
const rightNames = ["pull", "triage", "push", "maintain", "admin"] as const;

function readPermission({ repository, world, params }: Call): Answer {
  const login = params["username"] ?? "";
  const account = world.accounts.find(login);
  if (!account) throw new Refusal(404, `${login} is not a user`);
  const role = account.type === "User" ? repository.roleOf(account) : "none";
  return {
    status: 200,
    body: {
      permission: legacy[role],
      role_name: role,
      user: withRights(world, account, role),
    },
  };
}

function listCollaborators(call: Call): Answer {
  const { repository, world, query } = call;
  const wanted = rightNames.indexOf(query["permission"] as "pull");
  const listed = collaborators(call)
    .map((account) => ({ account, role: repository.roleOf(account) }))
    .filter(
      ({ role }) =>
        role !== "none" && rights.indexOf(role) >= Math.max(0, wanted),
    );
  return paged(
    call,
    listed.map(({ account, role }) => withRights(world, account, role)),
  );
}

/** Those of whom something was said, here or in general. */
function collaborators({ repository, world }: Call): Account[] {
  const logins = new Set([...repository.roles.keys(), ...world.roles.keys()]);
  return [...logins].flatMap((login) => {
    const account = world.accounts.find(login);
    return account?.type === "User" ? [account] : [];
  });
}

function withRights(world: World, account: Account, role: Role) {
  const rank = role === "none" ? -1 : rights.indexOf(role);
  return {
    ...simpleUser(world, account),
    role_name: role,
    permissions: Object.fromEntries(
      rightNames.map((name, index) => [name, index <= rank]),
    ),
  };
}

function teamOf({ world, params, token }: Call): Team {
  const { org = "", team_slug: slug } = params;
  const isSame = ({ organization }: Team) =>
    organization.login.toLowerCase() === org.toLowerCase() &&
    organization === token.installation.account;
  return found(world.teams.find((team) => isSame(team) && team.slug === slug));
}

function publicUser(world: World, account: Account) {
  const since = "2020-01-01T00:00:00Z";
  return {
    ...simpleUser(world, account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: since,
    updated_at: since,
  };
}
