import type { Binding } from "./code-facts.js";
import { memberName } from "./names.js";
import { ts } from "./syntax.js";

/** Patterns are followed this deep. */
const maxDepth = 8;

/** The names that a declaration or parameter binds. */
export function bindingsOf(
  name: ts.BindingName,
  path = "",
  depth = maxDepth,
): Binding[] {
  if (ts.isIdentifier(name)) return [{ local: name.text, path }];
  if (depth <= 0) return [];
  return name.elements.flatMap((element, index): Binding[] => {
    if (!ts.isBindingElement(element)) return [];
    const key = ts.isArrayBindingPattern(name) ? String(index) : keyOf(element);
    const inner = element.dotDotDotToken ? path : joined(path, key);
    return bindingsOf(element.name, inner, depth - 1);
  });
}

function keyOf(element: ts.BindingElement): string {
  if (element.propertyName) return memberName(element.propertyName);
  return ts.isIdentifier(element.name) ? element.name.text : "";
}

function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
