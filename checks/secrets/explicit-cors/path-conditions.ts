import { ts } from "#parse/syntax.js";

/** A question that was answered on the way to a place in the code. */
export interface Condition {
  readonly question: ts.Expression;
  /** The answer that leads there. */
  readonly answer: boolean;
  /** The question is not whether it is there, but whether it equals a text. */
  readonly isComparison?: true;
}

/** The questions that a node lies behind: `if`, `?:`, `&&`, `||`, cases, and earlier statements that leave. */
export function conditionsOf(
  node: ts.Node,
  upTo?: ts.Node,
): readonly Condition[] {
  const conditions: Condition[] = [];
  let at = node;
  while (!ts.isSourceFile(at) && at !== upTo) {
    const { parent } = at;
    conditions.push(...asked(at, parent));
    at = parent;
  }
  return conditions;
}

function asked(node: ts.Node, parent: ts.Node): Condition[] {
  if (ts.isIfStatement(parent)) {
    if (node === parent.thenStatement)
      return [{ question: parent.expression, answer: true }];
    if (node === parent.elseStatement)
      return [{ question: parent.expression, answer: false }];
  }
  if (ts.isConditionalExpression(parent) && node !== parent.condition)
    return [{ question: parent.condition, answer: node === parent.whenTrue }];
  if (ts.isBinaryExpression(parent) && node === parent.right)
    return askedByOperator(parent);
  if (ts.isCaseClause(parent) && node !== parent.expression)
    return askedByCase(parent);
  if (ts.isBlock(parent) || ts.isSourceFile(parent))
    return leftEarlier(node, parent.statements);
  return [];
}

function askedByOperator(parent: ts.BinaryExpression): Condition[] {
  switch (parent.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return [{ question: parent.left, answer: true }];
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return [{ question: parent.left, answer: false }];
    default:
      return [];
  }
}

/** `switch (origin) { case "https://…":` compares; `switch (true)` asks each case by itself. */
function askedByCase(clause: ts.CaseClause): Condition[] {
  const question = clause.parent.parent.expression;
  return question.kind === ts.SyntaxKind.TrueKeyword
    ? [{ question: clause.expression, answer: true }]
    : [{ question, answer: true, isComparison: true }];
}

/** `if (!allowed) return;` before a statement: the statement is only reached with the other answer. */
function leftEarlier(
  node: ts.Node,
  statements: readonly ts.Statement[],
): Condition[] {
  const conditions: Condition[] = [];
  for (const statement of statements) {
    if (statement === node) break;
    if (!ts.isIfStatement(statement)) continue;
    if (leaves(statement.thenStatement))
      conditions.push({ question: statement.expression, answer: false });
    else if (statement.elseStatement && leaves(statement.elseStatement))
      conditions.push({ question: statement.expression, answer: true });
  }
  return conditions;
}

function leaves(statement: ts.Statement): boolean {
  if (ts.isBlock(statement)) {
    const last = statement.statements.at(-1);
    return last !== undefined && leaves(last);
  }
  return (
    ts.isReturnStatement(statement) ||
    ts.isThrowStatement(statement) ||
    ts.isContinueStatement(statement)
  );
}
