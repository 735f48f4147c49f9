import type { CodeFacts, FunctionFacts } from "#parse/code-facts.js";

/** A function that the enclosing functions define by that name. */
export function inScope(
  code: CodeFacts,
  name: string,
  within: FunctionFacts | undefined,
): FunctionFacts | undefined {
  if (within === undefined || name.includes(".")) return undefined;
  const { byId, byName } = scopesOf(code);
  let scope: FunctionFacts | undefined = within;
  while (scope !== undefined && scope.at !== -1) {
    const found = byName.get(`${String(scope.at)} ${name}`);
    if (found) return found;
    scope = byId.get(scope.parent);
  }
  return undefined;
}

interface Scopes {
  readonly byId: ReadonlyMap<number, FunctionFacts>;
  /** The first function of a name in another, by that one's id and the name. */
  readonly byName: ReadonlyMap<string, FunctionFacts>;
}

const scopes = new WeakMap<CodeFacts, Scopes>();

function scopesOf(code: CodeFacts): Scopes {
  const known = scopes.get(code);
  if (known) return known;
  // Of equal keys a map keeps the last, and the first is meant.
  const functions = code.functions.toReversed();
  const found = {
    byId: new Map(functions.map((one) => [one.at, one])),
    byName: new Map(
      functions.map((one) => [`${String(one.parent)} ${one.name}`, one]),
    ),
  };
  scopes.set(code, found);
  return found;
}
