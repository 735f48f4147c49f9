import { type KindName, ts, visitNodes } from "#parse/syntax.js";
import type { Hit } from "./hit.js";
import type { Place } from "./place.js";
import { bareExpression, calleeName } from "./script-values.js";
import { resolved, type ScriptView, scriptView } from "./script-view.js";
import { isServerOnly } from "./server-only.js";

/** Functions of frameworks whose result is sent to the page. */
const loaders =
  /^(?:getServerSideProps|getStaticProps|getInitialProps|loader|load)$/;

/** The environment, or a name of a secret that may come from a file which reads it. */
const mayRead =
  /\benv\b|secret|token|password|credential|api_?key|service_?role/i;

/** A file's values, and what it takes from other files. */
interface SentView extends ScriptView {
  readonly imported: ReadonlySet<string>;
}

/** Names that a file imports from others of the project, as far as their addresses tell. */
function importedIn(source: ts.SourceFile): ReadonlySet<string> {
  return new Set(
    source.statements.flatMap((statement) => {
      if (!ts.isImportDeclaration(statement)) return [];
      const { name, namedBindings } = statement.importClause ?? {};
      const others =
        namedBindings === undefined
          ? []
          : ts.isNamedImports(namedBindings)
            ? namedBindings.elements.map((element) => element.name.text)
            : [namedBindings.name.text];
      return name ? [name.text, ...others] : others;
    }),
  );
}

/** A server's secrets that leave it: as a property of a component, in an answer, in a page's data. */
export function sentSecrets(place: Place, source: ts.SourceFile): Hit[] {
  if (place.isQuiet || place.isExample || place.isProse) return [];
  if (!mayRead.test(source.text)) return [];
  const view = { ...scriptView(source), imported: importedIn(source) };
  const hits: Hit[] = [];
  const read = (node: ts.Node) => {
    if (ts.isJsxAttribute(node)) hits.push(...handedOver(node, view));
    else if (ts.isReturnStatement(node)) {
      if (node.expression && loaders.test(functionName(node)))
        hits.push(...sent(node.expression, view));
    } else if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      if (isAnswer(node))
        hits.push(
          ...(node.arguments ?? [])
            .slice(0, 1)
            .flatMap((each) => sent(each, view)),
        );
      else hits.push(...clientWith(node, view));
    }
  };
  visitNodes(source, read, readKinds);
  return hits;
}

const readKinds = [
  ...["JsxAttribute", "ReturnStatement", "CallExpression", "NewExpression"],
] as readonly KindName[];

/** `<Chat apiKey={process.env.OPENAI_API_KEY} />`: a browser's component gets it in the page's source. */
function handedOver(node: ts.JsxAttribute, view: SentView): Hit[] {
  const { initializer } = node;
  if (!initializer || !ts.isJsxExpression(initializer)) return [];
  const tag = node.parent.parent.tagName.getText(view.source);
  if (!initializer.expression || !/^[A-Z]\w*$/.test(tag)) return [];
  return sent(initializer.expression, view).map((hit) => ({
    ...hit,
    component: tag,
  }));
}

function isAnswer(node: ts.CallExpression | ts.NewExpression): boolean {
  const callee = node.expression;
  if (ts.isNewExpression(node))
    return /^(?:Next)?Response$/.test(callee.getText().slice(0, 20));
  if (ts.isIdentifier(callee)) return callee.text === "json";
  if (!ts.isPropertyAccessExpression(callee)) return false;
  if (!/^(?:json|send)$/.test(callee.name.text)) return false;
  const on = callee.expression.getText().slice(0, 80);
  return /^(?:res|response|reply|rep|c|ctx|context|NextResponse|Response)\b/.test(
    on,
  );
}

/** Secrets among the values that an expression consists of; what a call makes of one is another value. */
function sent(root: ts.Expression, view: SentView): Hit[] {
  const hits: Hit[] = [];
  const pending: { node: ts.Expression; hops: number }[] = [
    { node: root, hops: 0 },
  ];
  for (let at = pending.pop(); at && hits.length < 20; at = pending.pop()) {
    const { hops } = at;
    const node = bareExpression(at.node);
    const name = secretRead(node);
    const through = name === undefined ? importedRead(node, view) : undefined;
    if (name !== undefined) hits.push(hitOf("sent-secret", name, node));
    else if (through !== undefined)
      hits.push({ ...hitOf("sent-secret", "", node), through });
    else if (ts.isIdentifier(node) && hops < 2) {
      const value = resolved(view, node);
      const secret = secretRead(value);
      if (secret !== undefined) hits.push(hitOf("sent-secret", secret, node));
      else if (value !== node && ts.isObjectLiteralExpression(value))
        pending.push({ node: value, hops: hops + 1 });
    } else pending.push(...partsOf(node).map((part) => ({ node: part, hops })));
  }
  return hits;
}

