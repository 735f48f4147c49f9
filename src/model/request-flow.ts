import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { ObjectEntry, Value } from "#parse/module-facts.js";
import { type DataShape, dataShape } from "./data-operations.js";
import { resolveName } from "./constants.js";
import { clientRights } from "./database-clients.js";
import type { FunctionRef } from "./function-ref.js";
import { functionAt, functionsIn, resolveFunction } from "./functions.js";
import { isContextIdentity, lookupOf } from "./identity-lookups.js";
import type { Project } from "./project.js";
import type { Route } from "./route.js";
import {
  allSteps,
  type CallValue,
  lastName,
  rootName,
  stringOf,
  valuesOf,
  valuesWithin,
} from "./value-walk.js";

/** Where a value comes from: the request, who is known to call, or neither. */
export type Origin = "input" | "identity" | "other";

/** A column with where its value comes from. */
export interface TracedEntry {
  readonly key: string;
  readonly origin: Origin;
  /** The whole of what the client sent, not one field of it. */
  readonly isWhole: boolean;
}

/** Something that a route does to stored data. */
export interface Operation extends Omit<DataShape, "predicates" | "values"> {
  readonly file: string;
  readonly line: number;
  /** `policies`: the database decides by row; `privileged`: past its policies; `database`: it knows no callers. */
  readonly rights: "policies" | "privileged" | "database";
  readonly predicates: readonly TracedEntry[];
  readonly values: readonly TracedEntry[];
  /** Whether the caller stands anywhere in it. */
  readonly namesCaller: boolean;
}

/** A call to a payment provider with an amount in it. */
export interface Charge {
  readonly file: string;
  readonly line: number;
  readonly callee: string;
}

