import { holdsAccounts } from "./account-tables.js";
import {
  accountUses,
  type DeletionActs,
  deletesFrom,
  deletesLogin,
} from "./deletion-fate.js";
import { calleeOf, functionsReached } from "./costly-calls.js";
import { databaseOf } from "./database.js";
import { type DataUse, dataUsesIn } from "./data-uses.js";
import {
  claimsDeletion,
  claimsDeletionByRoute,
  claimsProfileOnly,
} from "./deletion-words.js";
import type { FunctionRef } from "./function-ref.js";
import { callsIn, functionAt, type PlacedCall } from "./functions.js";
import type { Project } from "./project.js";
import { routesOf } from "./routes.js";
import { isReachable, runtimeOf } from "./runtimes.js";
import { type CallValue, lastName, stringOf } from "./value-walk.js";

/** A way through the code that says it deletes a person's account, with all that it does. */
export interface DeletionPath extends DeletionActs {
  /** `DELETE /api/users/:id`, or the function's name. */
  readonly name: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** Whether it hands on work to a queue, an event or another service, where it cannot be followed. */
  readonly handsOn: boolean;
}

const known = new WeakMap<Project, readonly DeletionPath[]>();

/** The ways through the app's code that delete a person's account; one within another is not listed again. */
export function deletionPathsOf(project: Project): readonly DeletionPath[] {
  const before = known.get(project);
  if (before) return before;
  const starts = [...routeStarts(project), ...namedStarts(project)];
  const inner = new Set<string>();
  const seen = new Set<string>();
  const found: DeletionPath[] = [];
  for (const start of starts) {
    const key = keyOf(start.ref);
    if (seen.has(key) || inner.has(key)) continue;
    seen.add(key);
    const refs = functionsReached(project, start.ref).map(
      (way) => way.at(-1) ?? start.ref,
    );
    const path = pathOf(project, start, refs);
    // What reaches a way that is listed already asks for it: a button, a page.
    if (refs.slice(1).some((one) => seen.has(keyOf(one)))) continue;
    if (!path.handsOn && !touchesAccounts(project, path)) continue;
    for (const one of refs.slice(1)) inner.add(keyOf(one));
    found.push(path);
  }
  known.set(project, found);
  return found;
}

interface Start {
  readonly name: string;
  readonly ref: FunctionRef;
  readonly line: number;
}

function routeStarts(project: Project): Start[] {
  return routesOf(project)
    .filter(
      ({ methods, path, file, handler }) =>
        !/^(?:test|generated|script)$/.test(runtimeOf(project, file)) &&
        (claimsDeletionByRoute(methods, path) ||
          claimsDeletion(functionAt(project, handler)?.name ?? "")),
    )
    .map(({ methods, path, line, handler }) => ({
      name: /ACTION|PROCEDURE/.test(methods.join())
        ? (functionAt(project, handler)?.name ?? path) || path
        : `${methods.join("|")} ${path}`,
      ref: handler,
      line: functionAt(project, handler)?.line ?? line,
    }));
}

function namedStarts(project: Project): Start[] {
  return [...project.files].flatMap(([path, { code }]) =>
    code === undefined ||
    !isReachable(project, path) ||
    /^(?:test|generated|script)$/.test(runtimeOf(project, path))
      ? []
      : code.functions
          .filter(
            ({ name }) =>
              name !== "" && claimsDeletion(name) && !claimsProfileOnly(name),
          )
          .map(({ name, at, line }) => ({ name, ref: { path, at }, line })),
  );
}

function pathOf(
  project: Project,
  { name, ref, line }: Start,
  refs: readonly FunctionRef[],
): DeletionPath {
  const calls: PlacedCall[] = [];
  const uses: DataUse[] = [];
  for (const at of refs) {
    const facts = functionAt(project, at);
    if (facts === undefined) continue;
    calls.push(...callsIn(facts).map((site) => ({ ...site, in: at })));
    uses.push(...dataUsesIn(at.path, facts));
  }
  return {
    ...{ name, path: ref.path, line, uses, calls },
    bodies: bodiesCalled(project, calls),
    handsOn: calls.some(
      ({ call, callee, in: at }) =>
        handsOn(callee, stringOf(call.arguments[0])) ||
        isUnknownDeletion(project, at, call),
    ),
  };
}

const queues =
  /(?:inngest|queue|jobs?|worker|tasks?|events?|eventBus|emitter|pubsub|publisher|producer|scheduler|commandBus|mediator|qstash|boss|agenda)\w*(?:\.\w+)?\.(?:send|add|enqueue|publish|publishJSON|emit|dispatch|trigger|triggerJob|schedule|execute|now|create|createJob)$/i;

function handsOn(callee: string, first: string | undefined): boolean {
  if (
    queues.test(callee) ||
    /^(?:triggerJob|enqueue\w*)$/.test(lastName(callee))
  )
    return true;
  if (/functions\.invoke$/.test(callee)) return true;
  const isRequest =
    /^(?:fetch|\$fetch|axios)$|^(?:axios|api\w*|http\w*|client|request|ky)\.(?:delete|post|request|put|patch)$/i.test(
      callee,
    );
  return (
    isRequest && (first === undefined || !first.startsWith("https://api."))
  );
}

/** `await deleteUser({ id })` of a hook or a generated client: what it runs stands elsewhere. */
function isUnknownDeletion(
  project: Project,
  at: FunctionRef,
  call: CallValue,
): boolean {
  const { callee } = call;
  if (/(?:^|\.)mutate(?:Async)?$/.test(callee)) return true;
  const facts = functionAt(project, at);
  return (
    callee !== "" &&
    !callee.includes(".") &&
    claimsDeletion(callee) &&
    facts !== undefined &&
    calleeOf(project, at.path, facts, call) === undefined &&
    !isImported(project, at.path, callee)
  );
}

function isImported(project: Project, path: string, name: string): boolean {
  return (project.files.get(path)?.module?.imports ?? []).some(
    ({ local }) => local === name,
  );
}

/** The bodies of the database's functions that are called by name. */
function bodiesCalled(
  project: Project,
  calls: readonly PlacedCall[],
): string[] {
  return calls.flatMap(({ call, callee }) => {
    if (lastName(callee) !== "rpc") return [];
    const name = stringOf(call.arguments[0]);
    return [...databaseOf(project).functions.values()]
      .filter(({ act }) => act.function.name === name)
      .map(({ act }) => act.body);
  });
}

function touchesAccounts(project: Project, path: DeletionPath): boolean {
  return (
    deletesLogin(path) ||
    path.bodies.some((body) => deletesFrom(body, holdsAccounts)) ||
    accountUses(project, path).some(({ shape }) =>
      /^(?:delete|update)$/.test(shape.kind),
    )
  );
}

function keyOf({ path, at }: FunctionRef): string {
  return `${path}#${String(at)}`;
}
