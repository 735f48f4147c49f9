import { declarationOf } from "#parse/scopes.js";
import { ts, visitNodes } from "#parse/syntax.js";
import { said } from "./answers.js";
import { answersOf } from "./questions.js";

const known = new WeakMap<ts.SourceFile, boolean>();

/**
 * Whether an origin that is handed to a function may have been tested by the one who hands it over: the value comes
 * from a parameter, and somewhere in the file a condition tests the request's origin.
 */
export function mayBeTestedByCaller(value: ts.Expression): boolean {
  return comesFromParameter(value) && testsOrigin(value.getSourceFile());
}

function comesFromParameter(value: ts.Expression): boolean {
  let isParameter = false;
  visitNodes(value, (node) => {
    if (ts.isIdentifier(node) && declarationOf(node)?.kind === "parameter")
      isParameter ||= /origin/i.test(node.text);
  });
  return isParameter;
}

function testsOrigin(source: ts.SourceFile): boolean {
  const before = known.get(source);
  if (before !== undefined) return before;
  let isTested = false;
  visitNodes(source, (node) => {
    if (!isTested && ts.isIfStatement(node)) isTested = asksOrigin(node);
  });
  known.set(source, isTested);
  return isTested;
}

function asksOrigin({ expression }: ts.IfStatement): boolean {
  const asking = { origins: new Set<ts.ParameterDeclaration>(), depth: 6 };
  return [true, false].some((answer) => {
    const answers = answersOf(expression, answer, asking);
    return (
      answers.length > 0 &&
      answers.some((one) => (one & said.checked) !== 0) &&
      answers.every(
        (one) => (one & (said.checked | said.absent | said.development)) !== 0,
      )
    );
  });
}
