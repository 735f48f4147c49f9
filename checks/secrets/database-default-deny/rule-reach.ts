import type { HoleMark } from "./marks.js";
import type { RuleTruth } from "./rule-truth.js";
import { isInbox, isPersonTable } from "./words.js";

/** A statement of security rules, in whatever language it is written. */
export interface RuleStatement {
  readonly what: string;
  /** Its place among the data, for people: `users/{userId}`. */
  readonly path: string;
  /** Name of the collection; empty where it covers everything. */
  readonly collection: string;
  /** A part of the path is a person's id. */
  readonly isOwners: boolean;
  readonly reads: boolean;
  /** Changes or deletes what is there. */
  readonly writes: boolean;
  readonly creates: boolean;
  readonly line: number;
  readonly truth: RuleTruth;
  /** Files are often meant to be seen by all. */
  readonly isFiles: boolean;
}

/** What is wrong with a statement of security rules that looks neither at the caller nor at the data. */
export function reachOf(statement: RuleStatement): HoleMark | undefined {
  const { truth } = statement;
  if (truth.stranger === "always") return openToStrangers(statement);
  return truth.signedIn === "always" ? openToUsers(statement) : undefined;
}

function openToStrangers(rule: RuleStatement): HoleMark | undefined {
  const { writes, reads, creates, collection, isFiles, truth } = rule;
  const isPrivate =
    isPersonTable(collection) || (collection === "" && !isFiles);
  const shows = reads && (isPrivate || truth.dated);
  if (!writes && !shows)
    return creates && !isInbox(collection) ? openCreate(rule) : undefined;
  const acts = actsOf({ ...rule, reads: reads && (shows || writes) });
  if (truth.dated)
    return {
      ...hole(rule, "test-mode-rules"),
      message: `Until the date in this condition, anyone may ${acts} ${placeOf(rule)}: these are the rules of the test mode.`,
      fix: "Replace the date by a condition on the caller, for example request.auth.uid == userId, and deploy the rules.",
      confidence: "certain",
      ...(truth.until !== undefined && { until: truth.until }),
    };
  return {
    ...hole(rule, "open-rules"),
    message: `This rule lets anyone ${acts} ${placeOf(rule)}, without signing in.`,
    fix: "Ask who calls, and whose the data are: allow write: if request.auth.uid == userId.",
    confidence: "certain",
  };
}

function openCreate(rule: RuleStatement): HoleMark {
  return {
    ...hole(rule, "open-rules"),
    message: `This rule lets anyone add to ${placeOf(rule)}, without signing in.`,
    fix: "Ask for a signed-in caller, or state which fields and sizes a stranger may send.",
    confidence: "possible",
  };
}

function openToUsers(rule: RuleStatement): HoleMark | undefined {
  const { writes, reads, collection, isOwners, isFiles } = rule;
  const isPrivate = isPersonTable(collection) || isOwners;
  const isAll = collection === "" && !isFiles;
  if (!writes && !(reads && (isPrivate || isAll))) return undefined;
  const blocks = writes && (isPrivate || isAll);
  return {
    ...hole(rule, "rules-open-to-users"),
    message: `This rule lets any signed-in user ${actsOf(rule)} ${placeOf(rule)}: it asks that somebody is signed in, not who.`,
    fix: "Compare the caller with the owner: allow write: if request.auth.uid == userId, or resource.data.ownerId.",
    confidence: "likely",
    ...(!blocks && { atMost: "advise" as const }),
  };
}

function hole(
  { line, path, what, reads, writes, creates }: RuleStatement,
  rule: string,
): Pick<HoleMark, "kind" | "rule" | "line" | "about"> {
  const acts = [reads && "read", writes && "write", creates && "create"];
  return {
    kind: "hole",
    rule,
    line,
    about: `${what} ${path} ${acts.filter(Boolean).join(" ")}`,
  };
}

function actsOf({ reads, writes, creates }: RuleStatement): string {
  if (reads && writes) return "read and change";
  if (writes) return creates ? "write" : "change";
  return "read";
}

function placeOf({ what, path, collection, isFiles }: RuleStatement): string {
  if (collection === "" && !isFiles) return `everything in ${what}`;
  return `"${path}" in ${what}`;
}
