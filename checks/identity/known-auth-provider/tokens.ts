import { functionAround, namesAround } from "#parse/ancestors.js";
import { dottedName, memberName, unwrap } from "#parse/names.js";
import { ts } from "#parse/syntax.js";
import type { AuthSign } from "./marks.js";
import { hasWord, wordsOf } from "./names.js";

/** Tokens for somebody else's service, or for one purpose: not sessions of this app. */
const otherPurpose =
  /^(?:zendesk|intercom|metabase|livekit|jitsi|zoom|twilio|agora|apple|google|apns|appstore|github|stream|liveblocks|chatwoot|canny|zego|vonage|mux|tableau|embed|unsubscribe|invite|invitation|reset|verify|verification|magic|preview|download|upload|share|shared|service|webhook|signed|signature|file|media|video|meeting|room|storage|oauth|state|license|licence|tus|collab|collaboration|websocket|socket|ws|partykit|hubspot|helpscout|crisp|plain|confirmation|confirm|forgot|approval|feedback|survey|link|url|guest|contact|pdf|export)s?$/;

const userKeys =
  /^(?:id|_id|sub|uid|userid|user_id|email|username|role|roles|user|isadmin|accountid)$/i;

/** A token of the app's own making: signed for a user with a library, or by hand. */
export function tokenSign(node: ts.Node): AuthSign | undefined {
  if (ts.isNewExpression(node)) return joseSign(node);
  if (!ts.isCallExpression(node)) return undefined;
  const callee = dottedName(node.expression) ?? "";
  return librarySign(node, callee) ?? handMadeSign(node);
}

function joseSign(node: ts.NewExpression): AuthSign | undefined {
  if (dottedName(node.expression) !== "SignJWT") return undefined;
  return isForOther(node) || !namesUser(node.arguments?.[0])
    ? undefined
    : { kind: "token", name: "new SignJWT()" };
}

function librarySign(
  node: ts.CallExpression,
  callee: string,
): AuthSign | undefined {
  const isJwt =
    /(?:^|\.)(?:jwt|jsonwebtoken|JWT|jwtService|jwtUtil|jsonWebToken)\.(?:sign|signAsync)$/.test(
      callee,
    ) ||
    /(?:^|\.)jwtSign$/.test(callee) ||
    (callee === "sign" && importsSign(node.getSourceFile()));
  if (!isJwt || isForOther(node) || !namesUser(node.arguments[0]))
    return undefined;
  return { kind: "token", name: `${callee}()` };
}

function importsSign(source: ts.SourceFile): boolean {
  return /from\s*["'](?:jsonwebtoken|hono\/jwt|@tsndr\/cloudflare-worker-jwt|jwt-simple)["']|require\(["']jsonwebtoken["']\)/.test(
    source.text,
  );
}

function isForOther(node: ts.Node): boolean {
  return namesAround(node).some((name) => hasWord(name, otherPurpose));
}

/** Whether a payload says who somebody is; a payload that is a name is taken for one. */
function namesUser(payload: ts.Expression | undefined): boolean {
  if (payload === undefined) return false;
  const bare = unwrap(payload);
  if (!ts.isObjectLiteralExpression(bare))
    return dottedName(bare) !== undefined;
  const keys = bare.properties.map((one) =>
    ts.isSpreadAssignment(one)
      ? (dottedName(unwrap(one.expression)) ?? "")
      : memberName(one.name),
  );
  if (
    keys.some((key) => /^(?:iss|scope|aud)$/.test(key)) &&
    !keys.some((key) => /user|email|role/i.test(key))
  )
    return false;
  return keys.some(
    (key) => userKeys.test(key) || /user|account|member/i.test(key),
  );
}

