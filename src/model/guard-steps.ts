import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import type { FunctionRef } from "./function-ref.js";
import { dataShape } from "./data-operations.js";
import { resolveFunction } from "./functions.js";
import type { Guard, Taint } from "./guard.js";
import { asksForRole } from "./guard-tests.js";
import { localsOf } from "./local-values.js";
import type { Project } from "./project.js";
import {
  allSteps,
  type CallValue,
  hasPart,
  rootName,
  stringOf,
  valuesOf,
  valuesWithin,
} from "./value-walk.js";

/** The function that another one makes and returns: it guards as what it makes does. */
export function returnedFunction(
  project: Project,
  ref: FunctionRef,
  facts: FunctionFacts,
  value: Value,
): FunctionRef | undefined {
  if (value.kind !== "function" && value.kind !== "name") return undefined;
  const found = resolveFunction(project, ref.path, value, facts);
  return found?.path === ref.path && found.at > ref.at ? found : undefined;
}

/** What is known of a branch when its steps have been walked. */
interface Branch {
  readonly taint: Taint | undefined;
  readonly polarity: number;
  /** Whether callers who take it, or who do not, come no further. */
  readonly hasEnded: boolean;
}

/**
 * Whether a branch is only taken in some places, or by callers that sent something, while all others go on behind it:
 * what it asks says nothing of those.
 */
export function isOneSided(
  step: Extract<Step, { kind: "if" }>,
  { taint, polarity, hasEnded }: Branch,
): boolean {
  if (taint === undefined) return isOptional(step);
  return (
    taint.kind === "presence" &&
    polarity === 1 &&
    !hasEnded &&
    step.else.length === 0
  );
}

/** Whether a branch depends on a setting: taken in some places only, it says nothing of the others. */
function isOptional(step: Extract<Step, { kind: "if" }>): boolean {
  if (step.else.length > 0 || isProduction(step.test)) return false;
  return valuesWithin(step.test).some((part) => part.kind === "environment");
}

/** Whether a test only asks if the app runs where its users are: a branch for production holds for all of them. */
function isProduction(test: Value): boolean {
  if (test.kind === "environment") return test.name === "VERCEL";
  if (test.kind !== "compare") return false;
  const [setting] = [test.left, test.right].filter(
    (side) => side.kind === "environment",
  );
  const text = stringOf(setting === test.left ? test.right : test.left);
  if (setting === undefined || text === undefined) return false;
  if (!/^(?:NODE_ENV|VERCEL|VERCEL_ENV|APP_ENV)$/.test(setting.name))
    return false;
  return test.operator.startsWith("!")
    ? /^(?:dev|development|local|test)$/.test(text)
    : /^(?:1|prod|production)$/.test(text);
}

/** `jwt.verify(token, key, (error, user) => …)` tells by its callback. */
export function isCallbackStyle(call: CallValue): boolean {
  return call.arguments.some((one) => one.kind === "function");
}

/** A guard at a place. */
export function guardAt(
  kind: Guard["kind"],
  how: string,
  file: string,
  line: number,
  by: Guard["by"],
): Guard {
  return { kind, how, file, line, by, from: line };
}

/** The kind of guard that a test makes of what is known: one that asks for a role is of its own kind. */
export function askedKind({ kind }: Taint, test: Value): Guard["kind"] {
  return kind === "session" && asksForRole(test) ? "role" : kind;
}

/** The guard that a test of the age of a row is, if it is one. */
export function expiryGuards(
  { path }: FunctionRef,
  facts: FunctionFacts,
  step: Extract<Step, { kind: "if" }>,
): Guard[] {
  const how = expiryTest(facts, step);
  return how === undefined
    ? []
    : [guardAt("capability", how, path, step.line, "return")];
}

/**
 * A row that stops answering some time after it was made: the ids that name it are handed out like a key, and looking
 * it up and asking how old it is lets in who was given them.
 *
 * @returns what is asked; undefined where a test is none of that.
 */
function expiryTest(
  facts: FunctionFacts,
  { test, then }: Extract<Step, { kind: "if" }>,
): string | undefined {
  if (test.kind !== "compare" || !/^[<>]=?$/.test(test.operator))
    return undefined;
  const row = [test.left, test.right].find(
    (side) => side.kind === "name" && agedName.test(side.name),
  );
  const other = row === test.left ? test.right : test.left;
  if (row?.kind !== "name" || !hasPart(other, isNow)) return undefined;
  const read = localsOf(facts).get(rootName(row.name))?.value;
  const isRow =
    read !== undefined &&
    valuesWithin(read).some(
      (part) => part.kind === "call" && dataShape(part)?.kind === "read",
    );
  return isRow && refusesAccess(then) ? row.name : undefined;
}

const agedName =
  /\.(?:viewed|created|issued|granted|opened|expires|expiry|valid_?until|last_?used|last_?seen)(?:_?at|_?on|_?date)?$/i;

function isNow(part: Value): boolean {
  return (
    part.kind === "call" && /^(?:Date\.now|Date|new Date)$/.test(part.callee)
  );
}

function refusesAccess(steps: readonly Step[]): boolean {
  return allSteps(steps)
    .flatMap((step) => valuesOf(step))
    .some((value) =>
      hasPart(
        value,
        (part) =>
          part.kind === "literal" &&
          /^(?:401|403|UNAUTHORIZED|FORBIDDEN)$/.test(String(part.value)),
      ),
    );
}
