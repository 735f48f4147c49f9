import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import type { FunctionRef } from "./function-ref.js";
import { functionAt } from "./functions.js";
import type { Operation, RequestFlow } from "./operation.js";
import type { Project } from "./project.js";
import { picksOnly, shownFields } from "./shown-fields.js";
import {
  allSteps,
  type CallValue,
  lastName,
  partsOf,
  rootName,
} from "./value-walk.js";

/** Calls are followed back this far. */
const maxDepth = 6;

/**
 * Whether the rows that an operation reads can reach the caller: returned, sent, or handed to something that cannot
 * be followed. Rows that are only counted, tested or compared do not.
 */
export function isHandedOut(
  project: Project,
  { calls }: RequestFlow,
  operation: Operation,
): boolean {
  if (isCount(operation.call)) return false;
  const seen = new Set<string>();
  const asked = new Set(
    operation.predicates.map(({ key }) => key).filter((key) => key !== "id"),
  );
  const isShown = shownFields(operation);
  if (picksOnly(operation.call, isShown)) return false;
  return leaves(operation.in, operation.call, maxDepth);

  function leaves(ref: FunctionRef, call: CallValue, depth: number): boolean {
    const key = `${ref.path}#${String(ref.at)}#${String(call.line)}${call.callee}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const facts = functionAt(project, ref);
    if (facts === undefined || depth <= 0) return true;
    const way = wayOut({ project, ref, call, asked, isShown }, facts);
    if (way !== "returned") return way === "sent";
    const callers = calls.filter(({ to }) => isSame(to, ref));
    return callers.length === 0
      ? true
      : callers.some((one) => leaves(one.from, one.call, depth - 1));
  }
}

/** A read that answers with a number: `count()`, `select("id", { head: true })`. */
function isCount(call: CallValue): boolean {
  return callsOf(call).some(
    ({ callee, arguments: given }) =>
      /^(?:count|countDocuments|estimatedDocumentCount|\$count)$/.test(
        lastName(callee),
      ) ||
      given.some(
        (one) =>
          one.kind === "object" &&
          one.entries.some(
            ({ key, value }) =>
              key === "head" &&
              value.kind === "literal" &&
              value.value === true,
          ),
      ),
  );
}

function isSame(one: FunctionRef, other: FunctionRef): boolean {
  return one.at === other.at && one.path === other.path;
}

type Way = "kept" | "returned" | "sent";

/** What is followed: the result of a call, and what of it tells nothing. */
interface Followed {
  readonly project: Project;
  readonly ref: FunctionRef;
  readonly call: CallValue;
  /** Columns that the caller named. */
  readonly asked: ReadonlySet<string>;
  readonly isShown: (column: string) => boolean;
}

/** Where the result of a call goes within the function that it stands in. */
function wayOut(followed: Followed, facts: FunctionFacts): Way {
  const names = new Set<string>();
  const steps = allSteps(facts.steps);
  const carries = (value: Value) => carriesAny(value, followed, names);
  bindAll(steps, carries, names);
  let way: Way = "kept";
  for (const step of steps) {
    if (step.kind === "return" && step.value && carries(step.value))
      way = "returned";
    if (isSent(step, carries, followed.call)) return "sent";
  }
  return way;
}

function bindAll(
  steps: readonly Step[],
  carries: (value: Value) => boolean,
  names: Set<string>,
): void {
  for (let before = -1; names.size !== before;) {
    before = names.size;
    for (const step of steps) bindNames(step, carries, names);
  }
}

function bindNames(
  step: Step,
  carries: (value: Value) => boolean,
  names: Set<string>,
): void {
  if (step.kind === "let" && carries(step.value))
    for (const { local, path } of step.bindings)
      if (carries(itemAt(step.value, path))) names.add(local);
  if (step.kind === "set" && step.target !== "" && carries(step.value))
    names.add(rootName(step.target));
  if (step.kind === "loop" && step.over && carries(step.over))
    for (const { local } of step.bindings) names.add(local);
}

/** The one that a name takes of several that are awaited together. */
function itemAt(value: Value, path: string): Value {
  const index = Number.parseInt(path, 10);
  if (Number.isNaN(index) || value.kind !== "call") return value;
  const [list] = value.arguments;
  if (list?.kind !== "list" || !/^Promise\.all/.test(value.callee))
    return value;
  return list.items[index] ?? value;
}

const answering =
  /^(?:_?res|response|reply|rep|c|ctx|context|h|event\.node\.res|ws|socket|io)$/;

/** `res.json(rows)`, `callback(null, rows)`, `ctx.body = rows`, and rows that a function is called back with. */
function isSent(
  step: Step,
  carries: (value: Value) => boolean,
  call: CallValue,
): boolean {
  if (step.kind === "set")
    return answering.test(rootName(step.target)) && carries(step.value);
  if (step.kind !== "do" && step.kind !== "let" && step.kind !== "return")
    return false;
  const { value } = step;
  if (value === undefined) return false;
  return callsOf(value).some((one) => {
    if (hasCallback(one) && (one === call || holds(one, call))) return true;
    const isAnswer =
      answering.test(rootName(one.callee)) ||
      /^(?:callback|cb|done|next|resolve|send|respond|json|yield)$/.test(
        lastName(one.callee),
      );
    return isAnswer && one.arguments.some(carries);
  });
}

function hasCallback(call: CallValue): boolean {
  return (
    call.arguments.some((one) => one.kind === "function") &&
    !/^(?:catch|finally)$/.test(lastName(call.callee))
  );
}

function holds(outer: CallValue, inner: CallValue): boolean {
  for (let on: Value | undefined = outer.on; on !== undefined;) {
    if (on === inner) return true;
    if (on.kind === "call") on = on.on;
    else on = on.kind === "member" ? on.of : undefined;
  }
  return false;
}

function callsOf(value: Value): CallValue[] {
  const found: CallValue[] = [];
  const pending: Value[] = [value];
  for (let at = pending.pop(); at; at = pending.pop()) {
    if (at.kind === "call") found.push(at);
    pending.push(...partsOf(at));
  }
  return found;
}

/** Whether a value holds the result itself, not merely whether there is one or how many. */
function carriesAny(
  value: Value,
  followed: Followed,
  names: ReadonlySet<string>,
): boolean {
  const pending: Value[] = [value];
  for (let at = pending.pop(); at; at = pending.pop()) {
    if (at === followed.call) return true;
    if (at.kind === "name") {
      if (names.has(rootName(at.name)) && !tellsNothing(at.name, followed))
        return true;
    } else if (at.kind === "call") {
      const made = madeBy(at, followed, names);
      if (made === true) return true;
      if (made === undefined) pending.push(...partsOf(at));
    } else if (at.kind === "either") pending.push(...at.options);
    else if (at.kind !== "not" && at.kind !== "compare")
      pending.push(...partsOf(at));
  }
  return false;
}

/**
 * Whether the result of a call holds what is followed.
 *
 * @returns undefined where its parts say.
 */
function madeBy(
  call: CallValue,
  followed: Followed,
  names: ReadonlySet<string>,
): boolean | undefined {
  if (call.callee === "Boolean" || isReceipt(call)) return false;
  const mapped = mappedBy(call, followed, names);
  if (mapped !== undefined) return mapped;
  const isOnRows =
    call.callee.includes(".") && names.has(rootName(call.callee));
  return isOnRows ? true : undefined;
}

function tellsNothing(name: string, { asked, isShown }: Followed): boolean {
  const member = memberOf(name);
  return isMeasure(name) || asked.has(member) || isShown(member);
}

/** What a message was sent with does not come back: `await sendConfirmation(order)` answers whether it worked. */
function isReceipt({ callee }: CallValue): boolean {
  return /^(?:send|notify|queue|dispatch|deliver)\w*(?:E?mails?|Sms|SMS|Notifications?|Reminders?|Confirmations?|Alerts?)$/.test(
    lastName(callee),
  );
}

/**
 * Whether `rows.map((row) => …)` makes something that holds the rows.
 *
 * @returns undefined where it is none, or what it makes cannot be looked into.
 */
function mappedBy(
  call: CallValue,
  followed: Followed,
  names: ReadonlySet<string>,
): boolean | undefined {
  const [made] = call.arguments;
  if (!/^(?:map|flatMap)$/.test(lastName(call.callee))) return undefined;
  if (made?.kind !== "function" || made.at === undefined) return undefined;
  const facts = functionAt(followed.project, {
    path: followed.ref.path,
    at: made.at,
  });
  if (facts === undefined) return undefined;
  const inner = new Set(names);
  const source: Value = call.callee.includes(".")
    ? { kind: "name", name: rootName(call.callee), line: call.line }
    : (call.on ?? call);
  if (carriesAny(source, followed, names))
    for (const { local, path } of facts.parameters[0] ?? [])
      if (!followed.isShown(path)) inner.add(local);
  const carries = (value: Value) => carriesAny(value, followed, inner);
  const steps = allSteps(facts.steps);
  bindAll(steps, carries, inner);
  return steps.some(
    (step) =>
      step.kind === "return" && step.value !== undefined && carries(step.value),
  );
}

/** A column that the caller named itself tells nothing new. */
function memberOf(name: string): string {
  return name.includes(".") ? lastName(name) : "";
}

/** What tells of a result only whether it is there, or that it failed. */
function isMeasure(name: string): boolean {
  return /\.(?:length|count|rowCount|size|error|message|affectedRows|id)$/.test(
    name,
  );
}
