import type { Binding, FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import type { FunctionRef } from "./function-ref.js";
import { functionAt } from "./functions.js";
import { exits, handsOn, refusal, toldBy } from "./guard-tests.js";
import {
  CallerKnowledge,
  memberTaint,
  sessionTaint,
  taintFrom,
} from "./caller-knowledge.js";
import type { Guard, Summary, Taint } from "./guard.js";
import {
  askedKind,
  expiryGuards,
  guardAt,
  isCallbackStyle,
  isOneSided,
  returnedFunction,
} from "./guard-steps.js";
import { rememberedSummary } from "./guard-summaries.js";
import { isContextIdentity, lookupOf } from "./identity-lookups.js";
import { branchProof, Passes } from "./passes.js";
import type { Project } from "./project.js";
import { ProvedFlags } from "./proved-flags.js";
import type { ScanOptions } from "./scan-options.js";
import { endingSteps } from "./thrown-steps.js";
import { type CallValue, valuesWithin } from "./value-walk.js";

/** Helpers are followed this many calls deep. */
const maxDepth = 4;

/** Who a function makes sure to be called by, and whether it tells who that is. */
export function summaryOf(ref: FunctionRef, options: ScanOptions): Summary {
  return options.outer === undefined
    ? rememberedSummary(ref, options, options.depth ?? maxDepth, scanned)
    : scanned(ref, options);
}

function scanned(ref: FunctionRef, options: ScanOptions): Summary {
  const facts = functionAt(options.project, ref);
  if (facts === undefined) return { guards: [], identity: undefined };
  return new Scan(ref, facts, options).run();
}

/** What the names of the function around another one stand for; undefined where none is around it. */
export function enclosingTaints(
  ref: FunctionRef,
  project: Project,
): ReadonlyMap<string, Taint> | undefined {
  const parent = functionAt(project, ref)?.parent ?? -1;
  if (parent === -1) return undefined;
  const outer = { path: ref.path, at: parent };
  const facts = functionAt(project, outer);
  return facts && new Scan(outer, facts, { project, depth: 3 }).known();
}

/** One walk over the steps of a function, in order. */
class Scan {
  readonly #ref: FunctionRef;
  readonly #facts: FunctionFacts;
  readonly #options: ScanOptions;
  readonly #depth: number;
  readonly #steps: readonly Step[];
  readonly #callers: CallerKnowledge;
  readonly #guards: Guard[] = [];
  /** How many surrounding `try` blocks swallow what is thrown. */
  #swallowing = 0;
  readonly #passes = new Passes();
  readonly #flags = new ProvedFlags();
  #identity: Taint | undefined;

  constructor(ref: FunctionRef, facts: FunctionFacts, options: ScanOptions) {
    this.#ref = ref;
    this.#facts = facts;
    this.#steps = endingSteps(options.project, ref, facts);
    this.#options = options;
    this.#depth = options.depth ?? maxDepth;
    this.#callers = new CallerKnowledge(ref, facts, {
      project: options.project,
      outer: options.outer,
      summarise: (helper, callers) =>
        this.#depth <= 0
          ? undefined
          : summaryOf(helper, {
              project: options.project,
              depth: this.#depth - 1,
              known: options.known,
              ...(callers && { callers }),
            }),
    });
    for (const [index, bindings] of facts.parameters.entries())
      this.#bindParameter(bindings, options.callers?.[index]);
  }

  run(): Summary {
    this.#walk(this.#steps);
    this.#guards.push(...this.#passes.guards(this.#ref, this.#facts));
    return { guards: this.#guards, identity: this.#identity };
  }

  /** What its names stand for in the end. */
  known(): ReadonlyMap<string, Taint> {
    this.#walk(this.#steps);
    return this.#callers.taints;
  }

  #bindParameter(bindings: readonly Binding[], taint: Taint | undefined): void {
    for (const { local, path } of bindings) {
      if (taint) this.#callers.set(local, memberTaint(taint, local, path));
      else if (
        path !== "" &&
        isContextIdentity(`ctx.${path.replace(/^ctx\./, "")}`)
      )
        this.#callers.set(local, sessionTaint(path, this.#facts.line));
    }
  }

  /** @returns whether the walk ended for good. */
  #walk(steps: readonly Step[]): boolean {
    for (const [index, step] of steps.entries())
      if (this.#step(step, steps.slice(index + 1))) return true;
    return false;
  }

  #step(step: Step, rest: readonly Step[]): boolean {
    switch (step.kind) {
      case "let":
        this.#calls(step.value, false);
        this.#bind(step.bindings, step.value);
        return false;
      case "set": {
        this.#calls(step.value, false);
        const taint = this.#callers.answerOf(step.value);
        if (taint && step.target !== "") this.#callers.set(step.target, taint);
        this.#flags.note(step, this.#callers.taints);
        return false;
      }
      case "do":
        this.#calls(step.value, true);
        if (handsOn(step.value)) this.#passes.add();
        return false;
      case "throw":
        return true;
      case "return":
        this.#return(step);
        return true;
      case "if":
        return this.#if(step, rest);
      case "try":
        return this.#try(step);
      case "loop":
        this.#walk(step.body);
        return false;
    }
  }

  #bind(bindings: readonly Binding[], value: Value): void {
    const taint = this.#callers.answerOf(value);
    if (taint === undefined) return;
    for (const { local, path } of bindings)
      this.#callers.set(local, memberTaint(taint, local, path));
  }

  #return(step: Extract<Step, { kind: "return" }>): void {
    if (step.value === undefined) return;
    if (handsOn(step.value)) this.#passes.add();
    this.#calls(step.value, true);
    const taint = this.#callers.testedTaint(step.value);
    if (taint) this.#identity ??= taint;
    if (
      /\.canActivate$/.test(this.#facts.name) ||
      step.value.kind === "either"
    ) {
      if (taint && this.#callers.polarity(step.value) !== 0)
        this.#guard(taint, step.line, step.value, "return");
    }
    const inner = returnedFunction(
      this.#options.project,
      this.#ref,
      this.#facts,
      step.value,
    );
    if (inner) this.#include(inner);
  }

  #include(ref: FunctionRef, callers?: readonly (Taint | undefined)[]): void {
    if (this.#depth <= 0) return;
    const summary = scanned(ref, {
      ...this.#options,
      depth: this.#depth - 1,
      outer: this.#callers.taints,
      ...(callers && { callers }),
    });
    this.#guards.push(...summary.guards);
    this.#identity ??= summary.identity;
  }

  #if(step: Extract<Step, { kind: "if" }>, rest: readonly Step[]): boolean {
    const known = this.#options.known?.(step.test, this.#ref.path, this.#facts);
    if (known !== undefined) return this.#walk(known ? step.then : step.else);
    this.#calls(step.test, false);
    const polarity = this.#callers.polarity(step.test);
    const taint = this.#callers.testedTaint(step.test);
    const by = taint && refusal(step, rest, taint, polarity);
    if (by) this.#guard(taint, step.line, step.test, by);
    else this.#guards.push(...expiryGuards(this.#ref, this.#facts, step));
    this.#identity = toldBy(this.#identity, step, taint, polarity);
    const found = this.#guards.length;
    const passedBefore = this.#passes.count;
    const proof = (side: 1 | -1) =>
      branchProof(step.test, { taint, polarity, side, facts: this.#facts });
    const inThen = this.#passes.within(proof(1), () =>
      this.#flags.within(() => this.#walk(step.then)),
    );
    // All ways through a branch for strangers end, though not at its own level: `if (!user) { if (!isOpen) return … }`.
    const isRefused =
      polarity === -1 && inThen && this.#passes.count === passedBefore;
    if (taint && isRefused && !exits(step.then))
      this.#guard(taint, step.line, step.test, "return");
    const inElse = this.#passes.within(proof(-1), () =>
      this.#flags.within(() => this.#walk(step.else)),
    );
    // A guard in one branch only holds where the other branch leads nowhere else.
    if (
      isOneSided(step, {
        taint,
        polarity,
        hasEnded: inThen || by !== undefined,
      })
    )
      this.#guards.length = found;
    return inThen && inElse && step.else.length > 0;
  }

  #try(step: Extract<Step, { kind: "try" }>): boolean {
    const swallows = step.handler !== undefined && !exits(step.handler);
    if (swallows) this.#swallowing += 1;
    const ended = this.#flags.within(() => this.#walk(step.body));
    if (swallows) this.#swallowing -= 1;
    this.#walk(step.finally);
    return ended && !swallows;
  }

  /** The calls of a value: library calls and helpers that refuse by themselves, and functions handed to calls. */
  #calls(value: Value, isResultUsed: boolean): void {
    for (const part of valuesWithin(value)) {
      if (part.kind !== "call") continue;
      const lookup = lookupOf(this.#options.project, this.#ref.path, part);
      if (lookup?.rejects && this.#swallowing === 0 && !isCallbackStyle(part))
        this.#guards.push(
          guardAt(lookup.kind, lookup.how, this.#ref.path, part.line, "throw"),
        );
      if (lookup?.rejects)
        this.#flags.prove(taintFrom(lookup.kind, lookup.how, part.line));
      const helper = lookup ? undefined : this.#callers.helper(part);
      this.#takeOver(
        helper?.guards ?? [],
        isResultUsed && part === value,
        part.line,
      );
      this.#callbacks(
        part,
        lookup !== undefined || this.#callers.taintOf(part) !== undefined,
      );
    }
  }

  /** The guards of a helper hold where it throws, or where its answer is passed on. */
  #takeOver(guards: readonly Guard[], isTaken: boolean, line: number): void {
    for (const guard of guards)
      if (isTaken || (guard.by === "throw" && this.#swallowing === 0))
        this.#guards.push({ ...guard, from: line });
  }

  #callbacks(call: CallValue, tellsCaller: boolean): void {
    for (const argument of call.arguments) {
      if (argument.kind !== "function" || argument.at === undefined) continue;
      const callers = tellsCaller
        ? [0, 1].map((): Taint => sessionTaint(call.callee, call.line))
        : undefined;
      this.#include({ path: this.#ref.path, at: argument.at }, callers);
    }
  }

  #guard(taint: Taint, line: number, test: Value, by: Guard["by"]): void {
    const kind = askedKind(taint, test);
    this.#guards.push(guardAt(kind, taint.how, this.#ref.path, line, by));
  }
}
