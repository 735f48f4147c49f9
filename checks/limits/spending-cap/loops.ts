import type { Evidence, Finding } from "#gate/finding.js";
import {
  calleeOf,
  type CostlyCall,
  costlyCallsIn,
} from "#model/costly-calls.js";
import { fileSide } from "#model/file-side.js";
import { callsWithin, type FunctionRef, functionAt } from "#model/functions.js";
import type { Project } from "#model/project.js";
import { isReachable } from "#model/runtimes.js";
import {
  allSteps,
  type CallValue,
  hasPart,
  valuesOf,
  valuesWithin,
} from "#model/value-walk.js";
import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { dearReach, isDear, spendersOf } from "./spenders.js";
import { sentenceStart } from "./output-cap.js";
import { holdsOne, surroundingsOf } from "./surroundings.js";

/** Loops and recursions around dear calls that nothing but the answers of others ends. */
export function loopFindings(project: Project): readonly Finding[] {
  if (spendersOf(project).length === 0) return [];
  return [...project.files].flatMap(([path, { code }]) =>
    code === undefined || fileSide(project, path) === "aside"
      ? []
      : code.functions.flatMap((facts) => [
          ...openLoops(project, path, facts),
          ...openRecursion(project, path, facts),
        ]),
  );
}

type Loop = Extract<Step, { kind: "loop" }>;

function openLoops(
  project: Project,
  path: string,
  facts: FunctionFacts,
): readonly Finding[] {
  return allSteps(facts.steps).flatMap((step): Finding[] => {
    if (step.kind !== "loop" || step.over !== undefined || !isOpen(step))
      return [];
    const paid = paidIn(project, { path, at: facts.at }, step.body);
    if (paid === undefined) return [];
    return [
      finding(project, {
        path,
        line: step.line,
        identity: `loop in ${facts.name}`,
        paid,
        message: `${sentenceStart(paid.provider)} is asked in a loop that only its own answers end: nothing counts the rounds.`,
        fix: "Count the rounds and stop at a small number, whatever the answers say; log when that happens.",
      }),
    ];
  });
}

/** Whether no count, clock or list ends a loop. */
function isOpen({ test, body }: Loop): boolean {
  if (test !== undefined && isBounded(test)) return false;
  const steps = allSteps(body);
  if (test !== undefined && steps.some((step) => movesOn(step, test)))
    return false;
  return !steps.some(
    (step) =>
      (step.kind === "if" && isBounded(step.test)) ||
      valuesOf(step).some((value) => hasPart(value, isWaiting)),
  );
}

/** `from = addYears(from, 5)`, where the test asks for `from`: each round goes a step further, whatever the answers say. */
function movesOn(step: Step, test: Value): boolean {
  if (step.kind !== "set" || step.target === "") return false;
  const isNamed = (part: Value) =>
    part.kind === "name" && part.name === step.target;
  const { value } = step;
  return (
    hasPart(test, isNamed) &&
    value.kind === "call" &&
    value.arguments.some(isNamed) &&
    value.arguments.some((one) => !isNamed(one)) &&
    /(?:^|\.)(?:add|sub|subtract|plus|minus|next|advance|increment)[A-Z]?\w*$/.test(
      value.callee,
    )
  );
}

const counter =
  /max|limit|attempt|retr|tries|iteration|step|turn|round|budget|deadline|timeout|elapsed|abort|signal|count|depth|remaining|left$|\.length$|\.size$|Date\.now|cancel|stopped|shutdown|running$/i;

function isBounded(test: Value): boolean {
  return hasPart(
    test,
    (part) =>
      (part.kind === "compare" && /^[<>]=?$/.test(part.operator)) ||
      (part.kind === "name" && counter.test(part.name)) ||
      (part.kind === "call" && counter.test(part.callee)) ||
      part.kind === "other",
  );
}

/** Loops that take from a queue, a stream or a person run as often as something comes in. */
function isWaiting(part: Value): boolean {
  return (
    part.kind === "call" &&
    /(?:^|\.)(?:read|pop|shift|dequeue|receive\w*|take|[bl]*[lr]?pop|xread\w*|question|prompt|input|poll\w*|claim\w*|next|fetchNext\w*|waitFor\w*|getNext\w*|acquire|pull\w*|sleep|delay|setTimeout)$/i.test(
      part.callee,
    ) &&
    !/^(?:sleep|delay|setTimeout)$/i.test(part.callee)
  );
}

