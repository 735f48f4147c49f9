import { bindingsOf } from "./bindings.js";
import type { Step } from "./code-facts.js";
import type { Value } from "./module-facts.js";
import { dottedName } from "./names.js";
import { lineOf, ts } from "./syntax.js";
import { readValue } from "./value.js";

/** Statements within statements are followed this deep; what lies beyond does nothing that is told. */
const maxDepth = 60;

/** What statements do, in order, without the functions that they define, and without what stands behind a `return`. */
export function stepsOf(
  statements: readonly ts.Statement[],
  source: ts.SourceFile,
  depth = maxDepth,
): Step[] {
  if (depth <= 0) return [];
  const end = statements.findIndex(
    (one) => ts.isReturnStatement(one) || ts.isThrowStatement(one),
  );
  return (end < 0 ? statements : statements.slice(0, end + 1)).flatMap(
    (statement) => new Reader(source, depth).stepsOf(statement),
  );
}

class Reader {
  readonly #source: ts.SourceFile;
  readonly #depth: number;

  constructor(source: ts.SourceFile, depth: number) {
    this.#source = source;
    this.#depth = depth;
  }

  stepsOf(statement: ts.Statement): Step[] {
    const line = lineOf(this.#source, statement.getStart(this.#source));
    if (ts.isVariableStatement(statement))
      return this.#variables(statement.declarationList);
    if (ts.isExpressionStatement(statement))
      return this.#expression(statement.expression, line);
    if (ts.isReturnStatement(statement))
      return [
        statement.expression
          ? { kind: "return", value: this.#value(statement.expression), line }
          : { kind: "return", line },
      ];
    if (ts.isThrowStatement(statement))
      return [
        { kind: "throw", value: this.#value(statement.expression), line },
      ];
    if (ts.isIfStatement(statement)) return [this.#if(statement, line)];
    if (ts.isTryStatement(statement)) return [this.#try(statement, line)];
    if (ts.isSwitchStatement(statement)) return this.#switch(statement);
    if (ts.isExportAssignment(statement))
      return [{ kind: "do", value: this.#value(statement.expression), line }];
    if (ts.isBlock(statement)) return this.#inside(statement);
    if (ts.isLabeledStatement(statement))
      return this.#inside(statement.statement);
    return this.#loop(statement, line);
  }

  #value(expression: ts.Expression): Value {
    return readValue(expression, this.#source);
  }

  #inside(statement: ts.Statement | undefined): Step[] {
    if (statement === undefined) return [];
    const body = ts.isBlock(statement) ? statement.statements : [statement];
    return stepsOf(body, this.#source, this.#depth - 1);
  }

  #variables(list: ts.VariableDeclarationList): Step[] {
    return list.declarations.flatMap(({ name, initializer }): Step[] => {
      if (initializer === undefined) return [];
      const line = lineOf(this.#source, name.getStart(this.#source));
      const bindings = bindingsOf(name);
      return [{ kind: "let", bindings, value: this.#value(initializer), line }];
    });
  }

  #expression(expression: ts.Expression, line: number): Step[] {
    if (
      ts.isBinaryExpression(expression) &&
      expression.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      expression.operatorToken.kind <= ts.SyntaxKind.LastAssignment
    ) {
      const target = dottedName(expression.left) ?? "";
      return [
        { kind: "set", target, value: this.#value(expression.right), line },
      ];
    }
    return [{ kind: "do", value: this.#value(expression), line }];
  }

  #if(statement: ts.IfStatement, line: number): Step {
    return {
      kind: "if",
      test: this.#value(statement.expression),
      then: this.#inside(statement.thenStatement),
      else: this.#inside(statement.elseStatement),
      line,
    };
  }

  #try(
    { tryBlock, catchClause, finallyBlock }: ts.TryStatement,
    line: number,
  ): Step {
    const caught = catchClause?.variableDeclaration?.name;
    return {
      kind: "try",
      body: this.#inside(tryBlock),
      ...(catchClause && { handler: this.#inside(catchClause.block) }),
      ...(caught && { caught: caught.getText(this.#source).slice(0, 100) }),
      ...(catchClause && this.#isExplained(catchClause.block)
        ? { explained: true as const }
        : {}),
      finally: this.#inside(finallyBlock),
      line,
    };
  }

  /** A block without statements but with words in it. */
  #isExplained(block: ts.Block): boolean {
    if (block.statements.length > 0) return false;
    const text = this.#source.text.slice(block.pos, block.end);
    return /\/[/*]\s*\p{L}/u.test(text);
  }

  #switch(statement: ts.SwitchStatement): Step[] {
    const left = this.#value(statement.expression);
    return statement.caseBlock.clauses.flatMap((clause): Step[] => {
      const line = lineOf(this.#source, clause.getStart(this.#source));
      const then = stepsOf(clause.statements, this.#source, this.#depth - 1);
      if (ts.isDefaultClause(clause)) return then;
      const right = this.#value(clause.expression);
      const test: Value = {
        kind: "compare",
        operator: "===",
        left,
        right,
        line,
      };
      return [{ kind: "if", test, then, else: [], line }];
    });
  }

  #loop(statement: ts.Statement, line: number): Step[] {
    if (ts.isForOfStatement(statement) || ts.isForInStatement(statement)) {
      const { initializer, expression } = statement;
      const bindings = ts.isVariableDeclarationList(initializer)
        ? initializer.declarations.flatMap(({ name }) => bindingsOf(name))
        : [];
      const body = this.#inside(statement.statement);
      return [
        { kind: "loop", over: this.#value(expression), bindings, body, line },
      ];
    }
    if (ts.isForStatement(statement)) {
      const { initializer, condition } = statement;
      const before =
        initializer && ts.isVariableDeclarationList(initializer)
          ? this.#variables(initializer)
          : [];
      return [...before, this.#while(statement.statement, condition, line)];
    }
    if (ts.isWhileStatement(statement) || ts.isDoStatement(statement))
      return [this.#while(statement.statement, statement.expression, line)];
    return [];
  }

  #while(
    body: ts.Statement,
    test: ts.Expression | undefined,
    line: number,
  ): Step {
    return {
      kind: "loop",
      ...(test && { test: this.#value(test) }),
      bindings: [],
      body: this.#inside(body),
      line,
    };
  }
}
