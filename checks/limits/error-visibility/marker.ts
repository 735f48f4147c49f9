import { isInServerFunction } from "#parse/ancestors.js";
import { dottedName } from "#parse/names.js";
import type { MarkerInput } from "#parse/marker.js";
import { hasScript, lineOf, ts, visitNodes } from "#parse/syntax.js";
import { answeredSuccess } from "./answered.js";
import type { ErrorMark } from "./marks.js";
import { swallowedWork } from "./swallowed.js";
import { alerts } from "./work.js";

/** PostHog counts visits, and carries errors where it is asked to, by a setting or call by call. */
const capturesAll =
  /\benableExceptionAutocapture\s*:\s*true|\bcapture_exceptions\s*:\s*(?:true|\{)/;
const captures = /\.captureException\s*\(/;

/** Notes where a file drops errors, and where it tells somebody of them. */
export const errorMarker = {
  version: 4,
  wants: ({ path, text, kind }: Pick<MarkerInput, "path" | "text" | "kind">) =>
    hasScript(path) &&
    kind !== "test" &&
    kind !== "generated" &&
    (/\bcatch\b|unhandledRejection|uncaughtException|sentry|posthog/i.test(
      text,
    ) ||
      alerts.test(text)),
  mark,
};

function mark({ path, text, syntax }: MarkerInput): ErrorMark[] {
  const source = syntax();
  if (source === undefined) return [];
  const marks = wholeFile(text);
  const read = (node: ts.Node) => {
    const found = markOf(node, path, source);
    if (found) marks.push(found);
  };
  visitNodes(source, read, readKinds);
  return marks;
}

const readKinds = ["CatchClause", "TryStatement", "CallExpression"] as const;

function wholeFile(text: string): ErrorMark[] {
  const marks: ErrorMark[] = [];
  const whole = { line: 1, name: "", isLogged: true, isServerFunction: false };
  if (
    /sentry/i.test(text) &&
    /\b(?:init|withSentry|forRoot|forRootAsync)\s*\(/.test(text)
  )
    marks.push({ kind: "started", ...whole });
  if (/posthog/i.test(text)) {
    if (capturesAll.test(text)) marks.push({ kind: "alerted", ...whole });
    else if (captures.test(text) && !/["']posthog-js/.test(text))
      marks.push({ kind: "captured", ...whole });
  }
  if (alerts.test(text) && /error|exception/i.test(text))
    marks.push({ kind: "alerted", ...whole });
  return marks;
}

function markOf(
  node: ts.Node,
  path: string,
  source: ts.SourceFile,
): ErrorMark | undefined {
  const sign = signOf(node, path);
  if (sign === undefined) return undefined;
  const line = lineOf(source, placeOf(node).getStart(source));
  return { ...sign, line, isServerFunction: isInServerFunction(node) };
}

function signOf(
  node: ts.Node,
  path: string,
): Pick<ErrorMark, "kind" | "name" | "isLogged"> | undefined {
  const answered = answeredSuccess(node, path);
  if (answered) return { kind: "answered", name: "", ...answered };
  if (isSilenced(node)) return { kind: "silenced", name: "", isLogged: false };
  const name = swallowedWork(node);
  return name === undefined
    ? undefined
    : { kind: "swallowed", name, isLogged: false };
}

/** The line that a person would call the place: the `catch`, not the start of what it belongs to. */
function placeOf(node: ts.Node): ts.Node {
  if (ts.isTryStatement(node)) return node.catchClause ?? node;
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression)
  )
    return node.expression.name;
  return node;
}

/** `process.on("unhandledRejection", () => {})`. */
function isSilenced(node: ts.Node): boolean {
  if (
    !ts.isCallExpression(node) ||
    dottedName(node.expression) !== "process.on"
  )
    return false;
  const [event, handler] = node.arguments;
  return (
    event !== undefined &&
    ts.isStringLiteralLike(event) &&
    /^(?:unhandledRejection|uncaughtException)$/.test(event.text) &&
    handler !== undefined &&
    (ts.isArrowFunction(handler) || ts.isFunctionExpression(handler)) &&
    ts.isBlock(handler.body) &&
    handler.body.statements.length === 0
  );
}
