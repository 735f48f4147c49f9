import { ts, visitNodes } from "#parse/syntax.js";
import type { Hit } from "./hit.js";
import { isServerOnly } from "./server-only.js";
import { isPlaceholder } from "./placeholders.js";
import type { Place } from "./place.js";
import { calleeName } from "./script-values.js";
import { resolved, type ScriptView, scriptView } from "./script-view.js";
import { isPublicByDesign } from "./secret-values.js";

/** Variables that bundlers copy into the page, wherever one is named. */
const published =
  /(?<![A-Za-z0-9_])(?:NEXT_PUBLIC_|VITE_|REACT_APP_|EXPO_PUBLIC_|NUXT_PUBLIC_|GATSBY_|NG_APP_|VUE_APP_|PUBLIC_)[A-Z0-9_]{2,60}(?![A-Za-z0-9_])/g;

/** What stands in each of them: searched for without a look at what stands before. */
const mayPublish = /PUBLIC_|VITE_|_APP_|GATSBY_/;

/** Secrets that a public prefix, or a build setting, hands to everyone who opens the page. */
export function publishedSecrets(
  place: Place,
  text: string,
  source: ts.SourceFile | undefined,
): Hit[] {
  if (place.isQuiet || place.isProse) return [];
  const hits = [
    ...prefixedNames(place, text),
    ...(source
      ? [...buildSettings(place, source), ...nativeSettings(source)]
      : []),
  ];
  return [...new Map(hits.map((hit) => [hit.name, hit])).values()];
}

function prefixedNames(place: Place, text: string): Hit[] {
  const hits = new Map<string, Hit>();
  if (!mayPublish.test(text)) return [];
  for (const { 0: name, index } of text.matchAll(published)) {
    if (hits.has(name) || !isServerOnly(name.replace(published, unprefixed)))
      continue;
    const hit =
      place.kind === "environment"
        ? settingHit(place, text, name, index)
        : readingHit(place, text, name, index);
    if (hit) hits.set(name, hit);
  }
  return [...hits.values()];
}

function unprefixed(name: string): string {
  return name.replace(
    /^(NEXT_PUBLIC_|REACT_APP_|EXPO_PUBLIC_|NUXT_PUBLIC_|NG_APP_|VUE_APP_|VITE_|GATSBY_|PUBLIC_)/,
    "",
  );
}

