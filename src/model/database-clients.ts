import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { resolveConstant } from "./constants.js";
import type { DataShape } from "./data-shape.js";
import type { FunctionRef } from "./function-ref.js";
import {
  callsIn,
  functionAt,
  functionsIn,
  resolveFunction,
} from "./functions.js";
import { localsOf } from "./local-values.js";
import type { Project } from "./project.js";
import { allSteps, rootName, valuesWithin } from "./value-walk.js";

/** What a client may do: what row policies let the caller do, anything past them, or whatever the server asks. */
export type ClientRights = "policies" | "privileged" | "database";

/** The function that a client is used in. */
interface ClientPlace {
  readonly ref: FunctionRef;
  readonly facts: FunctionFacts;
  /** Parameters that stand for a client with all rights. */
  readonly privileged?: ReadonlySet<string>;
}

const privilegedSetting =
  /SERVICE_?ROLE|SERVICE_KEY|SUPABASE_SECRET|SECRET_KEY|ADMIN_KEY/i;
const privilegedName = /admin|service/i;

/** The rights of the client behind an operation; clients of Supabase are looked up where they are made. */
export function clientRights(
  project: Project,
  shape: DataShape,
  place: ClientPlace,
): ClientRights {
  if (shape.library === "orm" || shape.library === "sql") return "database";
  if (shape.library === "firestore") {
    const imports = project.files.get(place.ref.path)?.module?.imports ?? [];
    return imports.some(({ from }) => /^firebase\//.test(from))
      ? "policies"
      : "privileged";
  }
  if (shape.library === "accounts") return "privileged";
  return isPrivilegedClient(project, shape.client, place)
    ? "privileged"
    : "policies";
}

/** Whether a client passes the row policies, because of how it is made here or by whoever hands it over. */
export function isPrivilegedClient(
  project: Project,
  client: string,
  { ref, facts, privileged }: ClientPlace,
): boolean {
  return (
    privileged?.has(rootName(client)) === true ||
    isPrivileged(project, ref.path, client, facts)
  );
}

function isPrivileged(
  project: Project,
  path: string,
  client: string,
  within: FunctionFacts,
): boolean {
  const root = rootName(client);
  if (privilegedName.test(client)) return true;
  let scope: FunctionFacts | undefined = within;
  while (scope !== undefined) {
    const local = localsOf(scope).get(root);
    if (local) return makesPrivileged(project, path, local.value, scope, 3);
    const { at, parent }: FunctionFacts = scope;
    if (at === -1) break;
    if (scope.parameters.flat().some((one) => one.local === root)) return false;
    scope = functionAt(project, { path, at: parent });
  }
  const constant = resolveConstant(project, path, client);
  return (
    constant !== undefined &&
    makesPrivileged(project, constant.path, constant.value, undefined, 3)
  );
}

function makesPrivileged(
  project: Project,
  path: string,
  value: Value,
  within: FunctionFacts | undefined,
  depth: number,
): boolean {
  if (depth <= 0) return false;
  return valuesWithin(value).some((part) => {
    if (part.kind === "environment") return privilegedSetting.test(part.name);
    if (part.kind === "name") {
      if (privilegedSetting.test(part.name)) return true;
      const local = within && localsOf(within).get(part.name);
      const next = local
        ? { path, value: local.value }
        : resolveConstant(project, path, part.name);
      return (
        next !== undefined &&
        next.value.kind !== "function" &&
        next.value !== value &&
        makesPrivileged(project, next.path, next.value, within, depth - 1)
      );
    }
    if (part.kind !== "call") return false;
    if (/admin|service_?role|serviceClient/i.test(part.callee)) return true;
    const ref = resolveFunction(
      project,
      path,
      { kind: "name", name: part.callee, line: part.line },
      within,
    );
    const facts = ref && functionAt(project, ref);
    if (ref === undefined || facts === undefined) return false;
    return [
      facts,
      ...functionsIn(project, ref).map((one) => functionAt(project, one)),
    ].some(
      (one) =>
        one !== undefined &&
        (callsIn(one).some(({ call }) =>
          makesPrivileged(
            project,
            ref.path,
            { kind: "list", items: call.arguments, line: call.line },
            one,
            depth - 1,
          ),
        ) ||
          allSteps(one.steps).some(
            (step) =>
              step.kind === "return" &&
              step.value?.kind === "name" &&
              privilegedName.test(step.value.name),
          )),
    );
  });
}
