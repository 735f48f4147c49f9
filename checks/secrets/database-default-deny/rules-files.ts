import { securityRules } from "#parse/security-rules.js";
import type {
  RuleAllow,
  RuleMatch,
  SecurityRules,
} from "#parse/security-rules-facts.js";
import type { HoleMark, Mark } from "./marks.js";
import { ownerGrants } from "./rule-standing.js";
import { reachOf } from "./rule-reach.js";
import { truthOfRule } from "./rule-truth.js";

/** Whether a file may hold security rules of Firestore or Storage. */
export function isRulesFile(path: string): boolean {
  return path.endsWith(".rules");
}

/** What is open in the rules of Firestore or Storage; empty for `.rules` files of other tools. */
export function rulesMarks(text: string): Mark[] {
  const rules = securityRules(text);
  if (rules === undefined) return [];
  const what = rules.service === "storage" ? "Cloud Storage" : "Firestore";
  const holes = rules.matches.flatMap((match) =>
    match.allows.flatMap((allow) => holeIn(allow, match, rules, what)),
  );
  return [
    { kind: "described", what: rules.service },
    ...holes,
    ...ownerGrants(rules),
  ];
}

function holeIn(
  { methods, condition, line }: RuleAllow,
  { path }: RuleMatch,
  rules: SecurityRules,
  what: string,
): HoleMark[] {
  const has = (...names: readonly string[]): boolean =>
    methods.some((method) => names.includes(method));
  const place = path.replace(
    /^\/(?:databases\/\{\w+\}\/documents|b\/\{\w+\}\/o)/,
    "",
  );
  const found = reachOf({
    what,
    path: place.replace(/^\//, ""),
    collection: collectionOf(place),
    isOwners: /\{(?:user|u|owner|profile|account|member)_?(?:id)?\}/i.test(
      place,
    ),
    reads: has("read", "get", "list"),
    writes: has("write", "update", "delete"),
    creates: has("write", "create"),
    line,
    truth: truthOfRule(condition, rules.functions),
    isFiles: rules.service === "storage",
  });
  return found ? [found] : [];
}

/** The last fixed part before the document: `users` in `/users/{userId}`; empty for `/{document=**}`. */
export function collectionOf(path: string): string {
  const fixed = path
    .split("/")
    .filter((part) => part !== "" && !part.startsWith("{"));
  return fixed.at(-1) ?? "";
}