function readingHit(
  place: Place,
  text: string,
  name: string,
  index: number,
): Hit | undefined {
  const before = text.slice(Math.max(0, index - 60), index);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  if (/^\s*(\/\/|\*|#|<!--)/.test(line)) return undefined;
  const behind = text.slice(index + name.length, index + name.length + 3);
  const isRead =
    /env\s*(\?\.|\.|\[\s*["'`])$|[{,]\s*$|\b(ARG|ENV)\s+$|Config\.$/.test(
      before,
    ) ||
    (place.kind === "config" && /^\s*["']?\s*[:=]/.test(behind));
  return isRead
    ? publishedHit(name, index, place.kind === "config" ? "advise" : undefined)
    : undefined;
}

function settingHit(
  place: Place,
  text: string,
  name: string,
  index: number,
): Hit | undefined {
  if (text[index - 1] === "#" || text.slice(index - 2, index) === "# ")
    return undefined;
  const setting = /\s{0,3}=\s{0,3}["']?([^\s"'#]{0,300})/y;
  setting.lastIndex = index + name.length;
  const value = setting.exec(text)?.[1];
  if (value === undefined || isPublicByDesign(value)) return undefined;
  const isReal = !place.isExample && value !== "" && !isPlaceholder(value);
  return publishedHit(name, index, isReal ? undefined : "notice");
}

function publishedHit(
  name: string,
  start: number,
  atMost?: "advise" | "notice",
): Hit {
  return {
    rule: "published-secret",
    kind: "public-prefix",
    name,
    start,
    end: start + name.length,
    value: "",
    confidence: "likely",
    ...(atMost && { atMost }),
  };
}

const buildFile =
  /(^|\/)(vite|next|nuxt|app|webpack|rspack|rsbuild|astro|craco|electron\.vite)(\.[\w-]+)?\.config\.[cm]?[jt]s$|(^|\/)(webpack|app)\.config\.[cm]?[jt]s$/;
const publishedSetting =
  /^["']?(define|env|extra|publicRuntimeConfig|public)["']?$/;

/** `define: { "process.env.KEY": JSON.stringify(env.KEY) }` in a build's settings is a constant of the bundle. */
function buildSettings(place: Place, source: ts.SourceFile): Hit[] {
  if (!buildFile.test(place.path)) return [];
  const hits: Hit[] = [];
  const view = scriptView(source);
  visitNodes(source, (node) => {
    const isPublished =
      (ts.isPropertyAssignment(node) &&
        publishedSetting.test(node.name.getText())) ||
      (ts.isNewExpression(node) &&
        /DefinePlugin$|EnvironmentPlugin$/.test(node.expression.getText()));
    if (!isPublished) return;
    hits.push(...environmentReads(node), ...wholeEnvironment(node, view));
    if (ts.isNewExpression(node)) hits.push(...listedNames(node));
  });
  return hits;
}

function environmentReads(root: ts.Node): Hit[] {
  const hits: Hit[] = [];
  visitNodes(root, (node) => {
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.initializer)) {
      const name = node.name
        .getText()
        .replace(/["']/g, "")
        .replace(/^.*\./, "");
      if (isServerOnly(name)) hits.push(publishedHit(name, node.getStart()));
    }
    if (
      !ts.isPropertyAccessExpression(node) &&
      !ts.isElementAccessExpression(node)
    )
      return;
    if (!/\benv$/i.test(node.expression.getText().slice(-40))) return;
    const name = calleeName(node);
    if (isServerOnly(name)) hits.push(publishedHit(name, node.getStart()));
  });
  return hits;
}

/** `new EnvironmentPlugin(["OPENAI_API_KEY"])`: names as texts. */
function listedNames(node: ts.NewExpression): Hit[] {
  const [list] = node.arguments ?? [];
  if (!list || !ts.isArrayLiteralExpression(list)) return [];
  return list.elements
    .filter(ts.isStringLiteralLike)
    .filter(({ text }) => isServerOnly(text))
    .map((element) => publishedHit(element.text, element.getStart()));
}

/** `define: { "process.env": process.env }`: everything that the build's machine knows. */
function wholeEnvironment(root: ts.Node, view: ScriptView): Hit[] {
  const hits: Hit[] = [];
  visitNodes(root, (node) => {
    if (!ts.isPropertyAssignment(node)) return;
    const name = node.name.getText();
    if (!/^["'](?:process\.env|import\.meta\.env)["']$/.test(name)) return;
    if (!isWholeEnvironment(node.initializer, view)) return;
    const start = node.getStart();
    hits.push({
      ...publishedHit("process.env", start),
      kind: "whole-environment",
    });
  });
  return hits;
}

function isWholeEnvironment(node: ts.Expression, view: ScriptView): boolean {
  const given =
    ts.isCallExpression(node) && calleeName(node.expression) === "stringify"
      ? node.arguments[0]
      : node;
  if (!given) return false;
  const value = resolved(view, given);
  if (/^process\.env$/.test(value.getText().slice(0, 20))) return true;
  if (ts.isObjectLiteralExpression(value))
    return value.properties.some(
      (property) =>
        ts.isSpreadAssignment(property) &&
        isWholeEnvironment(property.expression, view),
    );
  // Vite's own loader keeps to the public prefix unless it is told otherwise.
  return (
    ts.isCallExpression(value) &&
    calleeName(value.expression) === "loadEnv" &&
    /^["'`]{2}$/.test(value.arguments[2]?.getText() ?? "")
  );
}

/** `import { OPENAI_API_KEY } from "@env"`: a native app carries its settings in its package. */
function nativeSettings(source: ts.SourceFile): Hit[] {
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement)) return [];
    const { moduleSpecifier, importClause } = statement;
    if (!ts.isStringLiteral(moduleSpecifier) || moduleSpecifier.text !== "@env")
      return [];
    const bindings = importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) return [];
    return bindings.elements
      .map((element) => element.propertyName ?? element.name)
      .filter((name) => isServerOnly(name.text))
      .map((name) => publishedHit(name.text, name.getStart()));
  });
}