function partsOf(node: ts.Expression): readonly ts.Expression[] {
  if (ts.isObjectLiteralExpression(node))
    return node.properties.flatMap((property) => {
      if (ts.isPropertyAssignment(property)) return [property.initializer];
      if (ts.isShorthandPropertyAssignment(property)) return [property.name];
      return ts.isSpreadAssignment(property) ? [property.expression] : [];
    });
  if (ts.isArrayLiteralExpression(node)) return node.elements;
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse];
  if (ts.isTemplateExpression(node))
    return node.templateSpans.map(({ expression }) => expression);
  if (ts.isBinaryExpression(node)) {
    const kind = node.operatorToken.kind;
    const isChoice =
      kind === ts.SyntaxKind.BarBarToken ||
      kind === ts.SyntaxKind.QuestionQuestionToken ||
      kind === ts.SyntaxKind.PlusToken;
    return isChoice ? [node.left, node.right] : [];
  }
  const isPassedOn =
    ts.isCallExpression(node) &&
    /^(?:stringify|json)$/.test(calleeName(node.expression));
  return isPassedOn ? node.arguments.slice(0, 1) : [];
}

/** Name of the server's secret that an expression reads from the environment. */
function secretRead(node: ts.Expression): string | undefined {
  const read =
    ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
      ? node.expression.getText().slice(0, 40)
      : "";
  if (
    !/^(?:process\.env|Bun\.env|c\.env|env|context\.env|ctx\.env)$/.test(read)
  )
    return undefined;
  const name = calleeName(node);
  return isServerOnly(name) ? name : undefined;
}

/** `keys.openai` of another file, where its name may be that of a secret. */
function importedRead(
  node: ts.Expression,
  { imported }: SentView,
): string | undefined {
  const members: string[] = [];
  let root: ts.Expression = node;
  for (; ts.isPropertyAccessExpression(root); root = root.expression)
    members.unshift(root.name.text);
  if (!ts.isIdentifier(root) || !imported.has(root.text)) return undefined;
  const name = [root.text, ...members].join(".");
  return members.length < 4 && secretWord.test(name) ? name : undefined;
}

const secretWord = /secret|token|password|credential|key|service_?role/i;

/** A client with all rights that a module makes as soon as it is loaded. */
function clientWith(
  node: ts.CallExpression | ts.NewExpression,
  view: SentView,
): Hit[] {
  const name = ts.isNewExpression(node) ? "new" : calleeName(node.expression);
  if (
    name !== "new" &&
    !/^(?:create|init|make|get)[A-Z]|^neon$|^postgres$/.test(name)
  )
    return [];
  if (readsSettings.test(name)) return [];
  if (functionName(node) !== topLevel) return [];
  const hit = (node.arguments ?? []).flatMap((each) => sent(each, view))[0];
  return hit ? [{ ...hit, rule: "server-client-in-browser" }] : [];
}

/** Calls that check settings and hand them on; the validators of environments hold the server's back from pages. */
const readsSettings = /^[a-z]+(?:Env|Environment|Settings|Config|Schema)$/;

const topLevel = "";

/** Name of the function that a node stands in; empty at the top level. */
function functionName(node: ts.Node): string {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    if (ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at))
      return at.name?.getText() ?? "function";
    if (ts.isArrowFunction(at) || ts.isFunctionExpression(at)) {
      const { parent } = at;
      if (ts.isVariableDeclaration(parent)) return parent.name.getText();
      if (!ts.isCallExpression(parent)) return "function";
      return ts.isVariableDeclaration(parent.parent)
        ? parent.parent.name.getText()
        : "function";
    }
    if (ts.isClassLike(at)) return "class";
  }
  return topLevel;
}

function hitOf(rule: Hit["rule"], name: string, node: ts.Node): Hit {
  return {
    ...{ rule, kind: "environment", name, value: "", confidence: "likely" },
    start: node.getStart(),
    end: node.getEnd(),
  };
}
