import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { countedName } from "./limiter-table.js";
import { hasPart, stepsIn, valuesOf } from "./value-walk.js";

/** A step with what surrounds it. */
interface Surrounded {
  readonly step: Step;
  /** Conditions that it depends on. */
  readonly tests: readonly Value[];
  readonly isHandler: boolean;
}

/**
 * Where a function answers "too many requests" by its own count. Handing on the refusal of a provider
 * (`if (response.status === 429)`) limits nobody.
 */
export function answersTooMany(facts: FunctionFacts): Step | undefined {
  return walk(facts.steps).find(
    ({ step, tests, isHandler }) =>
      !isHandler &&
      tests.length > 0 &&
      /^(?:return|throw|do|set)$/.test(step.kind) &&
      valuesOf(step).some((value) => hasPart(value, isTooMany)) &&
      !tests.some((test) => hasPart(test, isAnswerOfOthers)),
  )?.step;
}

/** Where a function turns away who has used up what is counted. */
export function testsQuota(facts: FunctionFacts): Step | undefined {
  return walk(facts.steps).find(
    ({ step, isHandler }) =>
      !isHandler &&
      step.kind === "if" &&
      [...step.then, ...step.else].some(isExit) &&
      hasPart(step.test, isCountTest),
  )?.step;
}

function walk(steps: readonly Step[]): Surrounded[] {
  const found: Surrounded[] = [];
  const pending: Surrounded[] = steps
    .map((step) => ({ step, tests: [], isHandler: false }))
    .reverse();
  for (let at = pending.pop(); at; at = pending.pop()) {
    found.push(at);
    const { step, tests, isHandler } = at;
    const inner = step.kind === "if" ? [...tests, step.test] : tests;
    const handlers = new Set(step.kind === "try" ? step.handler : []);
    for (const next of stepsIn(step).toReversed())
      pending.push({
        step: next,
        tests: inner,
        isHandler: isHandler || handlers.has(next),
      });
  }
  return found;
}

function isTooMany(value: Value): boolean {
  if (value.kind === "literal")
    return (
      value.value === 429 ||
      (typeof value.value === "string" &&
        /^(?:TOO_MANY_REQUESTS|resource-exhausted|RATE_LIMIT\w*|rate[-_]limit\w*)$|too many|rate limit|slow down|demasiad[oa]s|muitas (?:tentativas|requisi)|trop de|zu viele|limite? (?:exceeded|reached|excedido|atingido)/i.test(
          value.value,
        ))
    );
  const name =
    value.kind === "call"
      ? value.callee
      : value.kind === "name"
        ? value.name
        : "";
  return /(?:^|\.)(?:\w*TooManyRequests\w*|TOO_MANY_REQUESTS|RateLimit\w*(?:Error|Exception|Response)|rateLimitResponse|tooMany\w*)$/.test(
    name,
  );
}

function isAnswerOfOthers(value: Value): boolean {
  if (value.kind === "literal")
    return value.value === 429 || value.value === "rate_limit_exceeded";
  const name =
    value.kind === "name"
      ? value.name
      : value.kind === "member"
        ? value.name
        : "";
  return /(?:^|\.)(?:err|error|e|exception)(?:\.|$)/.test(name);
}

function isExit(step: Step): boolean {
  if (step.kind === "return" || step.kind === "throw") return true;
  return stepsIn(step).some(
    (inner) => inner.kind === "return" || inner.kind === "throw",
  );
}

function isCountTest(value: Value): boolean {
  if (value.kind === "not") return hasPart(value.of, isCountName);
  return (
    value.kind === "compare" &&
    /^[<>]=?$/.test(value.operator) &&
    !hasPart(value, isTextLength) &&
    (hasPart(value.left, isCountName) || hasPart(value.right, isCountName))
  );
}

function isTextLength(value: Value): boolean {
  const name =
    value.kind === "name" || value.kind === "member" ? value.name : "";
  return /(?:^|\.)(?:length|size|byteLength)$/.test(name);
}

function isCountName(value: Value): boolean {
  return (
    (value.kind === "name" || value.kind === "member") &&
    countedName.test(value.name) &&
    !/retry|retries|page|limit$/i.test(value.name)
  );
}
