import type { SensitiveCategory } from "#gate/review-policy.js";
import type { SourceFile } from "#gate/snapshot.js";
import type { ExportedName } from "#parse/module-facts.js";
import { moduleFacts } from "#parse/module.js";
import { isScript, parseScript, ts, visitNodes } from "#parse/syntax.js";
import {
  isValueUse,
  sensitiveNames,
  type CategoryOf,
  type SensitiveNames,
} from "./script-names.js";
import { importCategory } from "./watched-packages.js";

/** What a name that a module exports gives access to; `*` asks for any of them. */
export type HandedOn = (name: string) => SensitiveCategory | undefined;

/** Characters above which a module is told by its name alone. */
const maxCharacters = 300_000;

/**
 * What a module of the project hands on of the SDKs that it imports: the client itself, or a function that works with
 * it. Components and hooks of a user interface show things and hand nothing on.
 *
 * @param categoryOf - What the names are about that the module passes on from others.
 */
export function handedOn(
  file: SourceFile | undefined,
  categoryOf: CategoryOf,
): HandedOn {
  if (!file || !isScript(file.path) || file.text.length > maxCharacters)
    return () => undefined;
  try {
    return exportsOf(file, categoryOf);
  } catch {
    // Too deeply nested to be parsed; the name of the module still speaks.
    return () => undefined;
  }
}

function exportsOf(file: SourceFile, categoryOf: CategoryOf): HandedOn {
  const source = parseScript(file.path, file.text);
  const { imports, exports } = moduleFacts(file.text, () => source);
  // Only what works with an SDK itself hands it on: else every caller of a caller would.
  const names = sensitiveNames(source, imports, importCategory);
  const declared = declaredCategories(source, names);
  const categoryOfExport = ({ from, local, typeOnly }: ExportedName) => {
    if (typeOnly) return undefined;
    if (from !== undefined) return categoryOf(from, local);
    const imported = imports.find((each) => each.local === local);
    return imported
      ? categoryOf(imported.from, imported.name)
      : (names.get(local)?.category ?? declared.get(local));
  };
  return (name) => {
    const isWhole = name === "*" || name === "";
    const own = exports.filter((each) => isWhole || each.name === name);
    const passed = exports.filter((each) => each.name === "*" && each.from);
    for (const each of own.length > 0 ? own : passed) {
      const category =
        each.name === "*" && each.from !== undefined
          ? categoryOf(each.from, name)
          : categoryOfExport(each);
      if (category !== undefined) return category;
    }
    return undefined;
  };
}

/** What each top-level declaration works with, by name. */
function declaredCategories(
  source: ts.SourceFile,
  names: SensitiveNames,
): ReadonlyMap<string, SensitiveCategory> {
  const found = new Map<string, SensitiveCategory>();
  const note = (name: string, node: ts.Node) => {
    const category = showsThings(name, node) ? undefined : usedIn(node, names);
    if (category !== undefined) found.set(name, category);
  };
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement))
      for (const [name, value] of variablesOf(statement)) note(name, value);
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
      note(statement.name?.text ?? "default", statement);
    if (ts.isExportAssignment(statement)) note("default", statement.expression);
    if (ts.isExpressionStatement(statement)) note("default", statement);
  }
  return found;
}

function variablesOf(
  statement: ts.VariableStatement,
): (readonly [string, ts.Expression])[] {
  return statement.declarationList.declarations.flatMap(
    ({ name, initializer }) =>
      initializer
        ? boundNames(name).map((bound) => [bound, initializer] as const)
        : [],
  );
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) && ts.isIdentifier(element.name)
      ? [element.name.text]
      : [],
  );
}

/** A component or a hook, by how it is named or by what it makes. */
function showsThings(name: string, node: ts.Node): boolean {
  if (/^use[A-Z]/.test(name)) return true;
  let hasMarkup = false;
  visitNodes(node, (part) => {
    hasMarkup ||=
      ts.isJsxElement(part) ||
      ts.isJsxSelfClosingElement(part) ||
      ts.isJsxFragment(part);
  });
  return hasMarkup;
}

function usedIn(
  node: ts.Node,
  names: SensitiveNames,
): SensitiveCategory | undefined {
  let category: SensitiveCategory | undefined;
  visitNodes(node, (part) => {
    if (category === undefined && ts.isIdentifier(part) && isValueUse(part))
      category = names.get(part.text)?.category;
  });
  return category;
}
