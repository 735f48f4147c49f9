import type { AccountFacts, CommitFacts } from "#second-review/facts.js";
import type { Identity } from "#second-review/identity.js";
import { listOf, nodeOf, textOf, textsOf, type Node } from "./scenario-file.js";
import { membersOf, permissionOf } from "./scenario-policy.js";

/** The identity that a scenario writes as a login, as `?mail` or as `unknown`. */
export function identityOf(people: Node, value: unknown): Identity | undefined {
  const name = textOf(value);
  if (name === undefined || name === "" || name === "unknown") return undefined;
  if (name.startsWith("?")) return { email: name.slice(1), type: "Unknown" };
  const person = nodeOf(people[name]);
  const isBot =
    person.type === "Bot" ||
    (person.type === undefined && name.endsWith("[bot]"));
  return {
    ...(typeof person.id === "number" && { id: person.id }),
    login: name,
    type: isBot
      ? "Bot"
      : person.type === "Organization"
        ? "Organization"
        : "User",
    ...(person.agent === true && { isAgent: true }),
  };
}

/** A commit as a scenario writes it: the author commits unless it says otherwise. */
export function commitOf(people: Node, value: unknown): CommitFacts {
  const commit = nodeOf(value);
  const author = identityOf(people, commit.author);
  const committer = identityOf(people, commit.committer) ?? author;
  return {
    sha: textOf(commit.sha) ?? "",
    ...(author && { author }),
    ...(committer && { committer }),
    coAuthors: textsOf(commit.co_authors).flatMap(
      (name) => identityOf(people, name) ?? [],
    ),
    isMerge:
      commit.merge_from_base === true ||
      commit.merge === true ||
      listOf(commit.parents).length > 1,
    isFromWeb: commit.via_web === true,
  };
}

/** Which lookups answer. */
export interface Lookups {
  readonly permissions: boolean;
  readonly teams: boolean;
}

/** Which rights the people of a scenario have now, as far as a lookup would tell them; strangers have none. */
export function accountsOf(
  people: Node,
  config: Node,
  strangers: readonly string[],
  lookups: Lookups,
): readonly AccountFacts[] {
  const logins = new Set([...Object.keys(people), ...strangers]);
  return [...logins].flatMap((login) => {
    const account = identityOf(people, login);
    if (!account) return [];
    const person = nodeOf(people[login]);
    const permission = permissionOf(person.permission) ?? "none";
    const teams = [
      ...textsOf(person.teams),
      ...Object.keys(nodeOf(config.teams)).filter((team) =>
        membersOf(config, team).includes(login),
      ),
    ];
    return [
      {
        account,
        ...(lookups.permissions && { permission }),
        ...(lookups.teams && { teams }),
      },
    ];
  });
}
