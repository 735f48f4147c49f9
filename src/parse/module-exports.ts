import type { ExportedName, Value } from "./module-facts.js";
import { unwrap } from "./names.js";
import { lineOf, ts } from "./syntax.js";
import { readValue } from "./value.js";

/**
 * Every name that a file exports, in the ES and in the CommonJS way.
 *
 * @param values - Top-level values by name; a value that is exported without a name of its own is added to it.
 */
export function exportedNames(
  source: ts.SourceFile,
  values: Map<string, Value>,
): ExportedName[] {
  return source.statements.flatMap((statement) => {
    const line = lineOf(source, statement.getStart(source));
    const at = <T extends object>(name: T) => ({ ...name, line });
    if (ts.isExportDeclaration(statement)) return passedOn(statement).map(at);
    if (ts.isExportAssignment(statement))
      return [at(defaultOf(statement.expression))];
    if (ts.isExpressionStatement(statement))
      return assigned(statement.expression, source, values).map(at);
    return declared(statement).map(at);
  });
}

type Named = Omit<ExportedName, "line">;

function passedOn(statement: ts.ExportDeclaration): Named[] {
  const target = statement.moduleSpecifier;
  const from =
    target && ts.isStringLiteral(target) ? { from: target.text } : {};
  const clause = statement.exportClause;
  if (clause === undefined)
    return [{ name: "*", local: "*", ...from, ...typed(statement.isTypeOnly) }];
  if (ts.isNamespaceExport(clause))
    return [{ name: clause.name.text, local: "*", ...from }];
  return clause.elements.map((element) => ({
    name: element.name.text,
    local: (element.propertyName ?? element.name).text,
    ...from,
    ...typed(statement.isTypeOnly || element.isTypeOnly),
  }));
}

function typed(isTypeOnly: boolean): { typeOnly?: true } {
  return isTypeOnly ? { typeOnly: true } : {};
}

function defaultOf(expression: ts.Expression): Named {
  const bare = unwrap(expression);
  const local = ts.isIdentifier(bare) ? bare.text : "default";
  return { name: "default", local };
}

function declared(statement: ts.Statement): Named[] {
  const modifiers = ts.canHaveModifiers(statement)
    ? (ts.getModifiers(statement) ?? [])
    : [];
  const has = (kind: ts.SyntaxKind) => modifiers.some((m) => m.kind === kind);
  if (!has(ts.SyntaxKind.ExportKeyword)) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) =>
      boundNames(name).map((bound) => ({ name: bound, local: bound })),
    );
  const isType =
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  if (
    !isType &&
    !ts.isFunctionDeclaration(statement) &&
    !ts.isClassDeclaration(statement) &&
    !ts.isEnumDeclaration(statement)
  )
    return [];
  const isDefault = has(ts.SyntaxKind.DefaultKeyword);
  const local = statement.name?.text ?? "default";
  return [{ name: isDefault ? "default" : local, local, ...typed(isType) }];
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) && ts.isIdentifier(element.name)
      ? [element.name.text]
      : [],
  );
}

/** `module.exports = …`, `module.exports.a = …`, `exports.a = …`. */
function assigned(
  expression: ts.Expression,
  source: ts.SourceFile,
  values: Map<string, Value>,
): Named[] {
  if (
    !ts.isBinaryExpression(expression) ||
    expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken ||
    !ts.isPropertyAccessExpression(expression.left)
  )
    return [];
  const target = expression.left.getText(source);
  const bare = unwrap(expression.right);
  if (target === "module.exports" && isRequire(bare))
    return [{ name: "*", local: "*", from: bare.arguments[0].text }];
  if (target === "module.exports")
    return [defaultOf(bare), ...membersOf(bare, source, values)];
  const name = /^(?:module\.)?exports\.([\w$]+)$/.exec(target)?.[1];
  if (name === undefined) return [];
  return [exportOf(name, bare, source, values)];
}

function isRequire(
  node: ts.Expression,
): node is ts.CallExpression & { arguments: readonly [ts.StringLiteral] } {
  return (
    ts.isCallExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === "require" &&
    node.arguments[0] !== undefined &&
    ts.isStringLiteral(node.arguments[0])
  );
}

function membersOf(
  object: ts.Expression,
  source: ts.SourceFile,
  values: Map<string, Value>,
): Named[] {
  if (!ts.isObjectLiteralExpression(object)) return [];
  return object.properties.flatMap((property) => {
    if (ts.isShorthandPropertyAssignment(property))
      return [{ name: property.name.text, local: property.name.text }];
    if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name))
      return [];
    const value = unwrap(property.initializer);
    return [exportOf(property.name.text, value, source, values)];
  });
}

function exportOf(
  name: string,
  value: ts.Expression,
  source: ts.SourceFile,
  values: Map<string, Value>,
): Named {
  if (ts.isIdentifier(value)) return { name, local: value.text };
  // The name may also be a different local variable; the exported value then goes by its place in `exports`.
  const local = values.has(name) ? `exports.${name}` : name;
  values.set(local, readValue(value, source));
  return { name, local };
}
