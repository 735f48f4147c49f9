import type { MarkerInput } from "#parse/marker.js";
import { dottedName, unwrap } from "#parse/names.js";
import { lineOf, ts, visitNodes } from "#parse/syntax.js";
import type { HoleMark } from "./marks.js";

/** Whether a file may hold public functions of Convex. */
export function isConvex(path: string, text: string): boolean {
  return (
    /(?:^|\/)convex\/[\w./-]+\.[jt]s$/.test(path) &&
    !path.includes("_generated") &&
    text.includes("_generated/server")
  );
}

/** Names in a handler by which it looks at the caller, or checks a right that the caller was given. */
const looksAtCaller =
  /auth|identity|viewer|session|current_?user|require|ensure|assert|permission|admin|owner|secret|token|api_?key|rate_?limit|signature|verify|check|guard|user/i;

/** Public mutations of Convex that change or delete documents by id and never ask who calls. */
export function convexMarks(file: MarkerInput): HoleMark[] {
  const source = file.syntax();
  if (source === undefined) return [];
  const holes: HoleMark[] = [];
  visitNodes(source, (node) => {
    if (
      !ts.isVariableDeclaration(node) ||
      !ts.isIdentifier(node.name) ||
      !node.initializer
    )
      return;
    const call = unwrap(node.initializer);
    if (
      !ts.isCallExpression(call) ||
      dottedName(call.expression) !== "mutation"
    )
      return;
    const handler = handlerOf(call);
    if (handler && changesFreely(handler))
      holes.push(hole(node.name.text, lineOf(source, node.getStart(source))));
  });
  return holes;
}

function handlerOf(call: ts.CallExpression): ts.Node | undefined {
  const [given] = call.arguments;
  if (given === undefined || !ts.isObjectLiteralExpression(given)) return given;
  return given.properties.find(
    (property) =>
      property.name &&
      ts.isIdentifier(property.name) &&
      property.name.text === "handler",
  );
}

function changesFreely(handler: ts.Node): boolean {
  let [changes, looks] = [false, false];
  visitNodes(handler, (node) => {
    if (ts.isIdentifier(node) && looksAtCaller.test(node.text)) looks = true;
    if (!ts.isCallExpression(node)) return;
    if (
      /\.db\.(?:patch|replace|delete)$/.test(dottedName(node.expression) ?? "")
    )
      changes = true;
  });
  return changes && !looks;
}

function hole(name: string, line: number): HoleMark {
  return {
    kind: "hole",
    rule: "function-without-caller",
    line,
    message: `Anyone can call the public mutation "${name}": it changes documents by the id that it is given, and never asks who calls.`,
    fix: "Ask ctx.auth.getUserIdentity() and compare the document's owner, or make it an internalMutation.",
    confidence: "likely",
    about: `convex ${name}`,
  };
}
