import type { Step } from "#parse/code-facts.js";
import type { ObjectEntry, Value } from "#parse/module-facts.js";
import { dataShape } from "./data-operations.js";
import type { DataShape } from "./data-shape.js";
import { resolveName } from "./constants.js";
import { clientRights } from "./database-clients.js";
import type { FunctionRef } from "./function-ref.js";
import { functionAt, functionsIn, resolveFunction } from "./functions.js";
import type {
  Charge,
  Operation,
  Origin,
  RequestFlow,
  TracedEntry,
} from "./operation.js";
import type { Project } from "./project.js";
import { isNothing, isWholeInput } from "./request-names.js";
import { Origins, type Place } from "./request-origins.js";
import type { Route } from "./route.js";
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

type Names = ReadonlyMap<string, Origin>;

class Flow {
  readonly #project: Project;
  readonly #origins: Origins;
  readonly #operations: Operation[] = [];
  readonly #charges: Charge[] = [];
  readonly #seen = new Set<string>();
  #comparesCaller = false;

  constructor(project: Project) {
    this.#project = project;
    this.#origins = new Origins(project);
  }

  run(route: Route): RequestFlow {
    const facts = functionAt(this.#project, route.handler);
    const names = new Map<string, Origin>();
    const isAction =
      route.methods.includes("ACTION") && route.framework === "next-action";
    const isNest = route.framework === "nest";
    for (const binding of facts?.parameters.flat() ?? []) {
      const isRequest =
        /^(?:_?req|request|_?res|reply|ctx|context|c|event|next|h|_|env|prevState|state)$/.test(
          binding.local,
        );
      if (/user$|session|auth/i.test(binding.local))
        names.set(binding.local, "identity");
      else if ((isAction || isNest) && !isRequest)
        names.set(binding.local, "input");
      else if (
        /^(?:input|body|query|params|args|searchParams|data)$/.test(
          binding.path || binding.local,
        )
      )
        names.set(binding.local, "input");
    }
    this.#function(route.handler, names, maxDepth);
    return {
      operations: this.#operations,
      charges: this.#charges,
      comparesCaller: this.#comparesCaller,
    };
  }

  #function(ref: FunctionRef, given: Names, depth: number): void {
    const key = `${ref.path}#${String(ref.at)}`;
    const facts = functionAt(this.#project, ref);
    if (
      facts === undefined ||
      this.#seen.has(key) ||
      this.#seen.size > maxFunctions
    )
      return;
    this.#seen.add(key);
    const names = new Map(given);
    const place: Place = { ref, facts, names, depth };
    for (const step of allSteps(facts.steps)) this.#step(place, step);
    for (const inner of functionsIn(this.#project, ref))
      this.#function(inner, names, depth);
  }

  #step(place: Place, step: Step): void {
    if (step.kind === "if") this.#test(place, step.test);
    for (const value of valuesOf(step)) this.#value(place, value);
    if (step.kind === "let")
      for (const { local, path } of step.bindings) {
        const origin = this.#origins.originOf(place, step.value, path);
        if (origin !== "other") place.names.set(local, origin);
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
      const shape = inner.has(part) ? undefined : dataShape(part);
      if (shape) this.#operation(place, part, shape);
      else if (!inner.has(part)) this.#call(place, part);
    }
  }

  #operation(place: Place, call: CallValue, shape: DataShape): void {
    // A class of a package, such as `PDFDocument.create()`, is no model of the project.
    const isForeign =
      /^[A-Z]\w*$/.test(shape.client) &&
      shape.library === "orm" &&
      resolveName(this.#project, place.ref.path, shape.client) === undefined;
    if (isForeign) return;
    const trace = ({ key, value }: ObjectEntry): TracedEntry => ({
      key,
      origin: this.#origins.entryOrigin(place, value),
      isWhole:
        (key === "..." || key === "") &&
        value.kind === "name" &&
        isWholeInput(value.name),
    });
    const namesCaller = valuesWithin(call).some((part) =>
      this.#origins.isIdentity(place, part),
    );
    this.#operations.push({
      ...shape,
      file: place.ref.path,
      line: call.line,
      rights: clientRights(this.#project, place.ref.path, shape, place.facts),
      predicates: shape.predicates.map(trace),
      values: shape.values.map(trace),
      namesCaller,
    });
  }

  #call(place: Place, call: CallValue): void {
    this.#charge(place, call);
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
    if (place.depth <= 0 || (call.on !== undefined && call.callee !== ""))
      return;
    const callee: Value = { kind: "name", name: call.callee, line: call.line };
    const ref = resolveFunction(
      this.#project,
      place.ref.path,
      callee,
      place.facts,
    );
    const facts = ref && functionAt(this.#project, ref);
    if (ref === undefined || facts === undefined) return;
    const names = new Map<string, Origin>();
    for (const [index, bindings] of facts.parameters.entries()) {
      const argument = call.arguments[index];
      if (argument === undefined) continue;
      for (const { local, path } of bindings)
        names.set(local, this.#origins.argumentOrigin(place, argument, path));
    }
    this.#function(ref, names, place.depth - 1);
  }

  #charge(place: Place, call: CallValue): void {
    if (
      !/(?:paymentIntents|charges|checkout\.sessions|orders|preferences|payments|transactions|invoices|prices)\.create$|^(?:createOrder|createPayment|createCharge)$/.test(
        call.callee,
      )
    )
      return;
    if (/(?:^|\.)(?:db|prisma|ctx|tx)\./.test(call.callee)) return;
    const amount = call.arguments
      .flatMap((one) => valuesWithin(one))
      .flatMap((part) => (part.kind === "object" ? part.entries : []))
      .find(({ key }) =>
        /^(?:amount|unit_amount|unitAmount|unit_price|total|value|price_in_cents)$/.test(
          key,
        ),
      );
    if (
      amount &&
      amount.value.kind !== "object" &&
      this.#origins.entryOrigin(place, amount.value) === "input"
    )
      this.#charges.push({
        file: place.ref.path,
        line: amount.value.line,
        callee: call.callee,
      });
  }
}
