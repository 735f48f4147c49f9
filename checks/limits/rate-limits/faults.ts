import type { Finding } from "#gate/finding.js";
import { functionAt, functionsIn } from "#model/functions.js";
import type { Limiter } from "#model/limiters.js";
import type { Project } from "#model/project.js";
import type { Route } from "#model/routes.js";
import { allSteps, hasPart, valuesOf } from "#model/value-walk.js";
import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { keyFault } from "./keys.js";
import { memoryFault } from "./memory.js";

/** What is wrong with the limiters of a route. */
export function limiterFaults(
  project: Project,
  route: Route,
  limiters: readonly Limiter[],
): readonly Finding[] {
  return limiters.flatMap((limiter) =>
    [
      unusedResult(project, limiter),
      failsOpen(project, limiter),
      keyFault(project, route, limiter),
      memoryFault(project, route, limiter),
    ].filter((finding) => finding !== undefined),
  );
}

function at({
  file,
  line,
  how,
}: Limiter): Pick<Finding, "path" | "lines" | "identity"> {
  return { path: file, lines: { start: line, end: line }, identity: how };
}

/** Libraries that answer whether to go on, instead of refusing by themselves. */
const answering =
  /^(?:@upstash\/ratelimit|@unkey\/ratelimit|@arcjet\/.+|@vercel\/firewall|sveltekit-rate-limiter)$/;

function unusedResult(project: Project, limiter: Limiter): Finding | undefined {
  const facts = limiter.in && functionAt(project, limiter.in);
  if (
    !facts ||
    !limiter.in ||
    !limiter.call ||
    !answering.test(limiter.made?.package ?? "")
  )
    return undefined;
  const holder = allSteps(facts.steps).find((step) =>
    valuesOf(step).some((value) => value === limiter.call),
  );
  if (
    !holder ||
    (holder.kind !== "do" &&
      !isForgotten(project, limiter.in, facts, holder)) ||
    isPenalty(facts, holder)
  )
    return undefined;
  return {
    rule: "limiter-result-unused",
    ...at(limiter),
    message: `The answer of ${limiter.how} is not looked at, so nobody is ever refused.`,
    fix: "Test its `success` and answer 429 when it is false, before the paid call.",
    confidence: "likely",
  };
}

/** A failed try that is counted on the way out: what follows refuses anyway. */
function isPenalty(facts: FunctionFacts, holder: Step): boolean {
  const lists = allSteps(facts.steps).flatMap((step) =>
    step.kind === "if"
      ? [step.then, step.else]
      : step.kind === "try"
        ? [step.handler ?? []]
        : [],
  );
  return lists.some((steps) => {
    const at = steps.indexOf(holder);
    return (
      at >= 0 &&
      steps
        .slice(at + 1)
        .some(({ kind }) => kind === "throw" || kind === "return")
    );
  });
}

function isForgotten(
  project: Project,
  ref: NonNullable<Limiter["in"]>,
  facts: FunctionFacts,
  holder: Step,
): boolean {
  if (holder.kind !== "let") return false;
  const names = new Set(holder.bindings.map(({ local }) => local));
  const isUse = (part: Value) =>
    part.kind === "name" && names.has(part.name.split(".")[0] ?? "");
  const inner = functionsIn(project, ref).flatMap(
    (one) => functionAt(project, one) ?? [],
  );
  return ![facts, ...inner].some((one) =>
    allSteps(one.steps).some(
      (step) =>
        step !== holder &&
        // What cannot be told may use it: markup, arithmetic.
        valuesOf(step).some((value) =>
          hasPart(
            value,
            (part) =>
              isUse(part) ||
              part.kind === "other" ||
              (part.kind === "call" &&
                names.has(part.callee.split(".")[0] ?? "")),
          ),
        ),
    ),
  );
}

function failsOpen(project: Project, limiter: Limiter): Finding | undefined {
  const facts = limiter.in && functionAt(project, limiter.in);
  if (!facts || !limiter.call || limiter.kind === "captcha") return undefined;
  // `limiter.schedule(() => fetch(…))` paces calls to others: what fails in there is the call.
  if (limiter.call.arguments.some(({ kind }) => kind === "function"))
    return undefined;
  for (const step of allSteps(facts.steps)) {
    if (step.kind !== "try" || !step.handler) continue;
    const holds = step.body.some((inner) =>
      [inner, ...allSteps([inner])].some((one) =>
        valuesOf(one).some((value) =>
          hasPart(value, (part) => part === limiter.call),
        ),
      ),
    );
    if (!holds || step.body.length > 6 || !letsPass(step.handler)) continue;
    return {
      rule: "limiter-fails-open",
      path: limiter.file,
      lines: { start: step.line, end: step.line },
      identity: limiter.how,
      message: `When ${limiter.how} fails, the call goes on without a limit.`,
      fix: "Refuse, or fall back to a small limit in memory, when the limiter's store cannot be reached.",
      confidence: "possible",
    };
  }
  return undefined;
}

/** A handler that neither throws nor refuses. */
function letsPass(handler: readonly Step[]): boolean {
  const steps = allSteps(handler);
  if (steps.some(({ kind }) => kind === "throw")) return false;
  const returns = steps.filter((step) => step.kind === "return");
  return (
    returns.every((step) => step.kind === "return" && passes(step.value)) &&
    !steps.some((step) =>
      valuesOf(step).some((value) => hasPart(value, refuses)),
    )
  );
}

function refuses(part: Value): boolean {
  return (
    (part.kind === "literal" &&
      typeof part.value === "number" &&
      part.value >= 400) ||
    (part.kind === "call" &&
      /(?:^|\.)(?:status|sendStatus|fail|reject|error|json|redirect)$/.test(
        part.callee,
      ) &&
      !/console|log/i.test(part.callee))
  );
}

function passes(value: Value | undefined): boolean {
  if (value === undefined) return true;
  if (value.kind === "literal") return value.value === true;
  if (value.kind === "call")
    return /^(?:next|NextResponse\.next)$/.test(value.callee);
  return (
    value.kind === "object" &&
    value.entries.some(
      ({ key, value: one }) =>
        /^(?:success|allowed|ok)$/.test(key) &&
        one.kind === "literal" &&
        one.value === true,
    )
  );
}
