import { dottedName, memberName } from "./names.js";
import { ts } from "./syntax.js";

/** The nodes that a node stands in, innermost first. */
export function* ancestorsOf(node: ts.Node): Generator<ts.Node> {
  // A file's parent is undefined, whatever the compiler's declaration says.
  for (
    let above = node.parent as ts.Node | undefined;
    above;
    above = above.parent as ts.Node | undefined
  )
    yield above;
}

/** The innermost function that a node stands in; undefined at the top level. */
export function functionAround(
  node: ts.Node,
): ts.FunctionLikeDeclaration | undefined {
  for (const above of ancestorsOf(node))
    if (ts.isFunctionLike(above) && "body" in above) return above;
  return undefined;
}

/**
 * The names that a node's value or work goes by: of the functions, variables, properties and assignments that it stands
 * in, innermost first.
 *
 * @param max - How many names at most.
 */
export function namesAround(node: ts.Node, max = 6): string[] {
  const names: string[] = [];
  for (const above of ancestorsOf(node)) {
    const name = ownName(above);
    if (name !== "") names.push(name);
    if (names.length >= max) break;
  }
  return names;
}

/** Functions that a page's file holds for the server alone: Remix and React Router, Next's pages. */
const serverFunctions = /^(?:loader|action|getServerSideProps|getStaticProps)$/;

/** Whether a node stands in a function that only the server runs, in a file that the browser loads too. */
export function isInServerFunction(node: ts.Node): boolean {
  return namesAround(node, 20).some((name) => serverFunctions.test(name));
}

function ownName(node: ts.Node): string {
  if (ts.isVariableDeclaration(node) || ts.isParameter(node))
    return ts.isIdentifier(node.name) ? node.name.text : "";
  if (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node))
    return node.name?.text ?? "";
  if (
    ts.isPropertyAssignment(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isPropertyDeclaration(node)
  )
    return memberName(node.name);
  if (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken
  )
    return dottedName(node.left) ?? "";
  return "";
}
