import type {
  ExportedName,
  ImportedName,
  ModuleFacts,
  Value,
} from "./module-facts.js";
import { exportedNames } from "./module-exports.js";
import { importedNames } from "./module-imports.js";
import { dottedName, memberName, unwrap } from "./names.js";
import { lineOf, ts } from "./syntax.js";
import { classValue, nameValue, readValue } from "./value.js";

/**
 * What a module imports, exports and holds at its top level.
 *
 * @throws NotAnalysed when the file is nested too deeply to parse.
 */
export function moduleFacts(
  text: string,
  syntax: () => ts.SourceFile | undefined,
): ModuleFacts {
  const source = syntax();
  if (source === undefined) return { imports: [], exports: [], constants: {} };
  const imports: ImportedName[] = importedNames(source, text);
  const constants = topLevelValues(source, text);
  const exports: ExportedName[] = exportedNames(source, constants);
  return { imports, exports, constants: Object.fromEntries(constants) };
}

function topLevelValues(
  source: ts.SourceFile,
  text: string,
): Map<string, Value> {
  const values = new Map<string, Value>();
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement))
      addVariables(statement.declarationList, source, text, values);
    else addDeclaration(statement, source, values);
  }
  return values;
}

function addVariables(
  list: ts.VariableDeclarationList,
  source: ts.SourceFile,
  text: string,
  values: Map<string, Value>,
): void {
  const isConstant = (list.flags & ts.NodeFlags.Const) !== 0;
  for (const { name, initializer } of list.declarations) {
    if (initializer === undefined) continue;
    if (ts.isObjectBindingPattern(name))
      addTakenApart(name, initializer, source, values);
    if (!ts.isIdentifier(name)) continue;
    const line = lineOf(source, name.getStart(source));
    const isStable = isConstant || !isAssignedAgain(name.text, text);
    values.set(
      name.text,
      isStable ? readValue(initializer, source) : { kind: "other", line },
    );
  }
}

/** `const { a, b: c = 1 } = object`: each name stands for its place in the object. */
function addTakenApart(
  pattern: ts.ObjectBindingPattern,
  initializer: ts.Expression,
  source: ts.SourceFile,
  values: Map<string, Value>,
): void {
  const of = dottedName(unwrap(initializer));
  if (of === undefined) return;
  for (const element of pattern.elements) {
    if (!ts.isIdentifier(element.name) || element.dotDotDotToken) continue;
    const key = element.propertyName
      ? memberName(element.propertyName as ts.PropertyName)
      : element.name.text;
    const line = lineOf(source, element.getStart(source));
    const taken = nameValue(`${of}.${key}`, line);
    const fallback = element.initializer;
    values.set(
      element.name.text,
      fallback === undefined
        ? taken
        : {
            kind: "either",
            operator: "??",
            options: [taken, readValue(fallback, source)],
            line,
          },
    );
  }
}

/** Whether the text writes to the name after its declaration; a look-alike in a string costs only one value. */
function isAssignedAgain(name: string, text: string): boolean {
  const escaped = name.replaceAll("$", "\\$");
  const writes = new RegExp(
    `(?<![\\w$.])${escaped}\\s*(?:=(?![=>])|[-+*/|&?]{1,2}=|\\+\\+|--)`,
    "g",
  );
  let count = 0;
  for (const _ of text.matchAll(writes)) if (++count > 1) return true;
  return false;
}

function addDeclaration(
  statement: ts.Statement,
  source: ts.SourceFile,
  values: Map<string, Value>,
): void {
  const line = lineOf(source, statement.getStart(source));
  const read = (part: ts.Expression) => readValue(part, source);
  if (ts.isFunctionDeclaration(statement))
    values.set(statement.name?.text ?? "default", {
      kind: "function",
      at: statement.getStart(source),
      line,
    });
  else if (ts.isClassDeclaration(statement))
    values.set(
      statement.name?.text ?? "default",
      classValue(statement, line, read),
    );
  else if (ts.isEnumDeclaration(statement))
    values.set(statement.name.text, enumValue(statement, line, read));
  else if (ts.isExportAssignment(statement))
    values.set("default", read(statement.expression));
  else if (isModuleExports(statement))
    values.set("default", read(statement.expression.right));
}

function enumValue(
  node: ts.EnumDeclaration,
  line: number,
  read: (part: ts.Expression) => Value,
): Value {
  const entries = node.members.map((member) => ({
    key: memberName(member.name),
    value: member.initializer
      ? read(member.initializer)
      : ({ kind: "other", line } as const),
  }));
  return { kind: "class", entries, line };
}

/** `module.exports = …` as a statement. */
function isModuleExports(
  statement: ts.Statement,
): statement is ts.ExpressionStatement & {
  readonly expression: ts.BinaryExpression;
} {
  return (
    ts.isExpressionStatement(statement) &&
    ts.isBinaryExpression(statement.expression) &&
    statement.expression.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    statement.expression.left.getText() === "module.exports"
  );
}
