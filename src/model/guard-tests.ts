import type { Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import type { Guard, Taint } from "./guard.js";
import { asksForNamed } from "./role-questions.js";
import {
  type CallValue,
  lastName,
  stringOf,
  valuesWithin,
} from "./value-walk.js";

/** What the truth of a test says of the caller: known (1), unknown (-1), or nothing (0). */
export type Polarity = -1 | 0 | 1;

/** Reads the polarity of the parts of a test that stand for the caller. */
export type ReadIdentity = (part: Value) => Polarity | undefined;

const maxDepth = 12;

/** What a test's truth says of the caller. */
export function polarityOf(
  test: Value,
  identity: ReadIdentity,
  depth = maxDepth,
): Polarity {
  if (depth <= 0) return 0;
  const own = identity(test);
  if (own !== undefined) return own;
  const inner = (part: Value) => polarityOf(part, identity, depth - 1);
  switch (test.kind) {
    case "not":
      return negated(inner(test.of));
    case "compare":
      return comparison(test, inner);
    case "either":
      return eitherOf(test, inner);
    case "call":
      return callPolarity(test, inner);
    case "member":
      return inner(test.of);
    case "list":
    case "template":
      return valuesWithin(test).some((part) => identity(part)) ? 1 : 0;
    default:
      return 0;
  }
}

function negated(polarity: Polarity): Polarity {
  return polarity === 0 ? 0 : polarity === 1 ? -1 : 1;
}

function comparison(
  test: Extract<Value, { kind: "compare" }>,
  inner: (part: Value) => Polarity,
): Polarity {
  const left = inner(test.left);
  const own = left === 0 ? inner(test.right) : left;
  if (own === 0) return 0;
  const other = left === 0 ? test.left : test.right;
  const isNegated = test.operator.startsWith("!");
  const isEqual = test.operator.includes("=") && !/[<>]/.test(test.operator);
  if (!isEqual) return test.operator === "in" ? 1 : -1;
  if (isNothing(other)) return isNegated ? own : negated(own);
  return isNegated ? -1 : 1;
}

/** `null`, `undefined`, `false`, the empty string, zero. */
function isNothing(value: Value): boolean {
  if (value.kind === "name") return value.name === "undefined";
  return value.kind === "literal" && !value.value;
}

function eitherOf(
  test: Extract<Value, { kind: "either" }>,
  inner: (part: Value) => Polarity,
): Polarity {
  const parts = test.options.map(inner);
  if (test.operator === "||" || test.operator === "??") {
    if (parts.includes(-1)) return -1;
    return parts.every((one) => one === 1) ? 1 : 0;
  }
  if (test.operator === "&&") {
    if (parts.includes(1)) return 1;
    return parts.includes(-1) ? -1 : 0;
  }
  return parts[0] ?? 0;
}

function callPolarity(
  test: CallValue,
  inner: (part: Value) => Polarity,
): Polarity {
  const parts = [...(test.on ? [test.on] : []), ...test.arguments];
  const isPositive = parts.some((part) => inner(part) !== 0);
  if (isPositive) return 1;
  const dot = test.callee.lastIndexOf(".");
  if (dot < 0) return 0;
  const owner: Value = {
    kind: "name",
    name: test.callee.slice(0, dot),
    line: test.line,
  };
  return inner(owner) === 0 ? 0 : 1;
}

const exitCalls =
  /^(?:redirect|permanentRedirect|notFound|unauthorized|forbidden|error|fail|abort|rejectWithUnauthorized|sendRedirect|navigateTo|createError|reject)$/;
const answerCalls =
  /^(?:status|sendStatus|send|json|redirect|end|writeHead|render|code|throw|unauthorized|forbidden|badRequest|fail|assert|type)$/;
const answerers =
  /^(?:res|response|reply|ctx|c|context|h|rep|resp|_res|event)$/;

/** Whether steps end the handling: they return, throw, answer, redirect, or hand an error on. */
export function exits(steps: readonly Step[]): boolean {
  return steps.some((step) => {
    switch (step.kind) {
      case "return":
        return !handsOn(step.value);
      case "throw":
        return true;
      case "do":
        return valuesWithin(step.value).some(
          (part) => part.kind === "call" && isExitCall(part),
        );
      case "set":
        return /(?:^|\.)(?:ctx|context|res|response|set)\.(?:status|body|statusCode)$/.test(
          step.target,
        );
      case "if":
        return exits(step.then) && exits(step.else);
      case "try":
        return exits(step.body) || exits(step.finally);
      case "loop":
        return false;
    }
  });
}

/** Whether a returned value lets the request through: `next()`, `resolve(event)`, `NextResponse.next()`. */
export function handsOn(value: Value | undefined): boolean {
  if (value?.kind !== "call" || value.on !== undefined) return false;
  if (value.callee === "next") return value.arguments.length === 0;
  return /^(?:NextResponse\.next|resolve|context\.next|ctx\.next)$/.test(
    value.callee,
  );
}

function isExitCall(call: CallValue): boolean {
  const { callee } = call;
  if (callee === "next") {
    const [first] = call.arguments;
    return first !== undefined && !(first.kind === "object");
  }
  if (callee === "callback" || callee === "cb" || callee === "done")
    return call.arguments.length > 0;
  if (exitCalls.test(lastName(callee)) && !callee.startsWith("console."))
    return true;
  const dot = callee.lastIndexOf(".");
  if (dot < 0) return false;
  const owner = callee.slice(0, dot);
  return (
    answerCalls.test(callee.slice(dot + 1)) && answerers.test(lastName(owner))
  );
}

/** Whether steps refuse by throwing or answering themselves, so that whoever calls need not look. */
function refusesItself(steps: readonly Step[]): boolean {
  return steps.some((step) => {
    if (step.kind === "throw") return true;
    if (step.kind === "do" || (step.kind === "return" && step.value))
      return valuesWithin(step.value as Value).some(
        (part) =>
          part.kind === "call" &&
          /^(?:redirect|permanentRedirect|notFound|unauthorized|forbidden|error|reject)$/.test(
            part.callee,
          ),
      );
    return (
      step.kind === "if" &&
      (refusesItself(step.then) || refusesItself(step.else))
    );
  });
}

/**
 * How a test of who calls refuses strangers.
 *
 * @param rest - What follows the test.
 * @returns undefined where it does not.
 */
export function refusal(
  step: Extract<Step, { kind: "if" }>,
  rest: readonly Step[],
  { isAmbiguous }: Pick<Taint, "isAmbiguous">,
  polarity: Polarity,
): Guard["by"] | undefined {
  if (polarity === 1 && endsInRefusal(rest) && refusesItself(rest))
    return "throw";
  const refusing = polarity === -1 || isAmbiguous ? step.then : step.else;
  const holds = isAmbiguous
    ? exits(step.then) || exits(step.else)
    : polarity !== 0 && exits(refusing);
  if (holds) return refusesItself(refusing) ? "throw" : "return";
  if (polarity !== 1 || !endsInRefusal(rest)) return undefined;
  return refusesItself(rest) ? "throw" : "return";
}

/**
 * What an answer tells that only those get who pass a test: `if (key === ours) return { ok: true }`. That something was sent
 * tells nothing.
 *
 * @param before - What other answers told.
 */
export function toldBy(
  before: Taint | undefined,
  { then }: Extract<Step, { kind: "if" }>,
  test: Taint | undefined,
  polarity: Polarity,
): Taint | undefined {
  if (test === undefined || polarity !== 1 || test.kind === "presence")
    return before;
  if (before !== undefined && before.kind !== "presence") return before;
  const isAnswered = then.some(
    (step) =>
      step.kind === "return" &&
      step.value?.kind === "object" &&
      !isRefusal(step.value),
  );
  return isAnswered ? test : before;
}

/** What follows a branch for known callers only refuses. */
function endsInRefusal(rest: readonly Step[]): boolean {
  if (rest.length === 0 || rest.length > 3) return false;
  return rest.some(
    (step) =>
      step.kind === "throw" ||
      ((step.kind === "return" || step.kind === "do") && isRefusal(step.value)),
  );
}

/** Whether a value is an answer that refuses: a status from 401, an error, nothing. */
export function isRefusal(value: Value | undefined): boolean {
  if (value === undefined) return true;
  return valuesWithin(value).some((part) => {
    if (part.kind === "literal")
      return (
        part.value === null ||
        part.value === false ||
        isRefusalStatus(part.value)
      );
    return (
      part.kind === "call" &&
      /(?:^|\.)(?:redirect|unauthorized|forbidden|notFound|error)$/i.test(
        part.callee,
      )
    );
  });
}

function isRefusalStatus(value: unknown): boolean {
  return (
    value === 401 ||
    value === 403 ||
    value === 404 ||
    value === "UNAUTHORIZED" ||
    value === "FORBIDDEN"
  );
}

/** Whether a test asks for a role, right or plan of the caller, or for somebody in particular. */
export function asksForRole(test: Value): boolean {
  return valuesWithin(test).some((part) => {
    if (asksForNamed(part)) return true;
    if (part.kind === "name") return roleWord.test(part.name);
    if (part.kind === "member") return roleWord.test(part.name);
    if (part.kind === "call")
      return (
        roleWord.test(part.callee) ||
        /(?:^|\.)(?:can|hasPermission)$/.test(part.callee)
      );
    return roleWord.test(stringOf(part) ?? "");
  });
}

const roleWord =
  /(?:^|[._])(?:is_?)?(?:roles?|super_?admin|admin|permissions?|staff|moderator|owner)(?:$|[._])|Role|Admin|Permission|^ADMIN$|Moderator|Staff/;
