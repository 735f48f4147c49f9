import { memberName } from "./names.js";
import { ts, visitNodes } from "./syntax.js";

/** What a name stands for within one file. */
export type Declaration =
  | {
      readonly kind: "variable";
      readonly node: ts.VariableDeclaration;
      readonly initializer: ts.Expression | undefined;
      /** Whether it can be written again. */
      readonly isConstant: boolean;
    }
  | {
      /** Taken out of an object: `const { origin } = request.headers`. */
      readonly kind: "member";
      readonly node: ts.BindingElement;
      readonly key: string;
      readonly initializer: ts.Expression | undefined;
    }
  | { readonly kind: "parameter"; readonly node: ts.ParameterDeclaration }
  | { readonly kind: "function"; readonly node: ts.FunctionDeclaration }
  | { readonly kind: "import" };

const known = new WeakMap<ts.Node, ReadonlyMap<string, Declaration>>();

/**
 * What a name stands for at the place where it is used, by the scopes around it.
 *
 * @returns undefined for globals.
 */
export function declarationOf(name: ts.Identifier): Declaration | undefined {
  for (let at: ts.Node = name; !ts.isSourceFile(at);) {
    at = at.parent;
    if (!isScope(at)) continue;
    const found = declarationsIn(at).get(name.text);
    if (found) return found;
  }
  return undefined;
}

function isScope(node: ts.Node): boolean {
  return (
    ts.isBlock(node) ||
    ts.isSourceFile(node) ||
    ts.isModuleBlock(node) ||
    ts.isCaseBlock(node) ||
    ts.isForStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isFunctionLike(node)
  );
}

function declarationsIn(scope: ts.Node): ReadonlyMap<string, Declaration> {
  const before = known.get(scope);
  if (before) return before;
  const found = new Map<string, Declaration>();
  if (ts.isFunctionLike(scope))
    for (const parameter of scope.parameters)
      addPattern(parameter.name, { kind: "parameter", node: parameter }, found);
  else if (ts.isCaseBlock(scope))
    for (const clause of scope.clauses)
      clause.statements.forEach((statement) => {
        addStatement(statement, found);
      });
  else if (
    ts.isBlock(scope) ||
    ts.isSourceFile(scope) ||
    ts.isModuleBlock(scope)
  )
    scope.statements.forEach((statement) => {
      addStatement(statement, found);
    });
  else addLoop(scope, found);
  known.set(scope, found);
  return found;
}

function addLoop(scope: ts.Node, found: Map<string, Declaration>): void {
  if (!ts.isForStatement(scope) && !ts.isForOfStatement(scope)) return;
  if (scope.initializer && ts.isVariableDeclarationList(scope.initializer))
    addList(scope.initializer, found);
}

function addStatement(
  statement: ts.Statement,
  found: Map<string, Declaration>,
): void {
  if (ts.isVariableStatement(statement))
    addList(statement.declarationList, found);
  else if (ts.isFunctionDeclaration(statement) && statement.name)
    found.set(statement.name.text, { kind: "function", node: statement });
  else if (ts.isImportDeclaration(statement))
    for (const local of importedLocals(statement))
      found.set(local, { kind: "import" });
}

function importedLocals(statement: ts.ImportDeclaration): string[] {
  const clause = statement.importClause;
  const bindings = clause?.namedBindings;
  return [
    ...(clause?.name ? [clause.name.text] : []),
    ...(bindings && ts.isNamespaceImport(bindings) ? [bindings.name.text] : []),
    ...(bindings && ts.isNamedImports(bindings)
      ? bindings.elements.map((element) => element.name.text)
      : []),
  ];
}

function addList(
  list: ts.VariableDeclarationList,
  found: Map<string, Declaration>,
): void {
  const isConstant = (list.flags & ts.NodeFlags.Const) !== 0;
  for (const node of list.declarations) {
    const { name, initializer } = node;
    addPattern(
      name,
      { kind: "variable", node, initializer, isConstant },
      found,
    );
  }
}

/** Adds each name of a pattern; the names of a nested one are left out. */
function addPattern(
  name: ts.BindingName,
  whole: Declaration,
  found: Map<string, Declaration>,
): void {
  if (ts.isIdentifier(name)) {
    found.set(name.text, whole);
    return;
  }
  for (const node of name.elements) {
    if (!ts.isBindingElement(node) || !ts.isIdentifier(node.name)) continue;
    const key = node.propertyName
      ? memberName(node.propertyName as ts.PropertyName)
      : node.name.text;
    const initializer =
      whole.kind === "variable" ? whole.initializer : undefined;
    found.set(node.name.text, { kind: "member", node, key, initializer });
  }
}

/** Every value that the file writes to a variable after its declaration, with the expression that writes. */
export function assignmentsTo(
  variable: ts.VariableDeclaration,
): readonly ts.BinaryExpression[] {
  if (!ts.isIdentifier(variable.name)) return [];
  const name = variable.name.text;
  const source = variable.getSourceFile();
  return (assignmentsByName(source).get(name) ?? []).filter((assignment) => {
    const target = assignment.left as ts.Identifier;
    const declared = declarationOf(target);
    return declared?.kind === "variable" && declared.node === variable;
  });
}

const assignments = new WeakMap<
  ts.SourceFile,
  ReadonlyMap<string, readonly ts.BinaryExpression[]>
>();

function assignmentsByName(
  source: ts.SourceFile,
): ReadonlyMap<string, readonly ts.BinaryExpression[]> {
  const before = assignments.get(source);
  if (before) return before;
  const found = new Map<string, ts.BinaryExpression[]>();
  const add = (node: ts.Node) => {
    if (
      !ts.isBinaryExpression(node) ||
      node.operatorToken.kind !== ts.SyntaxKind.EqualsToken ||
      !ts.isIdentifier(node.left)
    )
      return;
    const before = found.get(node.left.text);
    if (before) before.push(node);
    else found.set(node.left.text, [node]);
  };
  visitNodes(source, add, binaries);
  assignments.set(source, found);
  return found;
}

const binaries = ["BinaryExpression"] as const;
