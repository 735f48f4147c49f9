import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { calleeOf } from "./costly-calls.js";
import { callsIn } from "./functions.js";
import type { Placed } from "./placed.js";
import type { Project } from "./project.js";
import { type CallValue, lastName } from "./value-walk.js";

interface PlacedSite {
  readonly path: string;
  readonly within: FunctionFacts;
  readonly call: CallValue;
}

const known = new WeakMap<
  Project,
  ReadonlyMap<string, readonly PlacedSite[]>
>();

/** Callers of one function that are looked at. */
const maxCallers = 40;

/**
 * What the project's callers hand over for a parameter: of a function by its name, of a constructor by its class.
 *
 * @param index - Place of the parameter, from 0.
 */
export function givenFor(
  project: Project,
  path: string,
  facts: FunctionFacts,
  index: number,
): readonly Placed[] {
  const isMaker = facts.name.endsWith(".constructor");
  const name = isMaker
    ? facts.name.slice(0, -".constructor".length)
    : lastName(facts.name);
  if (name === "") return [];
  return (sitesOf(project).get(name) ?? [])
    .slice(0, maxCallers)
    .flatMap((site): Placed[] => {
      const given: Value | undefined = site.call.arguments[index];
      if (given === undefined) return [];
      const called = isMaker
        ? { path, at: facts.at }
        : calleeOf(project, site.path, site.within, site.call);
      return called === undefined ||
        (called.path === path && called.at === facts.at)
        ? [{ path: site.path, value: given, within: site.within }]
        : [];
    });
}

/** All calls of the project by the last part of what they call. */
function sitesOf(project: Project): ReadonlyMap<string, readonly PlacedSite[]> {
  const before = known.get(project);
  if (before) return before;
  const found = new Map<string, PlacedSite[]>();
  for (const { path, code, kind } of project.files.values()) {
    if (code === undefined || kind === "test") continue;
    for (const within of code.functions)
      for (const { call, callee } of callsIn(within)) {
        const name = lastName(callee);
        const list = found.get(name);
        if (list) list.push({ path, within, call });
        else found.set(name, [{ path, within, call }]);
      }
  }
  known.set(project, found);
  return found;
}