/** What a route does with what it is sent. */
export interface RequestFlow {
  readonly operations: readonly Operation[];
  /** Payments whose amount comes from the request. */
  readonly charges: readonly Charge[];
  /** Whether anything compares the caller with what was found, or asks about both. */
  readonly comparesCaller: boolean;
}

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
  readonly #operations: Operation[] = [];
  readonly #charges: Charge[] = [];
  readonly #seen = new Set<string>();
  #comparesCaller = false;

  constructor(project: Project) {
    this.#project = project;
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
        const origin = this.#originOf(place, step.value, path);
        if (origin !== "other") place.names.set(local, origin);
        else if (place.names.get(local) === "input") place.names.delete(local);
      }
    if (step.kind === "loop" && step.over) {
      const origin = this.#originOf(place, step.over, "");
      for (const { local } of step.bindings)
        if (origin !== "other") place.names.set(local, origin);
    }
    if (step.kind === "set" && step.target) {
      const origin = this.#originOf(place, step.value, "");
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
          [part.left, part.right].some((side) => this.#isIdentity(place, side))
        )
          this.#comparesCaller = true;
      if (
        part.kind === "call" &&
        part.arguments.some((one) => this.#isIdentity(place, one))
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
      origin: this.#entryOrigin(place, value),
      isWhole:
        (key === "..." || key === "") &&
        value.kind === "name" &&
        isWholeInput(value.name),
    });
    const namesCaller = valuesWithin(call).some((part) =>
      this.#isIdentity(place, part),
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

  /** A value that is put together from both counts as the caller's: `${user.id}/${name}`. */
  #entryOrigin(place: Place, value: Value): Origin {
    const parts = valuesWithin(value);
    if (parts.some((part) => this.#isIdentity(place, part))) return "identity";
    return parts.some((part) => this.#isInput(place, part)) ? "input" : "other";
  }

  #call(place: Place, call: CallValue): void {
    this.#charge(place, call);
    if (
      call.arguments.some(
        (one) => this.#entryOrigin(place, one) === "identity",
      ) &&
      !/^(?:console|logger|log)\b/.test(call.callee) &&
      call.arguments.some((one) =>
        valuesWithin(one).some((part) => this.#isInput(place, part)),
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
        names.set(local, this.#argumentOrigin(place, argument, path));
    }
    this.#function(ref, names, place.depth - 1);
  }

  #argumentOrigin(place: Place, argument: Value, path: string): Origin {
    if (
      path === "" &&
      argument.kind === "object" &&
      argument.entries.some(
        (one) => this.#entryOrigin(place, one.value) === "identity",
      )
    )
      return "identity";
    const entry =
      argument.kind === "object" && path !== ""
        ? argument.entries.find(({ key }) => key === rootName(path))?.value
        : argument;
    return entry ? this.#entryOrigin(place, entry) : "other";
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
      this.#entryOrigin(place, amount.value) === "input"
    )
      this.#charges.push({
        file: place.ref.path,
        line: amount.value.line,
        callee: call.callee,
      });
  }

  #originOf(place: Place, value: Value, path: string): Origin {
    if (/(?:^|\.)(?:user|session)$/.test(path)) return "identity";
    const parts = valuesWithin(value);
    if (
      parts.some(
        (part) =>
          part.kind === "call" && lookupOf(this.#project, place.ref.path, part),
      )
    )
      return "identity";
    if (value.kind === "call" && isInputCall(value)) return "input";
    if (value.kind === "call" && dataShape(value)) return "other";
    const direct = parts.some((part) => this.#isIdentity(place, part));
    if (
      direct &&
      (value.kind === "name" ||
        value.kind === "member" ||
        value.kind === "either")
    )
      return "identity";
    const isFromInput = parts.some((part) => this.#isInput(place, part));
    if (!isFromInput) return direct ? "identity" : "other";
    if (value.kind !== "call") return "input";
    return /(?:^|\.)(?:parse|safeParse|parseAsync|safeParseAsync|Number|parseInt|String|validate|toString|trim|toLowerCase|json|get)$/.test(
      value.callee,
    )
      ? "input"
      : "other";
  }

  #isIdentity(place: Place, part: Value): boolean {
    const name =
      part.kind === "name"
        ? part.name
        : part.kind === "call"
          ? part.callee
          : undefined;
    if (name === undefined) return false;
    const known = place.names.get(rootName(name)) ?? place.names.get(name);
    if (known === "identity") return true;
    if (
      isContextIdentity(name) ||
      (part.kind === "call" && lookupOf(this.#project, place.ref.path, part))
    )
      return true;
    return (
      known === undefined &&
      /^(?:current|auth|session|logged|my|me|viewer|tenant|org|team|workspace|owner|caller|requester|user)\w*$/i.test(
        rootName(name),
      ) &&
      part.kind === "name"
    );
  }

  #isInput(place: Place, part: Value): boolean {
    if (part.kind === "call") return isInputCall(part);
    if (part.kind !== "name") return false;
    if (isContextIdentity(part.name)) return false;
    return (
      isRequestName(part.name) ||
      place.names.get(rootName(part.name)) === "input" ||
      place.names.get(part.name) === "input"
    );
  }
}

interface Place {
  readonly ref: FunctionRef;
  readonly facts: FunctionFacts;
  readonly names: Map<string, Origin>;
  readonly depth: number;
}

function isRequestName(name: string): boolean {
  return /^(?:_?req|request|ctx|c|event|context)\.(?:request\.)?(?:body|query|params|headers|nextUrl\.searchParams|queryStringParameters|pathParameters)(?:\.|$)|^(?:params|input|searchParams)\.|^ctx\.request\.body/.test(
    name,
  );
}

function isWholeInput(name: string): boolean {
  return /^(?:req|request)\.body$|^(?:body|payload|updates|data|input|values|fields|requestBody|dto)$|Dto$/.test(
    name,
  );
}

/** `await request.json()`, `url.searchParams.get("id")`, `form.get("id")`, `getRouterParam(event, "id")`. */
function isInputCall(call: CallValue): boolean {
  const method = lastName(call.callee);
  if (
    /^(?:_?req|request|c\.req|ctx\.req|event\.request|context\.request)\.(?:json|formData|text|param|query|parseBody|valid|body)$/.test(
      call.callee,
    )
  )
    return true;
  if (
    /^(?:readBody|readValidatedBody|getQuery|getRouterParam|getRouterParams|readFormData)$/.test(
      call.callee,
    )
  )
    return true;
  if (method !== "get") return false;
  if (/(?:searchParams|formData|form|params|query)\.get$/i.test(call.callee))
    return true;
  return (
    /headers\.get$/.test(call.callee) &&
    /^x-user|user-?id|email/i.test(stringOf(call.arguments[0]) ?? "")
  );
}

function isNothing(value: Value): boolean {
  return (
    (value.kind === "literal" && !value.value) ||
    (value.kind === "name" && value.name === "undefined")
  );
}
