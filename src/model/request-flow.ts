import type { Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import type { DataShape } from "./data-shape.js";
import { isForeignClass } from "./foreign-classes.js";
import { clientRights, isPrivilegedClient } from "./database-clients.js";
import type { FunctionRef } from "./function-ref.js";
import { functionAt, functionsIn, resolveFunction } from "./functions.js";
import type {
  Act,
  Charge,
  FlowCall,
  Operation,
  Origin,
  RequestFlow,
  TracedEntry,
} from "./operation.js";
import type { Project } from "./project.js";
import { amountOf, sentAmount } from "./charges.js";
import { actOf } from "./outside-acts.js";
import { isNothing } from "./request-names.js";
import { inputNames } from "./handler-inputs.js";
import { Origins, type Place } from "./request-origins.js";
import { asksForRight, isRightCall } from "./role-questions.js";
import type { Route } from "./route.js";
import { placedShape } from "./placed-shape.js";
import { schemaFields } from "./schema-fields.js";
import { fieldOf, WrittenFields } from "./written-fields.js";
import {
  allSteps,
  type CallValue,
  valuesOf,
  valuesWithin,
} from "./value-walk.js";

export type { Charge, Operation, RequestFlow } from "./operation.js";

const flows = new WeakMap<Project, WeakMap<Route, RequestFlow>>();
const maxDepth = 4;
const maxFunctions = 150;

/** What a route does to stored data and to money, through helpers, and where the values come from. */
export function flowOf(project: Project, route: Route): RequestFlow {
  let cache = flows.get(project);
  if (!cache) flows.set(project, (cache = new WeakMap()));
  const before = cache.get(route);
  if (before) return before;
  const flow = new Flow(project).run(route);
  cache.set(route, flow);
  return flow;
}

/** What the names of a function stand for when it is called. */
interface Given {
  readonly names: ReadonlyMap<string, Origin>;
  readonly fields: ReadonlyMap<string, readonly TracedEntry[]>;
  /** Clients of the database that may do anything. */
  readonly privileged: ReadonlySet<string>;
}

class Flow {
  readonly #project: Project;
  readonly #origins: Origins;
  readonly #operations: Operation[] = [];
  readonly #charges: Charge[] = [];
  readonly #acts: Act[] = [];
  readonly #calls: FlowCall[] = [];
  readonly #written: WrittenFields;
  readonly #seen = new Set<string>();
  #comparesCaller = false;
  #asksForRole = false;

  constructor(project: Project) {
    this.#project = project;
    this.#origins = new Origins(project);
    this.#written = new WrittenFields(project, this.#origins);
  }

  run(route: Route): RequestFlow {
    const facts = functionAt(this.#project, route.handler);
    const names = inputNames(route, facts?.parameters.flat() ?? []);
    const fields = new Map<string, readonly TracedEntry[]>();
    const known = route.schema && schemaFields(this.#project, route.schema);
    if (known)
      for (const [name, origin] of names)
        if (origin === "input")
          fields.set(
            name,
            known.map((key) => fieldOf(key, true)),
          );
    const privileged = new Set<string>();
    this.#function(route.handler, { names, fields, privileged }, maxDepth);
    return {
      operations: this.#operations,
      charges: this.#charges,
      acts: this.#acts,
      comparesCaller: this.#comparesCaller,
      asksForRole: this.#asksForRole,
      calls: this.#calls,
    };
  }

  #function(ref: FunctionRef, given: Given, depth: number): void {
    const key = `${ref.path}#${String(ref.at)}`;
    const facts = functionAt(this.#project, ref);
    if (
      facts === undefined ||
      this.#seen.has(key) ||
      this.#seen.size > maxFunctions
    )
      return;
    this.#seen.add(key);
    const names = new Map(given.names);
    const place: Place = { ...given, ref, facts, names, depth };
    for (const step of allSteps(facts.steps)) this.#step(place, step);
    for (const inner of functionsIn(this.#project, ref))
      this.#function(inner, { ...given, names }, depth);
  }

  #step(place: Place, step: Step): void {
    if (step.kind === "if") this.#test(place, step.test);
    for (const value of valuesOf(step)) this.#value(place, value);
    if (step.kind === "let")
      for (const { local, path } of step.bindings) {
        const origin = this.#origins.originOf(place, step.value, path);
        if (origin !== "other") place.names.set(local, origin);
        else if (this.#origins.isSomebodysRow(place, step.value))
          place.names.set(local, "other");
        else if (place.names.get(local) === "input") place.names.delete(local);
      }
    if (step.kind === "loop" && step.over) {
      const origin = this.#origins.originOf(place, step.over, "");
      for (const { local } of step.bindings)
        if (origin !== "other") place.names.set(local, origin);
    }
    if (step.kind === "set" && step.target) {
      const origin = this.#origins.originOf(place, step.value, "");
      if (origin !== "other") place.names.set(step.target, origin);
    }
  }

  #test(place: Place, test: Value): void {
    if (asksForRight(test, (part) => this.#origins.isInput(place, part)))
      this.#asksForRole = true;
    for (const part of valuesWithin(test)) {
      if (
        part.kind === "compare" &&
        !isNothing(part.left) &&
        !isNothing(part.right)
      )
        if (
          [part.left, part.right].some((side) =>
            this.#origins.isIdentity(place, side),
          )
        )
          this.#comparesCaller = true;
      if (
        part.kind === "call" &&
        part.arguments.some((one) => this.#origins.isIdentity(place, one))
      )
        this.#comparesCaller = true;
    }
  }

  #value(place: Place, value: Value): void {
    const inner = new Set<Value>();
    for (const part of valuesWithin(value)) {
      if (part.kind === "compare") this.#test(place, part);
      if (part.kind !== "call") continue;
      if (part.on?.kind === "call") inner.add(part.on);
      if (part.on?.kind === "member")
        for (const one of valuesWithin(part.on)) inner.add(one);
      const shape = inner.has(part)
        ? undefined
        : placedShape(this.#project, place, part);
      if (shape) this.#operation(place, part, shape);
      else if (!inner.has(part)) this.#call(place, part);
    }
  }

  #operation(place: Place, call: CallValue, shape: DataShape): void {
    if (isForeignClass(this.#project, place.ref.path, shape)) return;
    const trace = (one: DataShape["values"][number]) =>
      this.#written.trace(place, one);
    const namesCaller = valuesWithin(call).some((part) =>
      this.#origins.isIdentity(place, part),
    );
    const asksForCaller = valuesWithin(call).some(
      (part) =>
        part.kind === "object" &&
        part.entries.some(
          ({ key, value }) =>
            key === "where" &&
            valuesWithin(value).some((one) =>
              this.#origins.isIdentity(place, one),
            ),
        ),
    );
    this.#operations.push({
      ...shape,
      file: place.ref.path,
      line: call.line,
      rights: clientRights(this.#project, shape, place),
      predicates: shape.predicates.flatMap(trace),
      values: shape.values.flatMap(trace),
      namesCaller,
      asksForCaller,
      in: place.ref,
      call,
    });
  }

  #call(place: Place, call: CallValue): void {
    this.#charge(place, call);
    this.#act(place, call);
    if (
      call.arguments.some(
        (one) => this.#origins.entryOrigin(place, one) === "identity",
      ) &&
      !/^(?:console|logger|log)\b/.test(call.callee) &&
      call.arguments.some((one) =>
        valuesWithin(one).some((part) => this.#origins.isInput(place, part)),
      )
    )
      this.#comparesCaller = true;
    if (isRightCall(call.callee)) this.#asksForRole = true;
    if (call.on !== undefined && call.callee !== "") return;
    const callee: Value = { kind: "name", name: call.callee, line: call.line };
    const ref = resolveFunction(
      this.#project,
      place.ref.path,
      callee,
      place.facts,
    );
    if (ref === undefined) return;
    this.#calls.push({ from: place.ref, call, to: ref });
    if (place.depth <= 0) return;
    this.#function(ref, this.#givenTo(place, call, ref), place.depth - 1);
  }

  #givenTo(place: Place, call: CallValue, to: FunctionRef): Given {
    const names = new Map<string, Origin>();
    const fields = new Map<string, readonly TracedEntry[]>();
    const privileged = new Set<string>();
    const parameters = functionAt(this.#project, to)?.parameters ?? [];
    for (const [index, bindings] of parameters.entries()) {
      const argument = call.arguments[index];
      if (argument === undefined) continue;
      for (const { local, path } of bindings) {
        names.set(local, this.#origins.argumentOrigin(place, argument, path));
        const part =
          argument.kind === "object" && path !== ""
            ? argument.entries.find(({ key }) => key === path)?.value
            : path === ""
              ? argument
              : undefined;
        if (
          part?.kind === "name" &&
          isPrivilegedClient(this.#project, part.name, place)
        )
          privileged.add(local);
        const known = part && this.#written.of(place, part);
        if (known) fields.set(local, known);
      }
    }
    return { names, fields, privileged };
  }

  #act(place: Place, call: CallValue): void {
    const { ref, facts } = place;
    const isInput = (part: Value) => this.#origins.isInput(place, part);
    const what = actOf(this.#project, ref.path, call, facts, isInput);
    if (what) this.#acts.push({ file: ref.path, line: call.line, what });
  }

  #charge(place: Place, call: CallValue): void {
    const amount =
      amountOf(call) ??
      sentAmount(this.#project, place.ref.path, call, place.facts);
    if (amount && this.#origins.entryOrigin(place, amount) === "input")
      this.#charges.push({
        file: place.ref.path,
        line: amount.line,
        callee: call.callee,
      });
  }
}
