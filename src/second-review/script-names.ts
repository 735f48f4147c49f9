import type { SensitiveCategory } from "#gate/review-policy.js";
import type { ImportedName } from "#parse/module-facts.js";
import { ts } from "#parse/syntax.js";
import { unwrap } from "#parse/names.js";
import { packageCategory } from "./watched-packages.js";

/** Names of a file that stand for something sensitive, with what they stand for. */
export type SensitiveNames = ReadonlyMap<string, SensitiveName>;

/** What one name of a file stands for. */
export interface SensitiveName {
  readonly category: SensitiveCategory;
  /** Module that it comes from, as written. */
  readonly from: string;
}

/** What a name of a module is about. */
export type CategoryOf = (
  specifier: string,
  name: string,
) => SensitiveCategory | undefined;

/**
 * The names through which a file reaches an SDK: imported ones, and variables that hold a client made from one. Names
 * of types are none.
 */
export function sensitiveNames(
  source: ts.SourceFile,
  imports: readonly ImportedName[],
  categoryOf: CategoryOf,
): SensitiveNames {
  const names = new Map<string, SensitiveName>();
  for (const { from, name, local, typeOnly } of imports) {
    if (typeOnly || local === "") continue;
    const category = categoryOf(from, name);
    if (category !== undefined) names.set(local, { category, from });
  }
  addClients(source, names);
  return names;
}

/** `const pool = new Pool()`, `const supabase = await createClient()`: the client speaks for its SDK. */
function addClients(
  source: ts.SourceFile,
  names: Map<string, SensitiveName>,
): void {
  const pending: ts.Node[] = [source];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (ts.isVariableDeclaration(node)) addClient(node, names);
    if (ts.isBinaryExpression(node)) addAssignedClient(node, names);
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    pending.push(...children.reverse());
  }
}

function addClient(
  { name, initializer }: ts.VariableDeclaration,
  names: Map<string, SensitiveName>,
): void {
  if (!ts.isIdentifier(name) || initializer === undefined) return;
  const made = madeFrom(initializer, names);
  if (made && !names.has(name.text)) names.set(name.text, made);
}

function addAssignedClient(
  { left, right, operatorToken }: ts.BinaryExpression,
  names: Map<string, SensitiveName>,
): void {
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  const target = unwrap(left);
  const made = madeFrom(right, names);
  if (made && ts.isIdentifier(target) && !names.has(target.text))
    names.set(target.text, made);
}

/** A session or a row is a value and not a way to one, so only what makes clients of data and payments is followed. */
function madeFrom(
  expression: ts.Expression,
  names: SensitiveNames,
): SensitiveName | undefined {
  const made = lastOperand(unwrap(expression));
  if (!ts.isCallExpression(made) && !ts.isNewExpression(made)) return undefined;
  const maker = makerIn(unwrap(made.expression));
  if (maker === undefined) return undefined;
  const name = names.get(maker.text);
  if (name === undefined || name.category === "auth") return undefined;
  const isMaker =
    ts.isNewExpression(made) ||
    isClientMaker(maker.text) ||
    packageCategory(name.from) !== undefined;
  return isMaker ? name : undefined;
}

/** `createClient`, and the class in `Redis.fromEnv`. */
function makerIn(callee: ts.Expression): ts.Identifier | undefined {
  if (ts.isIdentifier(callee)) return callee;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const owner = unwrap(callee.expression);
  return ts.isIdentifier(owner) && makers.test(callee.name.text)
    ? owner
    : undefined;
}

const makers =
  /^(from(Env|Url|Config)|create(Client|Pool|Connection)?|connect|getInstance|initialize|firestore|database|storage)$/;

/** Whether a function is named for making a client rather than for using one. */
export function isClientMaker(name: string): boolean {
  return /^(create|make|get|init|new|connect|build|open)\w*(Client|Db|DB|Database|Pool|Stripe|Connection|Supabase|Prisma|Firestore|Storage|Orm|DataSource|Admin)$/.test(
    name,
  );
}

/** `global.prisma ?? new PrismaClient()` makes what its last operand makes. */
function lastOperand(expression: ts.Expression): ts.Expression {
  return ts.isBinaryExpression(expression)
    ? unwrap(expression.right)
    : expression;
}

/** Whether an identifier is the use of a name as a value: no declaration, no key, no part of a type or an import. */
export function isValueUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node;
  if (ts.isJsxAttribute(parent)) return false;
  if (isDeclaredName(node) || isInherited(parent)) return false;
  let at: ts.Node = node;
  while (ts.isQualifiedName(at.parent)) at = at.parent;
  return (
    !ts.isTypeNode(at.parent) || ts.isExpressionWithTypeArguments(at.parent)
  );
}

/** `interface A extends B`, `class A implements B`: types only. */
function isInherited(parent: ts.Node): boolean {
  if (!ts.isExpressionWithTypeArguments(parent)) return false;
  const clause = parent.parent;
  return (
    ts.isHeritageClause(clause) &&
    (clause.token === ts.SyntaxKind.ImplementsKeyword ||
      ts.isInterfaceDeclaration(clause.parent))
  );
}

function isDeclaredName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (isImportOrExport(parent)) return true;
  if (ts.isBindingElement(parent)) return parent.initializer !== node;
  const isDeclaration =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isFunctionLike(parent) ||
    ts.isClassLike(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isEnumMember(parent) ||
    ts.isInterfaceDeclaration(parent) ||
    ts.isTypeAliasDeclaration(parent) ||
    ts.isTypeParameterDeclaration(parent);
  return isDeclaration && (parent as { readonly name?: ts.Node }).name === node;
}

function isImportOrExport(parent: ts.Node): boolean {
  return (
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isNamespaceImport(parent) ||
    ts.isImportEqualsDeclaration(parent) ||
    ts.isExportSpecifier(parent)
  );
}