/** The dear call that some steps make, themselves or through the functions that they call. */
function paidIn(
  project: Project,
  ref: FunctionRef,
  body: readonly Step[],
): CostlyCall | undefined {
  const facts = functionAt(project, ref);
  if (!facts) return undefined;
  const calls = allSteps(body)
    .flatMap((step) => valuesOf(step))
    .flatMap((value) => valuesWithin(value))
    .filter((part) => part.kind === "call");
  const within = new Set<Value>(calls);
  const own = costlyCallsIn(project, ref).find(
    (costly) => isDear(costly) && within.has(costly.call),
  );
  if (own) return own;
  for (const call of calls) {
    const found = behind(project, ref, facts, call);
    if (found) return found;
  }
  return undefined;
}

function behind(
  project: Project,
  ref: FunctionRef,
  facts: FunctionFacts,
  call: CallValue,
): CostlyCall | undefined {
  const callee = calleeOf(project, ref.path, facts, call);
  if (callee === undefined || callee.at === ref.at) return undefined;
  return dearReach(project, callee)[0]?.costly;
}

/** A function that asks again by calling itself, with nothing that counts. */
function openRecursion(
  project: Project,
  path: string,
  facts: FunctionFacts,
): readonly Finding[] {
  if (facts.at === -1 || facts.name === "") return [];
  const ref = { path, at: facts.at };
  const paid = costlyCallsIn(project, ref).find(isDear);
  if (paid === undefined) return [];
  const again = callsWithin(project, ref).filter(({ call, in: inner }) => {
    const within = functionAt(project, inner);
    const callee = within && calleeOf(project, path, within, call);
    return callee?.path === path && callee.at === facts.at;
  });
  const [self] = again;
  if (self === undefined || isCounted(facts)) return [];
  if (
    !isRetry(
      facts,
      again.map(({ call }) => call),
    )
  )
    return [];
  return [
    finding(project, {
      path,
      line: self.line,
      identity: `recursion of ${facts.name}`,
      paid,
      message: `${facts.name} asks ${paid.provider} again by calling itself, and nothing counts how often.`,
      fix: "Hand a count of the tries along and stop at a small number, with a pause that grows.",
    }),
  ];
}

function isCounted({ parameters, steps }: FunctionFacts): boolean {
  const names = parameters.flat().map(({ local }) => local);
  return (
    names.some((name) =>
      /retr|attempt|tries|count|depth|left|remain|iteration|step|turn|page|cursor|offset|chunk|index|level|node|tree|rest$|^[ijn]$/i.test(
        name,
      ),
    ) ||
    allSteps(steps).some(
      (step) =>
        step.kind === "if" &&
        hasPart(
          step.test,
          (part) =>
            part.kind === "compare" &&
            /^[<>]=?$/.test(part.operator) &&
            !isStatus(part),
        ),
    )
  );
}

function isStatus(part: Extract<Value, { kind: "compare" }>): boolean {
  return [part.left, part.right].some(
    (one) =>
      one.kind === "literal" &&
      typeof one.value === "number" &&
      one.value >= 400 &&
      one.value < 600,
  );
}

/** Whether it asks again after a failure or because the answer says so; walking a tree does not. */
function isRetry(facts: FunctionFacts, again: readonly CallValue[]): boolean {
  const calls = new Set<Value>(again);
  const around = surroundingsOf(facts).filter(({ step }) =>
    holdsOne(step, calls),
  );
  return around.length === 0
    ? again.length > 0 && facts.steps.some(({ kind }) => kind === "try")
    : around.some(
        ({ isHandler, conditions }) =>
          isHandler ||
          conditions.some(({ test }) =>
            hasPart(
              test,
              (part) =>
                (part.kind === "literal" &&
                  (part.value === 429 || part.value === 503)) ||
                (part.kind === "name" &&
                  /\.ok$|status|tool_?calls?|finish_?reason|stop_?reason|retry|overloaded|isValid|valid$|error/i.test(
                    part.name,
                  )) ||
                (part.kind === "compare" && isStatus(part)),
            ),
          ),
      );
}

function finding(
  project: Project,
  {
    path,
    line,
    identity,
    paid,
    message,
    fix,
  }: {
    readonly path: string;
    readonly line: number;
    readonly identity: string;
    readonly paid: CostlyCall;
    readonly message: string;
    readonly fix: string;
  },
): Finding {
  const evidence: Evidence[] = [
    {
      path: paid.path,
      line: paid.line,
      note: `The call that ${paid.provider} is paid for.`,
    },
  ];
  return {
    rule: "unbounded-loop",
    path,
    lines: { start: line, end: line },
    identity,
    message,
    fix,
    confidence: "likely",
    evidence,
    ...(!isReachable(project, path) && { atMost: "notice" as const }),
  };
}
