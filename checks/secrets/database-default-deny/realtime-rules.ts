import { jsonValue } from "#parse/json-value.js";
import type { Value } from "#parse/module-facts.js";
import { parseRuleExpression } from "#parse/rule-expression.js";
import { ruleTokens } from "#parse/rule-tokens.js";
import type { RuleExpression } from "#parse/security-rules-facts.js";
import type { HoleMark, Mark } from "./marks.js";
import { reachOf } from "./rule-reach.js";
import { truthOfRule } from "./rule-truth.js";

/** Rules that are deeper or more are not written by people. */
const limits = { depth: 30, rules: 2000 };

/** Whether a file may hold rules of the Realtime Database. */
export function isRealtimeRules(path: string, text: string): boolean {
  return /rules[\w.-]*\.json$/i.test(path) && /"\.(?:read|write)"/.test(text);
}

/** What is open in the rules of the Realtime Database. */
export function realtimeMarks(path: string, text: string): Mark[] {
  const root = jsonValue(text);
  const rules = entryOf(root, "rules");
  if (rules === undefined) return [];
  return [{ kind: "described", what: "realtime" }, ...holesIn(rules)];
}

function holesIn(root: Value): HoleMark[] {
  const holes: HoleMark[] = [];
  const pending: { value: Value; path: readonly string[] }[] = [
    { value: root, path: [] },
  ];
  let left = limits.rules;
  for (let at = pending.pop(); at && left > 0; at = pending.pop()) {
    if (at.value.kind !== "object" || at.path.length > limits.depth) continue;
    for (const { key, value } of at.value.entries) {
      left -= 1;
      if (key === ".read" || key === ".write") {
        const hole = holeOf(key, value, at.path);
        if (hole) holes.push(hole);
      } else if (!key.startsWith("."))
        pending.push({ value, path: [...at.path, key] });
    }
  }
  return holes.sort((one, other) => one.line - other.line);
}

function holeOf(
  key: string,
  value: Value,
  path: readonly string[],
): HoleMark | undefined {
  if (value.kind !== "literal") return undefined;
  const writes = key === ".write";
  return reachOf({
    what: "the Realtime Database",
    path: path.join("/"),
    collection: path.filter((part) => !part.startsWith("$")).at(-1) ?? "",
    isOwners: path.some((part) => /^\$(?:user|u|owner)_?(?:id)?$/i.test(part)),
    reads: !writes,
    writes,
    creates: writes,
    line: value.line,
    truth: truthOfRule(conditionOf(value.value), new Map()),
    isFiles: false,
  });
}

function conditionOf(
  written: string | number | boolean | null,
): RuleExpression {
  return typeof written === "string"
    ? parseRuleExpression(ruleTokens(written))
    : { kind: "literal", value: written === true };
}

function entryOf(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === "object"
    ? value.entries.find((entry) => entry.key === key)?.value
    : undefined;
}
