import type {
  ClassFacts,
  CodeFacts,
  Decorator,
  FunctionFacts,
} from "./code-facts.js";
import { bindingsOf } from "./bindings.js";
import { dottedName, memberName } from "./names.js";
import { stepsOf } from "./steps.js";
import { type KindName, lineOf, ts, visitNodes } from "./syntax.js";
import { readValue } from "./value.js";

/** What the functions and classes of a file do. Walks the tree once, without recursion over its depth. */
export function codeFacts(source: ts.SourceFile): CodeFacts {
  const functions: FunctionFacts[] = [moduleFunction(source)];
  const classes: ClassFacts[] = [];
  let hasMarkup = false;
  const read = (node: ts.Node) => {
    if (isFunctionWithBody(node)) functions.push(functionOf(node, source));
    else if (ts.isClassLike(node)) classes.push(classOf(node, source));
    else if (ts.isJsxOpeningLikeElement(node) || ts.isJsxFragment(node))
      hasMarkup = true;
  };
  visitNodes(source, read, readKinds);
  return {
    directives: directivesOf(source.statements),
    functions,
    classes,
    hasMarkup,
  };
}

const readKinds = [
  ...["FunctionDeclaration", "FunctionExpression", "ArrowFunction"],
  ...["MethodDeclaration", "Constructor", "GetAccessor", "SetAccessor"],
  ...["ClassDeclaration", "ClassExpression"],
  ...["JsxOpeningElement", "JsxSelfClosingElement", "JsxFragment"],
] as readonly KindName[];

type FunctionWithBody = ts.FunctionLikeDeclaration & { body: ts.ConciseBody };

function isFunctionWithBody(node: ts.Node): node is FunctionWithBody {
  return ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
}

function moduleFunction(source: ts.SourceFile): FunctionFacts {
  return {
    at: -1,
    parent: -1,
    name: "",
    line: 1,
    endLine: lineOf(source, source.end),
    parameters: [],
    directives: [],
    decorators: [],
    isAsync: false,
    steps: stepsOf(source.statements, source),
  };
}

function functionOf(
  node: FunctionWithBody,
  source: ts.SourceFile,
): FunctionFacts {
  const start = node.getStart(source);
  return {
    at: start,
    parent: parentOf(node, source),
    name: nameOf(node),
    line: lineOf(source, start),
    endLine: lineOf(source, node.end),
    parameters: node.parameters.map(({ name }) => bindingsOf(name)),
    directives: ts.isBlock(node.body) ? directivesOf(node.body.statements) : [],
    decorators: [node, ...node.parameters].flatMap((part) =>
      decoratorsOf(part, source),
    ),
    isAsync: hasModifier(node, ts.SyntaxKind.AsyncKeyword),
    steps: ts.isBlock(node.body)
      ? stepsOf(node.body.statements, source)
      : [
          {
            kind: "return",
            value: readValue(node.body, source),
            line: lineOf(source, node.body.getStart(source)),
          },
        ],
  };
}

function parentOf(node: ts.Node, source: ts.SourceFile): number {
  for (
    let above: ts.Node | undefined = node.parent;
    above;
    above = above.parent
  )
    if (isFunctionWithBody(above)) return above.getStart(source);
  return -1;
}

/** The name that others call it by, through wrappers: `const a = wrap(() => …)` is `a` too. */
function nameOf(node: FunctionWithBody): string {
  const own = node.name ? memberName(node.name) : "";
  if (own !== "" || ts.isConstructorDeclaration(node))
    return inClass(node, own || "constructor");
  return givenName(unwrapped(node.parent));
}

function unwrapped(node: ts.Node): ts.Node {
  let above = node;
  while (
    ts.isParenthesizedExpression(above) ||
    ts.isCallExpression(above) ||
    ts.isAsExpression(above) ||
    ts.isSatisfiesExpression(above)
  )
    above = above.parent;
  return above;
}

function givenName(above: ts.Node): string {
  if (ts.isVariableDeclaration(above) && ts.isIdentifier(above.name))
    return above.name.text;
  if (ts.isPropertyAssignment(above)) return memberName(above.name);
  if (ts.isPropertyDeclaration(above))
    return inClass(above, memberName(above.name));
  if (ts.isExportAssignment(above)) return "default";
  if (!ts.isBinaryExpression(above)) return "";
  const target = dottedName(above.left) ?? "";
  return target.replace(/^(?:module\.)?exports\./, "");
}

function inClass(node: ts.Node, name: string): string {
  const { parent } = node;
  return ts.isClassLike(parent) ? `${parent.name?.text ?? ""}.${name}` : name;
}

function classOf(
  node: ts.ClassLikeDeclaration,
  source: ts.SourceFile,
): ClassFacts {
  const parameters = node.members
    .filter(ts.isConstructorDeclaration)
    .flatMap((member) => [...member.parameters]);
  const fields = node.members.filter(ts.isPropertyDeclaration);
  return {
    name: node.name?.text ?? "default",
    line: lineOf(source, node.getStart(source)),
    decorators: decoratorsOf(node, source),
    extends:
      node.heritageClauses?.[0]?.types[0]?.expression
        .getText(source)
        .slice(0, 100) ?? "",
    injected: [...parameters, ...fields].flatMap(({ name, type }) =>
      type && ts.isIdentifier(name)
        ? [{ name: name.text, type: type.getText(source).slice(0, 100) }]
        : [],
    ),
  };
}

function decoratorsOf(node: ts.Node, source: ts.SourceFile): Decorator[] {
  if (!ts.canHaveDecorators(node)) return [];
  return (ts.getDecorators(node) ?? []).map(({ expression }) => {
    const call = ts.isCallExpression(expression) ? expression : undefined;
    return {
      name: dottedName(call?.expression ?? expression) ?? "",
      arguments: (call?.arguments ?? []).map((one) => readValue(one, source)),
      line: lineOf(source, expression.getStart(source)),
    };
  });
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : [];
  return modifiers?.some((modifier) => modifier.kind === kind) ?? false;
}

function directivesOf(statements: readonly ts.Statement[]): string[] {
  const found: string[] = [];
  for (const statement of statements) {
    if (
      !ts.isExpressionStatement(statement) ||
      !ts.isStringLiteral(statement.expression)
    )
      break;
    found.push(statement.expression.text);
  }
  return found;
}
