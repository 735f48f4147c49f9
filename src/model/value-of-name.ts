import type { FunctionFacts } from "#parse/code-facts.js";
import { valueAt } from "#parse/json-value.js";
import { constantOf } from "#parse/module-facts.js";
import { assignedIn } from "./assigned-values.js";
import { resolveConstant, resolveName } from "./constants.js";
import { localsOf } from "./local-values.js";
import { classNameOf } from "./name-sources.js";
import type { Placed } from "./placed.js";
import type { Project } from "./project.js";
import { functionById } from "./function-by-id.js";

/** Names that stand for names are followed this far. */
const maxDepth = 12;

/** The value that a dotted name has where it is used: of a variable, a field, or a constant of the project. */
export function valueOfName(
  project: Project,
  { path, within }: Omit<Placed, "value">,
  name: string,
  depth = maxDepth,
): Placed | undefined {
  if (depth <= 0) return undefined;
  const [root = "", ...members] = name.split(".");
  if (root === "this")
    return fieldOf(project, { path, within }, members, depth);
  const code = project.files.get(path)?.code;
  for (let scope = within; code && scope && scope.at !== -1;) {
    const found = localsOf(scope).get(root);
    if (found) {
      const taken = found.member === "" ? [] : found.member.split(".");
      return memberOf(
        project,
        { path, value: found.value, within: scope },
        [...taken, ...members],
        depth,
      );
    }
    if (scope.parameters.some((one) => one.some((b) => b.local === root)))
      return undefined;
    const { parent }: FunctionFacts = scope;
    scope = functionById(code, parent);
  }
  const constant = resolveConstant(project, path, name);
  if (constant && constant.value.kind !== "other")
    return { ...constant, within: undefined };
  return laterValue(project, path, name);
}

/** A variable, or a static field, that is filled after its declaration. */
function laterValue(
  project: Project,
  path: string,
  name: string,
): Placed | undefined {
  const definition = resolveName(project, path, name.split(".")[0] ?? "");
  const code = definition && project.files.get(definition.path)?.code;
  if (!code || definition.name === "*") return undefined;
  const [, ...members] = name.split(".");
  const own = [definition.name, ...members].join(".");
  const assigned = assignedIn(code, own)[0];
  return assigned && { path: definition.path, ...assigned };
}

function memberOf(
  project: Project,
  placed: Placed,
  members: readonly string[],
  depth: number,
): Placed | undefined {
  if (members.length === 0) return placed;
  const { value } = placed;
  const own = valueAt(value, ...members);
  if (own) return { ...placed, value: own };
  if (value.kind !== "name") return undefined;
  const name = [value.name, ...members].join(".");
  return valueOfName(project, placed, name, depth - 1);
}

function fieldOf(
  project: Project,
  { path, within }: Omit<Placed, "value">,
  members: readonly string[],
  depth: number,
): Placed | undefined {
  const file = project.files.get(path);
  const owner = file?.code && classNameOf(file.code, within);
  const [field = "", ...rest] = members;
  if (!file?.code || owner === undefined) return undefined;
  const initial = file.module && valueAt(constantOf(file.module, owner), field);
  if (initial && initial.kind !== "other")
    return memberOf(
      project,
      { path, value: initial, within: undefined },
      rest,
      depth,
    );
  const assigned = assignedIn(file.code, `this.${field}`).find((one) =>
    one.within?.name.startsWith(`${owner}.`),
  );
  return assigned && memberOf(project, { path, ...assigned }, rest, depth);
}
