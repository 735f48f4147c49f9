import type { PullRequestPlace } from "./pull-request.js";

/** Names of both runs, which a repository's rules refer to. */
export const checkRunNames = {
  gate: "VibeGate",
  secondReviewer: "VibeGate / second reviewer",
} as const;

export type CheckRunKind = keyof typeof checkRunNames;

/**
 * The name of a run on a pull request. A run belongs to a commit, and green that was earned against a scratch branch
 * must not count on the default one, so elsewhere the base stands in the name.
 */
export function checkRunName(
  kind: CheckRunKind,
  base: { readonly ref: string; readonly isDefaultBranch: boolean },
): string {
  const name = checkRunNames[kind];
  return base.isDefaultBranch ? name : `${name} (${base.ref})`;
}

/** Which of the runs a name belongs to; undefined for a name that is not ours. */
export function checkRunKind(name: string): CheckRunKind | undefined {
  const isNamed = (own: string) =>
    name === own || (name.startsWith(`${own} (`) && name.endsWith(")"));
  if (isNamed(checkRunNames.secondReviewer)) return "secondReviewer";
  return isNamed(checkRunNames.gate) ? "gate" : undefined;
}

/** What a run is about: a pull request at one head. */
export interface RunSubject extends PullRequestPlace {
  readonly sha: string;
}

/** The text that leads back from a run to its pull request; events on forks name none. */
export function externalId({ owner, repo, number, sha }: RunSubject): string {
  return `${owner}/${repo}#${String(number)}@${sha}`;
}

/** Reads {@link externalId} back; undefined for a text of another form. */
export function parseExternalId(text: string): RunSubject | undefined {
  const match = /^([\w.-]+)\/([\w.-]+)#(\d{1,10})@([0-9a-f]{40,64})$/.exec(
    text,
  );
  const [, owner, repo, number, sha] = match ?? [];
  if (!owner || !repo || !number || !sha) return undefined;
  return { owner, repo, number: Number(number), sha };
}