/** `createHmac(…).update(header + "." + payload)`: a JSON web token by hand. */
function handMadeSign(node: ts.CallExpression): AuthSign | undefined {
  const { expression } = node;
  if (
    !ts.isPropertyAccessExpression(expression) ||
    expression.name.text !== "update"
  )
    return undefined;
  const made = unwrap(expression.expression);
  if (
    !ts.isCallExpression(made) ||
    !/(?:^|\.)createHmac$/.test(dottedName(made.expression) ?? "")
  )
    return undefined;
  const [signed] = node.arguments;
  if (signed === undefined || signed.getText().length > 300) return undefined;
  const names = signed.getText().match(/[A-Za-z_$][\w$]*/g) ?? [];
  const isJoined = /\}\.\$\{|["']\.["']/.test(signed.getText());
  const isJwt =
    isJoined && names.some((name) => wordsOf(name).includes("header"));
  const isSession = namesAround(node).some(
    (name) =>
      hasWord(name, /^(?:session|jwt)s?$/) &&
      hasWord(
        name,
        /^(?:create|make|sign|issue|encode|generate|build|verify|read|parse|get)$/,
      ),
  );
  if (!isJwt && !isSession) return undefined;
  return isForOther(node) ? undefined : { kind: "token", name: "createHmac()" };
}

const decoders =
  /^(?:(?:jwt|jsonwebtoken|JWT|jwtService|this\.jwtService|jose)\.decode(?:Jwt)?|jwtDecode|jwt_decode|decodeJwt|decodeJWT|jose\.decodeJwt)$/;

/** A token whose contents are believed without a look at its signature. */
export function unverifiedSign(node: ts.Node): AuthSign | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const callee = dottedName(node.expression) ?? "";
  const [token, options] = node.arguments;
  if (token === undefined) return undefined;
  const isDecoder =
    decoders.test(callee) && !/complete/.test(options?.getText() ?? "");
  if (!isDecoder && !isSplitDecode(node, callee)) return undefined;
  const around = functionAround(node);
  const text = (around ?? node.getSourceFile()).getText().slice(0, 20_000);
  if (
    isVerifiedElsewhere(text, node) ||
    !readsIdentity(text) ||
    !comesFromCaller(text)
  )
    return undefined;
  return {
    kind: "unverified-token",
    name: isDecoder ? `${callee}()` : "a split token",
  };
}

/** `JSON.parse(atob(token.split(".")[1]))`, also through `Buffer.from(…, "base64")`. */
function isSplitDecode(node: ts.CallExpression, callee: string): boolean {
  if (callee !== "JSON.parse") return false;
  const text = node.getText();
  if (text.length > 400 || !/atob\(|base64/i.test(text)) return false;
  if (/\.split\(\s*["']\.["']\s*\)/.test(text))
    return /token|jwt|auth|bearer/i.test(text);
  const before = functionAround(node)?.getText().slice(0, 4000) ?? "";
  return /(?:token|jwt|auth\w*|bearer)\w*\)?!?\??\.split\(\s*["']\.["']\s*\)/i.test(
    before,
  );
}

function isVerifiedElsewhere(text: string, node: ts.Node): boolean {
  if (
    /verif|getUser\(|getClaims\(|createHmac|introspect|timingSafeEqual|checkSignature|jwks/i.test(
      text,
    )
  )
    return true;
  return namesAround(node).some((name) =>
    hasWord(
      name,
      /^(?:verified|refresh|expiry|expired|expiration|callback|exchange)$/,
    ),
  );
}

function readsIdentity(text: string): boolean {
  return /\.(?:sub|userId|user_id|uid|id|email|role|roles|user|tenantId)\b|[{,]\s*(?:sub|userId|email|role|uid)\s*[,}:]/.test(
    text,
  );
}

function comesFromCaller(text: string): boolean {
  return /authorization|bearer|cookies?\b|x-access-token|headers|req(?:uest)?\.(?:body|query)/i.test(
    text,
  );
}

/** The algorithm `none`, offered when signing or accepted when verifying. */
export function unsignedSign(node: ts.Node): AuthSign | undefined {
  if (!ts.isPropertyAssignment(node)) return undefined;
  const name = memberName(node.name);
  if (!/^(?:alg|algorithm|algorithms)$/.test(name)) return undefined;
  const value = unwrap(node.initializer);
  const values = ts.isArrayLiteralExpression(value)
    ? [...value.elements]
    : [value];
  const isNone = values.some(
    (one) => ts.isStringLiteralLike(one) && one.text.toLowerCase() === "none",
  );
  if (!isNone) return undefined;
  const text = functionAround(node)?.getText() ?? node.getSourceFile().text;
  return /jwt|jose|token/i.test(text.slice(0, 20_000))
    ? { kind: "unsigned-token", name: `${name}: none` }
    : undefined;
}
