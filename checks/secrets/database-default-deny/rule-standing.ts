import type {
  RuleExpression,
  RuleFunction,
  SecurityRules,
} from "#parse/security-rules-facts.js";
import type { HoleMark } from "./marks.js";
import { isStandingColumn } from "./words.js";

/** Parts of one condition that are looked at, functions followed. */
const maxParts = 3000;

/** Documents by which the rules decide what a person may do, and which that person may write in whole. */
export function ownerGrants(rules: SecurityRules): HoleMark[] {
  if (rules.service !== "firestore") return [];
  const standing = standingIn(rules);
  return rules.matches.flatMap(({ path, allows }) => {
    const field = standing.get(collectionOfDocument(path));
    if (field === undefined) return [];
    const own = allows.find(
      ({ methods, condition }) =>
        methods.some((one) => /^(?:write|update|create)$/.test(one)) &&
        isOwnersWhole(condition, rules.functions, field),
    );
    return own ? [grant(own.line, path, field)] : [];
  });
}

function grant(line: number, path: string, field: string): HoleMark {
  const place = path.replace(/^\/databases\/\{\w+\}\/documents\//, "");
  return {
    kind: "hole",
    rule: "owner-writes-standing",
    line,
    message: `People may write every field of their own "${place}", and these rules take "${field}" from there: they give themselves what it grants.`,
    fix: `Let owners change other fields only, by request.resource.data.diff(resource.data).affectedKeys().hasOnly([…]), or keep "${field}" in custom claims.`,
    confidence: "likely",
    about: `standing ${place} ${field}`,
  };
}

/** Collections whose documents the rules ask for the caller's role, with the field; `users` for `/users/{id}`. */
function standingIn(rules: SecurityRules): Map<string, string> {
  const collections = new Set<string>();
  const fields = new Set<string>();
  for (const part of allParts(rules)) {
    if (part.kind === "call" && /^(?:firestore\.)?get$/.test(part.callee))
      for (const path of part.arguments)
        if (path.kind === "path" && path.holes.some(isCaller))
          collections.add(collectionOfDocument(path.text));
    const name = part.kind === "member" ? part.name : undefined;
    if (name !== undefined && isStandingColumn(name)) fields.add(name);
  }
  const [field] = fields;
  return new Map(
    field === undefined ? [] : [...collections].map((one) => [one, field]),
  );
}

/** The collection of a path that names one document; empty where it names none, or more. */
function collectionOfDocument(path: string): string {
  const parts = path.split("/").filter((part) => part !== "");
  return parts.at(-1)?.includes("**") === true && !parts.at(-1)?.startsWith("*")
    ? ""
    : (parts.at(-2) ?? "");
}

function isCaller(node: RuleExpression): boolean {
  return node.kind === "name" && node.name === "request.auth.uid";
}

function* allParts(rules: SecurityRules): Generator<RuleExpression> {
  for (const { allows } of rules.matches)
    for (const { condition } of allows) yield* partsOf(condition);
  for (const { result, lets } of rules.functions.values()) {
    yield* partsOf(result);
    for (const value of lets.values()) yield* partsOf(value);
  }
}

function* partsOf(root: RuleExpression): Generator<RuleExpression> {
  const pending: RuleExpression[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    yield node;
    pending.push(...childrenOf(node));
  }
}

function childrenOf(node: RuleExpression): readonly RuleExpression[] {
  switch (node.kind) {
    case "binary":
      return [node.left, node.right];
    case "not":
    case "member":
      return [node.of];
    case "call":
      return node.on ? [node.on, ...node.arguments] : node.arguments;
    case "path":
      return node.holes;
    case "list":
      return node.items;
    default:
      return [];
  }
}

type Functions = ReadonlyMap<string, RuleFunction>;

/** Whether one way through the condition asks only that the document is the caller's own. */
function isOwnersWhole(
  condition: RuleExpression,
  functions: Functions,
  field: string,
): boolean {
  return alternatives(condition, functions).some((way) => {
    const parts = [...withFunctions(way, functions)];
    const isNarrowed = parts.some((part) => narrows(part, field));
    return !isNarrowed && parts.some(isOwnTest);
  });
}

/**
 * Whether a part of the condition keeps the field from being written freely: compares it with a value or with what it
 * was, lists the fields that may change, or asks for more than the caller's id.
 */
function narrows(part: RuleExpression, field: string): boolean {
  if (part.kind === "unknown") return true;
  if (part.kind === "name") return /^request\.auth\.token\b/.test(part.name);
  if (part.kind === "call")
    return /^(?:(?:firestore\.)?(?:get|exists)(?:After)?|affectedKeys|changedKeys|unchangedKeys)$/.test(
      part.callee,
    )
      ? true
      : namesOtherFields(part, field);
  if (part.kind !== "binary") return false;
  const isField = [part.left, part.right].some((side) => isNamed(side, field));
  if (part.operator !== "in") return isField && /^[!=]=$/.test(part.operator);
  // A list of all roles says that it is a role, and not which one.
  return isField && !offersRank(part.right);
}

function isNamed(side: RuleExpression, field: string): boolean {
  if (side.kind === "member") return side.name === field;
  return side.kind === "name" && side.name.endsWith(`.${field}`);
}

function offersRank(list: RuleExpression): boolean {
  return (
    list.kind === "list" &&
    list.items.some(
      (item) =>
        item.kind === "literal" &&
        /admin|owner|super|root|manager|staff|moderator|premium|\bpro\b/i.test(
          String(item.value),
        ),
    )
  );
}

/** `data.keys().hasOnly(["name"])`, where the field is not among them. */
function namesOtherFields(
  { callee, arguments: given }: Extract<RuleExpression, { kind: "call" }>,
  field: string,
): boolean {
  if (callee !== "hasOnly") return false;
  const [list] = given;
  return (
    list?.kind !== "list" ||
    !list.items.some((item) => item.kind === "literal" && item.value === field)
  );
}

/** `request.auth.uid == userId`, a part of the path. */
function isOwnTest(part: RuleExpression): boolean {
  if (part.kind !== "binary" || part.operator !== "==") return false;
  const sides = [part.left, part.right];
  return (
    sides.some(isCaller) &&
    sides.some(
      (side) =>
        side.kind === "name" && !/^(?:request|resource)\b/.test(side.name),
    )
  );
}

function alternatives(
  condition: RuleExpression,
  functions: Functions,
): RuleExpression[] {
  const found: RuleExpression[] = [];
  const pending = [condition];
  for (
    let node = pending.pop();
    node && found.length < 100;
    node = pending.pop()
  ) {
    const called =
      node.kind === "call" && !node.on ? functions.get(node.callee) : undefined;
    if (node.kind === "binary" && node.operator === "||")
      pending.push(node.left, node.right);
    else if (
      called?.result.kind === "binary" &&
      called.result.operator === "||" &&
      pending.length < 100
    )
      pending.push(called.result);
    else found.push(node);
  }
  return found;
}

function* withFunctions(
  root: RuleExpression,
  functions: Functions,
): Generator<RuleExpression> {
  const pending: RuleExpression[] = [root];
  const followed = new Set<string>();
  let left = maxParts;
  for (let node = pending.pop(); node && left > 0; node = pending.pop()) {
    left -= 1;
    yield node;
    pending.push(...childrenOf(node));
    if (node.kind !== "call" || node.on || followed.has(node.callee)) continue;
    followed.add(node.callee);
    const called = functions.get(node.callee);
    if (called) pending.push(called.result, ...called.lets.values());
  }
}
