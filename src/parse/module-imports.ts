import type { ImportedName } from "./module-facts.js";
import { memberName, unwrap } from "./names.js";
import { lineOf, ts, visitNodes } from "./syntax.js";

/** Every module that a file loads, with the names it takes: `import`, `require`, `import()`, not `export … from`. */
export function importedNames(
  source: ts.SourceFile,
  text: string,
): ImportedName[] {
  const imports = source.statements.flatMap((statement) =>
    namesOf(statement, source),
  );
  // Most modules load nothing by a call, and a second walk over each file would be the larger part of the work.
  if (!/\brequire\s*\(|\bimport\s*\(/.test(text)) return imports;
  visitNodes(
    source,
    (node) => {
      if (ts.isCallExpression(node)) imports.push(...loadedBy(node, source));
    },
    calls,
  );
  return imports;
}

const calls = ["CallExpression"] as const;

function namesOf(
  statement: ts.Statement,
  source: ts.SourceFile,
): ImportedName[] {
  const line = lineOf(source, statement.getStart(source));
  if (ts.isImportEqualsDeclaration(statement))
    return assignedImport(statement, line);
  if (
    !ts.isImportDeclaration(statement) ||
    !ts.isStringLiteral(statement.moduleSpecifier)
  )
    return [];
  const from = statement.moduleSpecifier.text;
  const clause = statement.importClause;
  if (clause === undefined)
    return [{ from, name: "", local: "", line, typeOnly: false }];
  return clauseNames(clause).map((taken) => ({ from, line, ...taken }));
}

function assignedImport(
  statement: ts.ImportEqualsDeclaration,
  line: number,
): ImportedName[] {
  const { moduleReference } = statement;
  if (
    !ts.isExternalModuleReference(moduleReference) ||
    !ts.isStringLiteralLike(moduleReference.expression)
  )
    return [];
  const from = moduleReference.expression.text;
  const local = statement.name.text;
  return [{ from, name: "*", local, line, typeOnly: statement.isTypeOnly }];
}

type Taken = Pick<ImportedName, "name" | "local" | "typeOnly">;

function clauseNames(clause: ts.ImportClause): Taken[] {
  const typeOnly = clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const taken: Taken[] = [];
  if (clause.name)
    taken.push({ name: "default", local: clause.name.text, typeOnly });
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings))
    taken.push({ name: "*", local: bindings.name.text, typeOnly });
  if (bindings && ts.isNamedImports(bindings))
    for (const element of bindings.elements)
      taken.push({
        name: (element.propertyName ?? element.name).text,
        local: element.name.text,
        typeOnly: typeOnly || element.isTypeOnly,
      });
  return taken;
}

function loadedBy(
  call: ts.CallExpression,
  source: ts.SourceFile,
): ImportedName[] {
  const [target] = call.arguments;
  if (target === undefined || !ts.isStringLiteralLike(target)) return [];
  const isDynamic = call.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire =
    ts.isIdentifier(call.expression) && call.expression.text === "require";
  if (!isDynamic && !isRequire) return [];
  const line = lineOf(source, call.getStart(source));
  const isDeferred = isDynamic || !isAtTopLevel(call);
  return bindingsOf(call).map(({ name, local }) => ({
    from: target.text,
    name,
    local,
    line,
    typeOnly: false,
    ...(isDeferred && { deferred: true as const }),
  }));
}

function isAtTopLevel(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent)
    if (ts.isFunctionLike(at)) return false;
  return true;
}

/** The names that `const … = require(…)` binds, also through `.default`, `(await …)` and destructuring. */
function bindingsOf(
  call: ts.CallExpression,
): { name: string; local: string }[] {
  let taken = "*";
  let node: ts.Node = call;
  for (; ; node = node.parent) {
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.expression === node)
      if (taken === "*") taken = parent.name.text;
      else return [{ name: taken, local: "" }];
    else if (
      !ts.isExpression(parent) ||
      unwrap(parent) !== unwrap(node as ts.Expression)
    )
      break;
  }
  const { parent } = node;
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== node)
    return [{ name: taken, local: "" }];
  if (ts.isIdentifier(parent.name))
    return [{ name: taken, local: parent.name.text }];
  if (!ts.isObjectBindingPattern(parent.name) || taken !== "*")
    return [{ name: taken, local: "" }];
  return parent.name.elements.flatMap((element) =>
    ts.isIdentifier(element.name)
      ? [
          {
            name: element.propertyName
              ? memberName(element.propertyName as ts.PropertyName)
              : element.name.text,
            local: element.name.text,
          },
        ]
      : [],
  );
}
