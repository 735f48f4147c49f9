import { ts } from "#parse/syntax.js";
import { calleeName, type Literal, literalOf } from "./script-values.js";
import { resolved, type ScriptView } from "./script-view.js";

/** Stands for a piece that cannot be told; no key contains it. */
const unknown = "\u0000";

const mostPieces = 50;

/**
 * The text that an expression joins from pieces: `a + b`, `${a}${b}`, `[a, b].join("")`, where a piece is written out
 * or a constant of the file.
 *
 * @returns undefined where nothing is joined.
 */
export function joinedText(
  node: ts.Node,
  view: ScriptView,
): Literal | undefined {
  const pieces = piecesOf(node);
  if (!pieces || pieces.length > mostPieces) return undefined;
  const texts = pieces.map((piece) =>
    typeof piece === "string"
      ? piece
      : (literalOf(resolved(view, piece))?.value ?? unknown),
  );
  if (texts.filter((text) => text !== unknown && text !== "").length < 2)
    return undefined;
  const value = texts.join("");
  return { value, start: node.getStart(), end: node.getEnd() };
}

function piecesOf(
  node: ts.Node,
): readonly (ts.Expression | string)[] | undefined {
  if (ts.isBinaryExpression(node))
    return isSum(node) &&
      !(ts.isBinaryExpression(node.parent) && isSum(node.parent))
      ? summands(node)
      : undefined;
  if (ts.isTemplateExpression(node))
    return [
      node.head.text,
      ...node.templateSpans.flatMap(({ expression, literal }) => [
        expression,
        literal.text,
      ]),
    ];
  if (!ts.isCallExpression(node)) return undefined;
  const { expression: callee, arguments: given } = node;
  const [first] = given;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  if (callee.name.text === "concat") return [callee.expression, ...given];
  const isJoin =
    callee.name.text === "join" &&
    first !== undefined &&
    ts.isStringLiteralLike(first) &&
    first.text === "" &&
    ts.isArrayLiteralExpression(callee.expression);
  return isJoin
    ? (callee.expression as ts.ArrayLiteralExpression).elements
    : undefined;
}

function isSum(node: ts.BinaryExpression): boolean {
  return node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

function summands(node: ts.BinaryExpression): ts.Expression[] {
  const found: ts.Expression[] = [];
  let left: ts.Expression = node;
  while (
    ts.isBinaryExpression(left) &&
    isSum(left) &&
    found.length <= mostPieces
  ) {
    found.unshift(left.right);
    left = left.left;
  }
  return [left, ...found];
}

/** What a call decodes, when it is written out: `atob("…")`, `Buffer.from("…", "hex")`. */
export function encodedText(node: ts.Node): Literal | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const [text, encoding] = node.arguments;
  const said =
    encoding && ts.isStringLiteralLike(encoding) ? encoding.text : "";
  const how =
    calleeName(node.expression) === "atob"
      ? "base64"
      : /^(?:base64|base64url|hex)$/.exec(said)?.[0];
  const literal = how !== undefined && text ? literalOf(text) : undefined;
  return (
    literal && {
      ...literal,
      value: Buffer.from(literal.value, how as "hex" | "base64").toString(
        "latin1",
      ),
    }
  );
}
