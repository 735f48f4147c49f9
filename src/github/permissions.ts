import { LRUCache } from "lru-cache";
import { GitHubGone, NotPermitted } from "./failures.js";
import { ask, type Octokit, type RepositoryName } from "./octokit.js";

/** What somebody may do in a repository, from least to most. */
export type Role = "none" | "read" | "triage" | "write" | "maintain" | "admin";

/** Milliseconds for which a right is believed; a review that follows a change of rights later than that sees it. */
const believedMs = 180_000;

/** What people may do, as GitHub says it, remembered for some minutes. */
export class Permissions {
  readonly #roles = new LRUCache<string, Role>({ max: 5_000, ttl: believedMs });
  readonly #members = new LRUCache<string, boolean>({
    max: 5_000,
    ttl: believedMs,
  });

  /** The role of an account in a repository; `none` for a stranger. Custom roles count as the one they are built on. */
  async roleOf(
    octokit: Octokit,
    { owner, repo }: RepositoryName,
    login: string,
  ): Promise<Role> {
    const key = `${owner}/${repo} ${login}`.toLowerCase();
    const known = this.#roles.get(key);
    if (known) return known;
    const role = await readRole(octokit, { owner, repo }, login);
    this.#roles.set(key, role);
    return role;
  }

  /**
   * Whether an account is an active member of a team.
   *
   * @returns undefined when this installation may not see the team.
   */
  async isMember(
    octokit: Octokit,
    team: { readonly org: string; readonly slug: string },
    login: string,
  ): Promise<boolean | undefined> {
    const key = `${team.org}/${team.slug} ${login}`.toLowerCase();
    const known = this.#members.get(key);
    if (known !== undefined) return known;
    const member = await readMembership(octokit, team, login);
    if (member !== undefined) this.#members.set(key, member);
    return member;
  }

  /** Forgets everything, for example after an event that says that rights changed. */
  forget(): void {
    this.#roles.clear();
    this.#members.clear();
  }
}

/** Whether a role may push: the least that makes an approval count. */
export function canWrite(role: Role): boolean {
  return role === "write" || role === "maintain" || role === "admin";
}

interface PermissionAnswer {
  readonly permission: string;
  readonly role_name?: string;
}

const roles: readonly string[] = [
  "none",
  "read",
  "triage",
  "write",
  "maintain",
  "admin",
];

async function readRole(
  octokit: Octokit,
  { owner, repo }: RepositoryName,
  username: string,
): Promise<Role> {
  try {
    const { permission, role_name: role } = await ask<PermissionAnswer>(
      octokit,
      "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
      { owner, repo, username },
    );
    // `permission` knows four words only; `role_name` tells maintain and triage apart, but may be a custom role's.
    const name = role !== undefined && roles.includes(role) ? role : permission;
    return roles.includes(name) ? (name as Role) : "none";
  } catch (error) {
    if (error instanceof GitHubGone) return "none";
    throw error;
  }
}

async function readMembership(
  octokit: Octokit,
  { org, slug }: { readonly org: string; readonly slug: string },
  username: string,
): Promise<boolean | undefined> {
  try {
    const { state } = await ask<{ readonly state: string }>(
      octokit,
      "GET /orgs/{org}/teams/{team_slug}/memberships/{username}",
      { org, team_slug: slug, username },
    );
    return state === "active";
  } catch (error) {
    if (error instanceof GitHubGone) return false;
    if (error instanceof NotPermitted) return undefined;
    throw error;
  }
}
