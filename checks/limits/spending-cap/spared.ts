import { calleeOf } from "#model/costly-calls.js";
import { callsIn, type FunctionRef, functionAt } from "#model/functions.js";
import { optionOf } from "#model/option-of.js";
import type { Project } from "#model/project.js";
import {
  allSteps,
  type CallValue,
  hasPart,
  rootName,
  valuesOf,
} from "#model/value-walk.js";
import { constantOf, type Value } from "#parse/module-facts.js";
import {
  type Exit,
  holdsOne,
  type Surrounded,
  surroundingsOf,
} from "./surroundings.js";

/** Whether an answer that is kept from before, or a switch, keeps a call from being made each time. */
export function isSpared(
  project: Project,
  via: readonly FunctionRef[],
  call: CallValue,
): boolean {
  return (
    isCachedRequest(call.arguments) ||
    via.some((ref, index) => {
      const next = via[index + 1];
      return (
        isCachedFunction(project, ref) ||
        sitesOf(project, ref, next, call).some(isConditional)
      );
    }) ||
    tellsToCache(project, via[0])
  );
}

/** `fetch(url, { next: { revalidate: 3600 } })`, `{ cache: "force-cache" }`. */
function isCachedRequest(given: readonly Value[]): boolean {
  return given.some((value) => {
    const cache = optionOf(value, "cache");
    return (
      optionOf(optionOf(value, "next"), "revalidate") !== undefined ||
      (cache?.kind === "literal" && cache.value === "force-cache")
    );
  });
}

const cacheName =
  /(?:^|[._])(?:unstable_cache|memo(?:ize)?|remember|getOrSet\w*|cached?|swr|withCache\w*|cache(?:Function|With\w*|get\w*)|defineCached\w+)$/i;

/** A function that is handed to something which keeps its answers, or says so itself. */
function isCachedFunction(project: Project, ref: FunctionRef): boolean {
  const facts = functionAt(project, ref);
  const file = project.files.get(ref.path);
  if (!facts || !file) return false;
  if (
    [...facts.directives, ...(file.code?.directives ?? [])].some((one) =>
      one.startsWith("use cache"),
    )
  )
    return true;
  const made = file.module && constantOf(file.module, facts.name);
  if (made?.kind === "call" && cacheName.test(made.callee)) return true;
  const parent = functionAt(project, { path: ref.path, at: facts.parent });
  return (
    parent !== undefined &&
    callsIn(parent).some(
      ({ callee, call }) =>
        cacheName.test(callee) &&
        call.arguments.some(
          (one) => one.kind === "function" && one.at === ref.at,
        ),
    )
  );
}

/** The steps of a function that lead on: to the next function, or to the paid call itself. */
function sitesOf(
  project: Project,
  ref: FunctionRef,
  next: FunctionRef | undefined,
  paid: Value,
): readonly Surrounded[] {
  const facts = functionAt(project, ref);
  if (!facts) return [];
  const leads = new Set<Value>(
    callsIn(facts)
      .filter(({ call }) => leadsOn(project, ref, call, { next, paid }))
      .map(({ call }) => call),
  );
  if (leads.size === 0) return [];
  return surroundingsOf(facts).filter(({ step }) => holdsOne(step, leads));
}

function leadsOn(
  project: Project,
  ref: FunctionRef,
  call: CallValue,
  {
    next,
    paid,
  }: { readonly next: FunctionRef | undefined; readonly paid: Value },
): boolean {
  if (next === undefined) return call === paid;
  const facts = functionAt(project, ref);
  const callee = facts && calleeOf(project, ref.path, facts, call);
  return (
    (callee?.path === next.path && callee.at === next.at) ||
    (next.path === ref.path &&
      call.arguments.some(
        (one) => one.kind === "function" && one.at === next.at,
      ))
  );
}

const keptName =
  /cach|existing|stored|saved|fresh|stale|expired|already|recent|outdated|lastGenerated|hasGenerated|generated(?:At|Today)|alreadySent|processed|hit$/i;

/** Whether it runs only where no answer is there yet: `if (cached) return cached`, `if (!summary) { … }`. */
function isConditional({ conditions, exit, step }: Surrounded): boolean {
  if (
    conditions.some(
      ({ test, isElse }) =>
        speaksOfKept(test) || (!isElse && asksForNothing(test)),
    )
  )
    return true;
  for (let at = exit; at; at = at.before)
    if (speaksOfKept(at.step.test) || givesBackTested(at.step)) return true;
  return valuesOf(step).some((value) => hasPart(value, isFallback));
}

function speaksOfKept(test: Value): boolean {
  return hasPart(
    test,
    (part) =>
      (part.kind === "name" && keptName.test(part.name)) ||
      (part.kind === "call" && keptName.test(part.callee)) ||
      (part.kind === "member" && keptName.test(part.name)),
  );
}

/** `if (!summary)`, `if (summary === null)`, `if (messages.length === 0)`. */
function asksForNothing(test: Value): boolean {
  if (test.kind === "not")
    return test.of.kind === "name" && !isPerson(test.of.name);
  if (test.kind === "compare")
    return (
      /^={2,3}$/.test(test.operator) &&
      ((test.right.kind === "literal" &&
        (test.right.value === null || test.right.value === 0)) ||
        (test.right.kind === "name" && test.right.name === "undefined"))
    );
  return test.kind === "either" && test.options.some(asksForNothing);
}

function isPerson(name: string): boolean {
  return /user|session|auth|token|error|loading|id$/i.test(name);
}

/** `if (found) return Response.json(found)`. */
function givesBackTested({ test, then }: Exit["step"]): boolean {
  const tested = new Set<string>();
  hasPart(test, (part) => {
    if (part.kind === "name") tested.add(rootName(part.name));
    return part.kind === "not";
  });
  if (hasPart(test, ({ kind }) => kind === "not")) return false;
  return allSteps(then).some(
    (step) =>
      step.kind === "return" &&
      step.value !== undefined &&
      hasPart(
        step.value,
        (part) =>
          part.kind === "name" &&
          tested.has(rootName(part.name)) &&
          !/err|valid|^res(?:ult)?$|^auth|session|user/i.test(part.name),
      ),
  );
}

/** `cached ?? (await ask())`. */
function isFallback(part: Value): boolean {
  return (
    part.kind === "either" &&
    part.operator !== "&&" &&
    part.options.some(
      (option) => option.kind === "name" && keptName.test(option.name),
    )
  );
}

/** A page or endpoint that says how long its answer is kept. */
function tellsToCache(
  project: Project,
  start: FunctionRef | undefined,
): boolean {
  if (start === undefined) return false;
  const facts = project.files.get(start.path)?.module;
  const revalidate = facts && constantOf(facts, "revalidate");
  const dynamic = facts && constantOf(facts, "dynamic");
  if (
    revalidate?.kind === "literal" &&
    revalidate.value !== 0 &&
    revalidate.value !== false
  )
    return true;
  if (
    dynamic?.kind === "literal" &&
    /force-static|error/.test(String(dynamic.value))
  )
    return true;
  if (
    facts?.exports.some(
      ({ name }) => name === "generateStaticParams" || name === "prerender",
    )
  )
    return true;
  const own = functionAt(project, start);
  return (
    own !== undefined &&
    allSteps(own.steps).some((step) =>
      valuesOf(step).some((value) =>
        hasPart(
          value,
          (part) =>
            part.kind === "literal" &&
            typeof part.value === "string" &&
            /s-maxage=[1-9]|public, ?(?:s-)?max-?age=[1-9]|immutable/i.test(
              part.value,
            ),
        ),
      ),
    )
  );
}
