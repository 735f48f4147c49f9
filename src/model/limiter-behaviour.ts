import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { countedName } from "./limiter-table.js";
import {
  allSteps,
  hasPart,
  rootName,
  stepsIn,
  valuesOf,
} from "./value-walk.js";

/** A step with what surrounds it. */
export interface Surrounded {
  readonly step: Step;
  /** Conditions that it depends on. */
  readonly tests: readonly Value[];
  readonly isHandler: boolean;
}

/**
 * Where a function answers "too many requests" by its own count. Handing on the refusal of a provider
 * (`if (response.status === 429)`) limits nobody, nor does a test of how long the input is.
 *
 * @param last - The last line on which it may stand to come before what costs.
 */
export function answersTooMany(
  { steps }: FunctionFacts,
  last = Infinity,
): Step | undefined {
  return walk(steps).find(
    ({ step, tests, isHandler }) =>
      !isHandler &&
      tests.length > 0 &&
      step.line <= last &&
      /^(?:return|throw|do|set)$/.test(step.kind) &&
      valuesOf(step).some((value) =>
        hasPart(value, isSize(tests.at(-1)) ? isStatus : isTooMany),
      ) &&
      !tests.some((test) => hasPart(test, isAnswerOfOthers)),
  )?.step;
}

/** A test that turns away who has used up what is counted. */
export interface QuotaTest {
  /** Line from 1. */
  readonly line: number;
  /** It only leaves its own function, so that it spares what that function does and nothing else. */
  readonly isSilent: boolean;
}

/** Where a function turns away who has used up what is counted. */
export function testsQuota(
  facts: FunctionFacts,
  last = Infinity,
): QuotaTest | undefined {
  const ofRequest = countedHere(facts);
  for (const { step, isHandler } of walk(facts.steps)) {
    if (isHandler || step.kind !== "if" || step.line > last) continue;
    const ends = [...step.then, ...step.else].filter(isExit);
    if (
      ends.length > 0 &&
      !ends.every(isLabel) &&
      hasPart(step.test, (part) => isCountTest(part, ofRequest))
    )
      return {
        line: step.line,
        isSilent: [...step.then, ...step.else].every(saysNothing),
      };
  }
  return undefined;
}

/**
 * Names that count within one request: what starts at a number here, and what the caller sends along.
 * Neither knows anything of the call before.
 */
function countedHere({ steps }: FunctionFacts): ReadonlySet<string> {
  const all = allSteps(steps);
  const readLater = new Set(
    all.flatMap((step) =>
      step.kind === "set" && hasPart(step.value, isRead) ? [step.target] : [],
    ),
  );
  return new Set(
    all.flatMap((step) =>
      step.kind === "let" &&
      (isNumber(step.value) || hasPart(step.value, isInput))
        ? step.bindings.flatMap(({ local }) =>
            readLater.has(local) ? [] : [local],
          )
        : [],
    ),
  );
}

function isNumber(value: Value): boolean {
  return value.kind === "literal" && typeof value.value === "number";
}

/** What may come from a store. */
function isRead({ kind }: Value): boolean {
  return kind === "call" || kind === "name" || kind === "member";
}

function isInput(part: Value): boolean {
  if (part.kind === "call")
    return /(?:^|\.)(?:req|request)\.(?:json|formData|valid|parseBody)$|(?:^|\.)(?:readBody|getQuery)$/.test(
      part.callee,
    );
  return (
    part.kind === "name" &&
    /^(?:c\.|ctx\.|event\.)?(?:req|request)\.(?:body|query|params)(?:\.|$)/.test(
      part.name,
    )
  );
}

/** A size that a function settles on, or one of the names that it sorts its input into: `return "large"`. */
function isLabel(step: Step): boolean {
  if (step.kind !== "return" || step.value === undefined) return false;
  const { value } = step;
  if (value.kind === "name") return countedName.test(value.name);
  return (
    value.kind === "literal" &&
    typeof value.value === "string" &&
    /^\S{1,24}$/.test(value.value) &&
    !/limit|quota|exceed|exhaust|denied|block|upgrade|too_?many/i.test(
      value.value,
    )
  );
}

/** A step that leaves without a word, or writes to a log before. */
function saysNothing(step: Step): boolean {
  if (step.kind === "return") return step.value === undefined;
  return (
    step.kind === "do" &&
    step.value.kind === "call" &&
    /^(?:console|log\w*|\w*[lL]ogger)(?:\.|$)/.test(step.value.callee)
  );
}

/** Steps with the conditions that they depend on, nested ones included, in source order. */
export function walk(steps: readonly Step[]): Surrounded[] {
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

/** A status or a code that says "too many requests". */
function isStatus(value: Value): boolean {
  return value.kind === "literal"
    ? value.value === 429 || value.value === "TOO_MANY_REQUESTS"
    : isTooMany(value);
}

/** A test of how long something is: it may also be the list of the calls before, so that a status still tells. */
function isSize(test: Value | undefined): boolean {
  return test !== undefined && hasPart(test, isTextLength);
}

/** Whether a value says "too many requests": a status, a code, an error or the words. */
export function isTooMany(value: Value): boolean {
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

function isCountTest(value: Value, ofRequest: ReadonlySet<string>): boolean {
  const isCount = (part: Value) => isCountName(part, ofRequest);
  if (value.kind === "not") return hasPart(value.of, isCount);
  return (
    value.kind === "compare" &&
    /^[<>]=?$/.test(value.operator) &&
    !hasPart(value, isTextLength) &&
    (hasPart(value.left, isCount) || hasPart(value.right, isCount))
  );
}

function isTextLength(value: Value): boolean {
  const name =
    value.kind === "name" || value.kind === "member" ? value.name : "";
  return /(?:^|\.)(?:length|size|byteLength)$/.test(name);
}

/** What is counted over many requests: not tries of this one, not the size of a text, not what a provider says it used. */
function isCountName(value: Value, ofRequest: ReadonlySet<string>): boolean {
  return (
    (value.kind === "name" || value.kind === "member") &&
    countedName.test(value.name) &&
    !/retry|retries|page|limit$|usage\.\w*(?:tokens?|prompt|completion|input|output)|(?:word|char|character|letter|line|row|column|error|failure|match)_?count$/i.test(
      value.name,
    ) &&
    !(value.kind === "name" && ofRequest.has(rootName(value.name))) &&
    !/^(?:req|request|body|input|args|dto)\.(?!user\b|session\b|auth\b)/.test(
      value.name,
    )
  );
}
