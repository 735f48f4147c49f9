import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { calleeOf, functionsReached } from "./costly-calls.js";
import type { FunctionRef } from "./function-ref.js";
import { functionAt, functionsIn } from "./functions.js";
import { exits } from "./guard-tests.js";
import { isTooMany, walk } from "./limiter-behaviour.js";
import type { Project } from "./project.js";
import { allSteps, type CallValue, hasPart, valuesOf } from "./value-walk.js";

/** How far into what a call runs a refusal is looked for. */
const maxWay = 3;

/**
 * Whether a call that is named like a limiter can keep somebody out: its answer is tested and the test leads to an end,
 * or what it runs refuses by itself. One that only reads, counts or makes something limits nobody.
 */
export function canTurnAway(
  project: Project,
  ref: FunctionRef,
  facts: FunctionFacts,
  call: CallValue,
): boolean {
  const holder = allSteps(facts.steps).find((step) =>
    valuesOf(step).some((value) => hasPart(value, (part) => part === call)),
  );
  if (!holder) return true;
  const isBound = holder.kind === "let" || holder.kind === "set";
  if (!isBound && (holder.kind !== "do" || !isWhole(holder.value, call)))
    return holder.kind !== "if" || leadsToAnEnd(holder);
  if (isBound && isTested(project, ref, facts, holder)) return true;
  return refusesItself(project, ref, facts, call);
}

/** Whether nothing is made of a call's answer. */
function isWhole(value: Value, call: CallValue): boolean {
  return value === call || (value.kind === "call" && value.on === call);
}

function refusesItself(
  project: Project,
  ref: FunctionRef,
  facts: FunctionFacts,
  call: CallValue,
): boolean {
  // A procedure of the database answers with its error instead of throwing it.
  if (/(?:^|\.)rpc$/.test(call.callee)) return false;
  const callee = calleeOf(project, ref.path, facts, call);
  if (!callee) return true;
  return functionsReached(project, callee).some((way) => {
    const reached = way.length <= maxWay ? way.at(-1) : undefined;
    const inner = reached && functionAt(project, reached);
    return inner !== undefined && refuses(inner);
  });
}

/** A function that throws or answers "too many" under a condition that is no failure of something else. */
function refuses({ steps }: FunctionFacts): boolean {
  return walk(steps).some(
    ({ step, tests, isHandler }) =>
      !isHandler &&
      tests.length > 0 &&
      !tests.some((test) => hasPart(test, isFailure)) &&
      (step.kind === "throw" ||
        valuesOf(step).some((value) => hasPart(value, isTooMany))),
  );
}

function isFailure(part: Value): boolean {
  return (
    (part.kind === "name" || part.kind === "member") &&
    /(?:^|\.|_)err(?:or)?s?$|[a-z]Err(?:or)?$|(?:^|\.)ok$/.test(part.name)
  );
}

/** Whether something depends on the names that a step binds. */
function isTested(
  project: Project,
  ref: FunctionRef,
  facts: FunctionFacts,
  holder: Step,
): boolean {
  const names = new Set<string>(boundBy(holder));
  const inner = functionsIn(project, ref).flatMap(
    (one) => functionAt(project, one) ?? [],
  );
  const mentions = (value: Value) =>
    hasPart(value, (part) => {
      const name =
        part.kind === "name"
          ? part.name
          : part.kind === "call"
            ? part.callee
            : "";
      return names.has(name.split(".")[0] ?? "");
    });
  return [facts, ...inner].some((one) =>
    allSteps(one.steps).some((step) => {
      if (step === holder) return false;
      const values = valuesOf(step);
      if (!values.some(mentions)) return false;
      if (step.kind === "let") boundBy(step).forEach((name) => names.add(name));
      return decidesBy(step, mentions);
    }),
  );
}

function boundBy(step: Step): string[] {
  if (step.kind === "let") return step.bindings.map(({ local }) => local);
  return step.kind === "set" && step.target !== "" ? [step.target] : [];
}

function decidesBy(step: Step, mentions: (value: Value) => boolean): boolean {
  if (step.kind === "if") return leadsToAnEnd(step);
  if (step.kind === "throw" || step.kind === "loop") return true;
  // Its caller may test what it hands back; what an answer is made with decides nothing.
  if (step.kind === "return" && step.value?.kind !== "call") return true;
  return valuesOf(step).some((value) =>
    hasPart(
      value,
      (part) =>
        // What cannot be told may use it: markup, arithmetic.
        part.kind === "other" ||
        (part.kind === "either" &&
          (part.test ? mentions(part.test) : part.operator === "&&")) ||
        (part.kind === "call" && isAskedFurther(part) && mentions(part)),
    ),
  );
}

/** Names of functions that ask or refuse; what only waits or makes room for the next call of one's own does neither. */
function isAskedFurther({ callee }: CallValue): boolean {
  return /(?:^|\.)(?:\w*(?:limit|check|consume|allow|assert|ensure|require|enforce|reject|refuse|deny|verify|protect|hit|increment|quota)\w*)$/i.test(
    callee,
  );
}

/** Whether a test ends the handling in one of its ways, or lets only one of them act. */
function leadsToAnEnd(step: Extract<Step, { kind: "if" }>): boolean {
  const ways = [step.then, step.else];
  if (ways.some((way) => exits(way) || way.some((one) => hasEnd(one))))
    return true;
  const allowed = isNegated(step.test) ? step.else : step.then;
  return allSteps(allowed).some((one) =>
    valuesOf(one).some((value) =>
      hasPart(
        value,
        (part) =>
          part.kind === "call" &&
          !/(?:^|\.)(?:console|log\w*|\w*[lL]ogger)\.|^log|\.(?:push|add)$/.test(
            part.callee,
          ),
      ),
    ),
  );
}

function hasEnd(step: Step): boolean {
  return allSteps([step]).some(
    (one) =>
      one.kind === "return" ||
      one.kind === "throw" ||
      valuesOf(one).some((value) => hasPart(value, isTooMany)),
  );
}

function isNegated(test: Value): boolean {
  return (
    test.kind === "not" ||
    (test.kind === "compare" && /^!==?$/.test(test.operator)) ||
    hasPart(test, isFailure)
  );
}
