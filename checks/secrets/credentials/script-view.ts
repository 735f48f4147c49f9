import { type KindName, ts, visitNodes } from "#parse/syntax.js";
import { bareExpression, calleeName } from "./script-values.js";

/** What of a whole script the judgement of one expression needs. */
export interface ScriptView {
  /** The tree itself. A node that is asked for its text without it climbs to it, each time, which is far in deep code. */
  readonly source: ts.SourceFile;
  /** Initializers of constants that are declared once, by name. */
  readonly constants: ReadonlyMap<string, ts.Expression>;
  /** Names that a condition tests before the program refuses to go on in production. */
  readonly refused: ReadonlySet<string>;
  /** Modules that the script imports. */
  readonly modules: ReadonlySet<string>;
}

const views = new WeakMap<ts.SourceFile, ScriptView>();

/** Reads a script once for what its parts need to know of each other. */
export function scriptView(source: ts.SourceFile): ScriptView {
  const known = views.get(source);
  if (known) return known;
  const view = readView(source);
  views.set(source, view);
  return view;
}

const readKinds = [
  ...["VariableDeclaration", "IfStatement"],
  ...["ImportDeclaration", "CallExpression"],
] as readonly KindName[];

function readView(source: ts.SourceFile): ScriptView {
  const constants = new Map<string, ts.Expression>();
  const repeated = new Set<string>();
  const refused = new Set<string>();
  const modules = new Set<string>();
  const read = (node: ts.Node) => {
    if (isConstant(node)) {
      if (constants.has(node.name.text)) repeated.add(node.name.text);
      constants.set(node.name.text, node.initializer);
    } else if (ts.isIfStatement(node)) addRefused(refused, node, source);
    else addModule(modules, node);
  };
  visitNodes(source, read, readKinds);
  for (const name of repeated) constants.delete(name);
  return { source, constants, refused, modules };
}

/** What a name stands for, one hop away; the expression itself when it is no name of a constant. */
export function resolved(view: ScriptView, node: ts.Expression): ts.Expression {
  const bare = bareExpression(node);
  if (!ts.isIdentifier(bare)) return bare;
  const initializer = view.constants.get(bare.text);
  return initializer ? bareExpression(initializer) : bare;
}

type Constant = ts.VariableDeclaration & {
  name: ts.Identifier;
  initializer: ts.Expression;
};

function isConstant(node: ts.Node): node is Constant {
  return (
    ts.isVariableDeclaration(node) &&
    ts.isIdentifier(node.name) &&
    node.initializer !== undefined
  );
}

function addModule(modules: Set<string>, node: ts.Node): void {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
    modules.add(node.moduleSpecifier.text);
  if (!ts.isCallExpression(node) || calleeName(node.expression) !== "require")
    return;
  const [module] = node.arguments;
  if (module && ts.isStringLiteral(module)) modules.add(module.text);
}

const longestCondition = 400;

/** `if (secret === "dev" && isProduction) throw …`: the literal never reaches production. */
function addRefused(
  refused: Set<string>,
  node: ts.IfStatement,
  source: ts.SourceFile,
): void {
  const condition = node.expression.getText(source);
  if (condition.length > longestCondition) return;
  const isStrict =
    /prod/i.test(condition) ||
    /NODE_ENV|===?\s*["'`]|DEFAULT|includes\(/.test(condition) ||
    /!\s*(process\.env|import\.meta\.env|Deno\.env)/.test(condition);
  if (!isStrict || !stopsProgram(node.thenStatement)) return;
  for (const [name] of condition.matchAll(/[A-Za-z_$][\w$]*/g))
    refused.add(name);
}

function stopsProgram(node: ts.Statement): boolean {
  return /\bthrow\b|process\.exit|Deno\.exit/.test(
    node.getText().slice(0, 1_000),
  );
}

/** Whether an expression stands where only a development run comes. */
export function isDevelopmentOnly(node: ts.Node): boolean {
  let child = node;
  for (let depth = 0; depth < 12 && child.parent; depth++) {
    const parent = child.parent;
    if (ts.isConditionalExpression(parent) && parent.condition !== child) {
      if (isDevelopmentBranch(parent.condition, parent.whenTrue === child))
        return true;
    } else if (ts.isIfStatement(parent) && parent.expression !== child) {
      if (
        isDevelopmentBranch(parent.expression, parent.thenStatement === child)
      )
        return true;
    }
    child = parent;
  }
  return false;
}

function isDevelopmentBranch(
  condition: ts.Expression,
  isTaken: boolean,
): boolean {
  const text = condition.getText().slice(0, longestCondition);
  const tests = /prod(uction)?\b/i.test(text);
  const isNegated = /!==?\s*["'`]prod|!\s*\w*prod/i.test(text);
  if (tests) return isNegated ? isTaken : !isTaken;
  return (
    isTaken &&
    /["'`](dev|development|test|local)["'`]|\bisDev|\bisTest|__DEV__|\.DEV\b/i.test(
      text,
    )
  );
}
