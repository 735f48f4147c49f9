import { dottedName, memberName, unwrap } from "#parse/names.js";
import type { ImportedName } from "#parse/module-facts.js";
import { ts } from "#parse/syntax.js";
import { said } from "./answers.js";
import { keepingOf } from "./keeping.js";
import {
  type CorsFunction,
  corsFunction,
  corsPlugin,
  enableCors,
} from "./libraries.js";
import type { Credentials, Opening, PolicyMark } from "./marks.js";
import { mountOf } from "./mounts.js";
import { freshReading, type Reading, readingAt } from "./reading.js";
import {
  lineAt,
  optionCredentials,
  optionOpenings,
  optionSets,
  unstatedOpenings,
} from "./options.js";

/** What a file imports, by local name. */
export type Imports = ReadonlyMap<string, ImportedName>;

/** The policy that a call of a library sets, when it is one. */
export function calledPolicy(
  call: ts.CallExpression,
  imports: Imports,
): PolicyMark | undefined {
  const fn = corsFunctionOf(call, imports);
  if (fn === undefined) return undefined;
  return policyFrom(call, fn, call.arguments[fn.optionsAt]);
}

function corsFunctionOf(
  call: ts.CallExpression,
  imports: Imports,
): CorsFunction | undefined {
  const callee = unwrap(call.expression);
  if (ts.isPropertyAccessExpression(callee)) {
    const { text } = callee.name;
    if (text === "enableCors") return enableCors;
    if (text === "register" || text === "use") {
      const [plugin] = call.arguments;
      return plugin && pluginOf(plugin, imports);
    }
    const whole = importOf(callee.expression, imports);
    return whole && corsFunction(whole.from, text);
  }
  const imported = importOf(callee, imports);
  return imported && corsFunction(imported.from, imported.name);
}

/** `fastify.register(cors, options)`; a plugin that is called first is found by that call. */
function pluginOf(
  plugin: ts.Expression,
  imports: Imports,
): CorsFunction | undefined {
  const imported = importOf(plugin, imports);
  return imported && corsPlugin(imported.from);
}

/** Where a callee comes from: its import, or the `require` or `import()` that it is. */
function importOf(
  expression: ts.Expression,
  imports: Imports,
): Pick<ImportedName, "from" | "name"> | undefined {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) return imports.get(node.text);
  if (!ts.isCallExpression(node)) return undefined;
  const [target] = node.arguments;
  const isLoading =
    node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(node.expression) && node.expression.text === "require");
  return isLoading && target && ts.isStringLiteralLike(target)
    ? { from: target.text, name: "*" }
    : undefined;
}

/** The policy that options state, or that their absence leaves to the library. */
export function policyFrom(
  node: ts.Node,
  fn: CorsFunction,
  options: ts.Expression | undefined,
): PolicyMark | undefined {
  const reading: Reading = readingAt(node, {
    ...freshReading,
    isStarInListText: fn.isStarInListText,
  });
  if (reading.ways.length === 0 || isOnlyInDevelopment(reading))
    return undefined;
  const line = lineAt(node);
  const isUnstated = options === undefined || isUndefined(options);
  const sets = isUnstated ? [] : optionSets(options, reading);
  const openings = isUnstated
    ? unstatedOpenings(fn, line)
    : sets.flatMap((set) => optionOpenings(set, fn, line));
  const credentials = isUnstated
    ? fn.credentialsOtherwise
    : anyCredentials(sets.map((set) => optionCredentials(set, fn)));
  return openings.length === 0
    ? undefined
    : policyMark(node, fn.means, openings, credentials);
}

/** A policy mark with where it is mounted and who can use it. */
export function policyMark(
  node: ts.Node,
  means: string,
  openings: readonly Opening[],
  credentials: Credentials,
): PolicyMark {
  const keeping = keepingOf(node);
  const mount = mountOf(node);
  return {
    type: "policy",
    means,
    line: lineAt(node),
    openings,
    credentials,
    ...mount,
    ...(keeping.isExported && { keptAs: keeping.name ?? "default" }),
    ...(keeping.isUnused && { isUnused: true as const }),
  };
}

/** The value that stands for all: a stated `true` first, then a name that may turn out to be one. */
function anyCredentials(all: readonly Credentials[]): Credentials {
  return (
    all.find((one) => one === true) ?? all.find((one) => one !== false) ?? false
  );
}

function isOnlyInDevelopment(reading: Reading): boolean {
  return reading.ways.every((way) => (way & said.development) !== 0);
}

function isUndefined(node: ts.Expression): boolean {
  return ts.isIdentifier(node) && node.text === "undefined";
}

/** Calls that take a `cors` option, and what `true` means there: every origin. */
const optionTakers =
  /(?:^|\.)(?:NestFactory\.create|WebSocketGateway|onRequest|onCall|ApolloServer|applyMiddleware|Server|SocketIOServer|SocketServer|GraphQLServer|createYoga|createServer|server|route|register|buildConfig|config|Function|Api|ApiGatewayV1|ApiGatewayV2|defineNitroConfig|defineNuxtConfig|HttpApi|RestApi|Bucket|require|io|socketIo|socketio)$/;

/** The policy of a `cors` option: `{ cors: true }`, `{ cors: { origin: "*" } }`. */
export function optionPolicy(
  property: ts.PropertyAssignment,
): PolicyMark | undefined {
  if (!/^cors$/i.test(memberName(property.name))) return undefined;
  const taker = takerOf(property);
  const value = unwrap(property.initializer);
  const means = taker === undefined ? "the cors option" : `cors of ${taker}`;
  const fn: CorsFunction = {
    means,
    optionsAt: 0,
    otherwise: "closed",
    credentialsOtherwise: false,
    isStarInListText: false,
  };
  const isKnown = taker !== undefined && optionTakers.test(taker);
  if (value.kind === ts.SyntaxKind.TrueKeyword)
    return isKnown
      ? policyMark(
          property,
          means,
          [{ kind: "default", line: lineAt(value) }],
          false,
        )
      : undefined;
  if (ts.isStringLiteralLike(value) || ts.isArrayLiteralExpression(value))
    return isKnown ? listPolicy(property, value, fn) : undefined;
  return policyFrom(property, fn, value);
}

/** `cors: "*"`, `cors: ["https://…"]`: the option is the list itself. */
function listPolicy(
  property: ts.PropertyAssignment,
  value: ts.Expression,
  fn: CorsFunction,
): PolicyMark | undefined {
  const isStar =
    (ts.isStringLiteralLike(value) && value.text === "*") ||
    (ts.isArrayLiteralExpression(value) &&
      value.elements.some(
        (item) => ts.isStringLiteralLike(item) && item.text === "*",
      ));
  return isStar
    ? policyMark(
        property,
        fn.means,
        [{ kind: "any", line: lineAt(value) }],
        false,
      )
    : undefined;
}

/** The call that an option is given to, through at most four objects and lists. */
function takerOf(property: ts.Node): string | undefined {
  let at: ts.Node = property;
  for (let step = 0; step < 10; step++) {
    const { parent } = at;
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
      return dottedName(parent.expression) ?? calleeText(parent);
    if (
      !ts.isObjectLiteralExpression(parent) &&
      !ts.isPropertyAssignment(parent) &&
      !ts.isArrayLiteralExpression(parent)
    )
      return undefined;
    at = parent;
  }
  return undefined;
}

/** `require("socket.io")(server, { … })` */
function calleeText(
  call: ts.CallExpression | ts.NewExpression,
): string | undefined {
  const inner = unwrap(call.expression);
  return ts.isCallExpression(inner) ? dottedName(inner.expression) : undefined;
}
