/** Anything that a scenario file may hold. */
type Yaml = unknown;

/** One event of a timeline. */
export type Event = Readonly<Record<string, Yaml>>;

/** A story of a pull request, and how it must end. */
export interface Story {
  readonly title: string;
  readonly config?: Event | null;
  readonly people?: Event;
  readonly pr?: Event;
  readonly timeline: readonly Event[];
  /** Decision, reason, and enforcement where it is not `blocking`. */
  readonly ends: readonly [string, string, string?];
}

/** What all stories share: a team, and the rules of a repository that blocks. */
export const defaults: Event = {
  people: {
    ada: { id: 1, type: "User", permission: "write" },
    ben: { id: 2, type: "User", permission: "write" },
    cleo: { id: 3, type: "User", permission: "maintain" },
    root: { id: 4, type: "User", permission: "admin" },
    reader: { id: 5, type: "User", permission: "read" },
    sorter: { id: 6, type: "User", permission: "triage" },
    stranger: { id: 7, type: "User", permission: "none" },
    builder: { id: 8, type: "User", permission: "write" },
    robot: { id: 900, type: "User", permission: "write" },
    Copilot: { id: 198982749, type: "Bot", permission: "none", agent: true },
    "devin-ai-integration[bot]": { id: 158243242, type: "Bot", agent: true },
    "dependabot[bot]": { id: 49699333, type: "Bot", permission: "none" },
    "github-actions[bot]": { id: 41898282, type: "Bot", permission: "none" },
    "helper[bot]": { id: 777, type: "Bot", permission: "write" },
  },
  config: {
    valid: true,
    phase: "commitment",
    required_approvals: 1,
    min_permission: "write",
    machine_users: ["robot"],
    trusted_automation: ["dependabot[bot]"],
    stale_on: "diff-change",
    bypass: { min_permission: "admin", ttl_hours: 24 },
  },
  pr: { number: 7, author: "ada", base: "main" },
};

/** A sensitive file whose patch has this name. */
export function login(diff = "d1"): Event {
  return {
    path: "src/lib/auth/session.ts",
    status: "modified",
    diff,
    touches: ["auth"],
  };
}

/** A file of another kind. */
export function file(
  path: string,
  diff: string,
  touches: readonly string[] = [],
): Event {
  return { path, status: "modified", diff, touches };
}

/** A commit, by its author alone unless said otherwise. */
export function commit(sha: string, author: string, more: Event = {}): Event {
  return { sha, author, ...more };
}

/** The first push and the pull request. */
export function open(
  by = "ada",
  commits: readonly Event[] = [commit("a1", by)],
  files: readonly Event[] = [login()],
): Event {
  return { open: { by, sha: last(commits), commits, files } };
}

/** A push that adds commits. */
export function push(
  by: string,
  commits: readonly Event[],
  files: readonly Event[],
): Event {
  return { push: { by, sha: last(commits), mode: "ff", commits, files } };
}

/** A push that replaces the commits. */
export function force(
  by: string,
  commits: readonly Event[],
  files: readonly Event[],
): Event {
  return { push: { by, sha: last(commits), mode: "force", commits, files } };
}

/** An approval of a head. */
export function approve(by: string, on = "a1", more: Event = {}): Event {
  return { review: { id: nextId(), by, state: "APPROVED", on, ...more } };
}

/** An objection, or any other review, with an id that a dismissal can name. */
export function review(
  id: number,
  by: string,
  state: string,
  on = "a1",
): Event {
  return { review: { id, by, state, on } };
}

/** A dismissal of a review. */
export function dismiss(id: number, by: string): Event {
  return { dismiss: { review: id, by } };
}

/** A comment that asks for a bypass. */
export function bypass(by: string, reason = "sign-in is down"): Event {
  return { comment: { by, body: `/vibegate bypass ${reason}` } };
}

/** What must hold at this point. */
export function check(decision: string, reason: string): Event {
  return { check: { decision, reason } };
}

let ids = 1_000;

function nextId(): number {
  ids += 1;
  return ids;
}

function last(commits: readonly Event[]): Yaml {
  return commits.at(-1)?.sha;
}
