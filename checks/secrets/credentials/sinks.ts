import { ts } from "#parse/syntax.js";
import type { Hit } from "./hit.js";
import { safeName } from "./neighbourhood.js";
import { isInterfaceWord, isPlaceholder, isReference } from "./placeholders.js";
import type { Place } from "./place.js";
import { isStrongPassword } from "./secret-values.js";
import { calleeName, literalOf } from "./script-values.js";
import { isDevelopmentOnly, resolved, type ScriptView } from "./script-view.js";

/** Literals that reach a call which signs, encrypts, or opens a connection, whatever they are named. */
export function secretsInSinks(
  place: Place,
  node: ts.Node,
  view: ScriptView,
): Hit[] {
  if (ts.isCallExpression(node) || ts.isNewExpression(node))
    return [
      ...signingArguments(place, node, view),
      ...signingOptions(place, node, view),
    ];
  return ts.isObjectLiteralExpression(node)
    ? connectionPassword(place, node, view)
    : [];
}

type Call = ts.CallExpression | ts.NewExpression;

/** Position of the key among the arguments of a call that signs, or -1. */
function keyPosition(node: Call, view: ScriptView): number {
  const name = calleeName(node.expression);
  // Asked for only where the name fits: in a long chain of calls each callee holds all that came before it.
  const callee = () => node.expression.getText(view.source).slice(-200);
  if (/^(sign|verify|signAsync|verifyAsync)$/.test(name)) {
    const isJwt =
      /\b(jwt|jsonwebtoken|JWT)\b/.test(callee()) ||
      view.modules.has("jsonwebtoken");
    if (/SignJWT|EncryptJWT/.test(callee())) return 0;
    return isJwt ? 1 : -1;
  }
  if (/^(createHmac|createCipheriv|createDecipheriv|jwtVerify)$/.test(name))
    return 1;
  if (/^(cookieParser|createSigner|createCookieSecret)$/.test(name)) return 0;
  return name === "encrypt" && /AES|TripleDES|CryptoJS/.test(callee()) ? 1 : -1;
}

function signingArguments(place: Place, node: Call, view: ScriptView): Hit[] {
  const position = keyPosition(node, view);
  const argument = position < 0 ? undefined : node.arguments?.[position];
  return argument ? signingHit(place, argument, view) : [];
}

const signingOption =
  /^(secret|secrets|secretOrKey|secretOrPrivateKey|jwtSecret|keys|password|signingSecret|cookieSecret)$/;
const signingCallee =
  /session|cookie|jwt|nextauth|betterauth|authhandler|strategy|^auth$|^super$|^register$|^registerAsync$/i;

/** `session({ secret: … })`, `betterAuth({ secret: … })`, `super({ secretOrKey: … })`. */
function signingOptions(place: Place, node: Call, view: ScriptView): Hit[] {
  if (!signingCallee.test(calleeName(node.expression))) return [];
  return (node.arguments ?? []).flatMap((argument) =>
    ts.isObjectLiteralExpression(argument)
      ? argument.properties.flatMap((property) =>
          optionHit(place, node, property, view),
        )
      : [],
  );
}

function optionHit(
  place: Place,
  call: Call,
  property: ts.ObjectLiteralElementLike,
  view: ScriptView,
): Hit[] {
  if (!ts.isPropertyAssignment(property)) return [];
  const name = property.name.getText(view.source);
  if (!signingOption.test(name)) return [];
  const isSession = /session/i.test(calleeName(call.expression));
  if (name === "password" && !isSession) return [];
  const value = property.initializer;
  return ts.isArrayLiteralExpression(value)
    ? value.elements.flatMap((element) => signingHit(place, element, view))
    : signingHit(place, value, view);
}

function signingHit(
  place: Place,
  node: ts.Expression,
  view: ScriptView,
): Hit[] {
  const literal = literalOf(resolved(view, node));
  if (!literal || literal.value.length < 3 || isReference(literal.value))
    return [];
  if (
    isDevelopmentOnly(node) ||
    /BEGIN (RSA )?PUBLIC KEY|BEGIN CERT/.test(literal.value)
  )
    return [];
  return [
    {
      ...literal,
      rule: "hard-coded-secret",
      kind: "signing",
      name: ts.isIdentifier(node) ? safeName(node.text) : "",
      confidence: "likely",
      ...(place.isDemo && { atMost: "advise" as const }),
    },
  ];
}

/** A literal password next to the host, user or database that it opens. */
function connectionPassword(
  place: Place,
  node: ts.ObjectLiteralExpression,
  view: ScriptView,
): Hit[] {
  if (!node.properties.some(isPassword)) return [];
  const entries = new Map(
    node.properties.flatMap((property): [string, ts.Expression][] =>
      ts.isPropertyAssignment(property)
        ? [
            [
              property.name.getText(view.source).toLowerCase(),
              property.initializer,
            ],
          ]
        : [],
    ),
  );
  const password = entries.get("password") ?? entries.get("pass");
  if (!password || !opensConnection(entries, view)) return [];
  const literal = literalOf(resolved(view, password));
  if (!literal || literal.value.length < 4 || isPlaceholder(literal.value))
    return [];
  if (isInterfaceWord(literal.value) || isDevelopmentOnly(node)) return [];
  return [
    {
      ...literal,
      rule: "hard-coded-password",
      kind: "connection",
      name: "password",
      confidence: "likely",
      ...(isLocal(entries, view) && { atMost: "notice" as const }),
      ...(place.isDemo &&
        !isStrongPassword(literal.value) && { atMost: "advise" as const }),
    },
  ];
}

function isPassword({ name }: ts.ObjectLiteralElementLike): boolean {
  return (
    name !== undefined &&
    ts.isIdentifier(name) &&
    /^pass(?:word)?$/i.test(name.text)
  );
}

type Entries = ReadonlyMap<string, ts.Expression>;

function opensConnection(entries: Entries, view: ScriptView): boolean {
  const isMail =
    entries.has("pass") && entries.has("user") && entries.size <= 4;
  if (isMail) return [...view.modules].some((name) => /mail|smtp/i.test(name));
  return (
    (entries.has("host") || entries.has("database") || entries.has("server")) &&
    (entries.has("user") || entries.has("username") || entries.has("port"))
  );
}

function isLocal(entries: Entries, view: ScriptView): boolean {
  const host = entries.get("host") ?? entries.get("server");
  const literal = host && literalOf(resolved(view, host));
  return literal
    ? /^(localhost|127\.|0\.0\.0\.0|db|postgres|mysql|redis)/.test(
        literal.value,
      )
    : false;
}
