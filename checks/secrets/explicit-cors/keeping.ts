import { ts, visitNodes } from "#parse/syntax.js";

/** Under which name a file keeps what a node builds, and whether anything can use it. */
export interface Keeping {
  /** Name at the top level of the file. */
  readonly name?: string;
  readonly isExported: boolean;
  /** Nothing refers to it, and it is not exported. */
  readonly isUnused: boolean;
}

/** The top-level declaration that a node stands in. */
export function keepingOf(node: ts.Node): Keeping {
  let at = node;
  while (!ts.isSourceFile(at.parent)) {
    at = at.parent;
    if (ts.isVariableDeclaration(at) && isTopLevel(at)) return keptVariable(at);
  }
  if (ts.isFunctionDeclaration(at) || ts.isClassDeclaration(at))
    return keptDeclaration(at);
  const isExport =
    ts.isExportAssignment(at) ||
    (ts.isExpressionStatement(at) &&
      /^(?:module\.)?exports\b/.test(at.getText()));
  return { isExported: isExport, isUnused: false };
}

function isTopLevel(node: ts.VariableDeclaration): boolean {
  return ts.isSourceFile(node.parent.parent.parent);
}

function keptVariable(node: ts.VariableDeclaration): Keeping {
  if (!ts.isIdentifier(node.name))
    return { isExported: false, isUnused: false };
  const name = node.name.text;
  const isExported =
    hasExport(node.parent.parent as ts.VariableStatement) ||
    isNamedInExport(node.getSourceFile(), name);
  return {
    name,
    isExported,
    isUnused: !isExported && countUses(node.getSourceFile(), name) < 2,
  };
}

function keptDeclaration(
  node: ts.FunctionDeclaration | ts.ClassDeclaration,
): Keeping {
  const source = node.getSourceFile();
  const name = node.name?.text;
  const isExported =
    hasExport(node) || (name !== undefined && isNamedInExport(source, name));
  const isUnused =
    !isExported &&
    name !== undefined &&
    ts.isFunctionDeclaration(node) &&
    countUses(source, name) < 2;
  return { ...(name !== undefined && { name }), isExported, isUnused };
}

function hasExport(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some(
      (modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword,
    )
  );
}

/** `export { name }`, `export default name`, `module.exports = { name }`. */
function isNamedInExport(source: ts.SourceFile, name: string): boolean {
  return source.statements.some(
    (statement) =>
      (ts.isExportDeclaration(statement) ||
        ts.isExportAssignment(statement) ||
        (ts.isExpressionStatement(statement) &&
          /^(?:module\.)?exports\b/.test(statement.getText()))) &&
      mentions(statement, name),
  );
}

function mentions(root: ts.Node, name: string): boolean {
  let isMentioned = false;
  visitNodes(root, (node) => {
    if (ts.isIdentifier(node) && node.text === name) isMentioned = true;
  });
  return isMentioned;
}

const counts = new WeakMap<ts.SourceFile, ReadonlyMap<string, number>>();

/** How often a name stands in a file, its declaration included. */
function countUses(source: ts.SourceFile, name: string): number {
  let counted = counts.get(source);
  if (counted === undefined) {
    const found = new Map<string, number>();
    visitNodes(source, (node) => {
      if (ts.isIdentifier(node))
        found.set(node.text, (found.get(node.text) ?? 0) + 1);
    });
    counts.set(source, (counted = found));
  }
  return counted.get(name) ?? 0;
}
