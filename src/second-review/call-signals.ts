import type { SensitiveCategory } from "#gate/review-policy.js";
import { dottedName } from "#parse/names.js";
import { ts } from "#parse/syntax.js";
import { isDevice, isGuardName } from "./guard-names.js";
import type { TextSignal } from "./text-signals.js";

const queryVerbs =
  /^(find\w*|query\w*|select\w*|insert\w*|update\w*|delete\w*|upsert\w*|create|createMany|save|remove|count|aggregate|groupBy|execute\w*|transaction|batch|run|get|all|raw|exec|bulkWrite|bulkCreate|destroy|from|table|collection|into|\$\w+)$/;

/** Verbs that no other library has. */
const documentVerbs =
  /^(findById\w*|findOneAnd\w+|findByPk|updateOne|updateMany|deleteOne|deleteMany|insertMany|insertOne|replaceOne|countDocuments|findFirst\w*|findUnique\w*|createQueryBuilder|\$queryRaw\w*|\$executeRaw\w*|\$transaction)$/;

const authVerbs =
  /^(getUser|getSession|getClaims|signInWith\w*|signInAnonymously|signUp|signOut|admin|mfa|verifyOtp|resetPasswordForEmail|exchangeCodeForSession|updateUser|onAuthStateChange|setSession|refreshSession|api|verifyIdToken|createCustomToken|setCustomUserClaims|createUser|deleteUser)$/;

const moneyVerbs =
  /^(create|confirm|capture|cancel|refund|process|charge|issue|send)(Checkout|Payment|Refund|Charge|Invoice|Payout|BillingPortal|CustomerPortal)\w*$/;

/** What a call gives away by how it is written, whatever its names come from. */
export function callSignal(call: ts.CallExpression): TextSignal | undefined {
  const parts = calleeParts(call.expression);
  const last = parts.at(-1) ?? "";
  return (
    guardCall(parts, last) ??
    answerCall(call, parts, last) ??
    moneyCall(parts, last) ??
    dataCall(call, parts, last)
  );
}

/** The names along a callee, also through calls: `a.b("x").c()` is `a`, `b`, `c`. */
function calleeParts(expression: ts.Expression): readonly string[] {
  const parts: string[] = [];
  let node: ts.Expression = expression;
  while (parts.length < 40) {
    if (ts.isPropertyAccessExpression(node)) {
      parts.unshift(node.name.text);
      node = node.expression;
    } else if (
      ts.isCallExpression(node) ||
      ts.isNonNullExpression(node) ||
      ts.isParenthesizedExpression(node) ||
      ts.isAwaitExpression(node) ||
      ts.isElementAccessExpression(node)
    )
      node = node.expression;
    else break;
  }
  if (ts.isIdentifier(node)) parts.unshift(node.text);
  return parts;
}

function guardCall(
  parts: readonly string[],
  last: string,
): TextSignal | undefined {
  if (isGuardName(last) && !parts.slice(0, -1).some(isDevice))
    return ["auth", `a call of ${last}`];
  const auth = parts.lastIndexOf("auth");
  if (auth > 0 && authVerbs.test(parts[auth + 1] ?? ""))
    return ["auth", `a call of auth.${parts[auth + 1] ?? ""}`];
  if (last === "auth" && parts.length > 1) return ["auth", "a call of auth"];
  return undefined;
}

/** Calls that ask which answer came, as a page does that shows it. */
const readsAnswers =
  /^(with|match|when|is|isMatching|includes|has|get|equals|indexOf|some|every|find|toBe\w*|toEqual\w*)$/;

/** Sending somebody away, setting or reading what says who somebody is. */
function answerCall(
  call: ts.CallExpression,
  parts: readonly string[],
  last: string,
): TextSignal | undefined {
  const [first] = call.arguments;
  const text = textOf(first);
  if (call.arguments.some(isRefusal) && !readsAnswers.test(last))
    return ["auth", "an answer that refuses access"];
  if (
    /^(redirect|permanentRedirect)$/.test(last) &&
    call.arguments.some(namesLogin)
  )
    return ["auth", "a redirect to the sign-in"];
  if (/^(set|delete|get|cookie|clearCookie|setCookie|deleteCookie)$/.test(last))
    return cookieCall(parts, last, text);
  if (/^(get|header)$/.test(last) && /^authorization$/i.test(text))
    return ["auth", "reading who calls"];
  return undefined;
}

function cookieCall(
  parts: readonly string[],
  last: string,
  text: string,
): TextSignal | undefined {
  const isCookie =
    /cookie/i.test(last) ||
    parts.some((part) => /^cookies?$|cookieStore/i.test(part));
  if (isCookie && /sess|token|auth|jwt|^sid$/i.test(text))
    return ["auth", "a cookie that says who somebody is"];
  if (/^authorization$/i.test(text) && last === "get")
    return ["auth", "reading who calls"];
  return undefined;
}

function moneyCall(
  parts: readonly string[],
  last: string,
): TextSignal | undefined {
  if (/^constructEvent(Async)?$/.test(last))
    return ["payment", "the signature check of a payment webhook"];
  const client = parts
    .slice(0, -1)
    .find((part) =>
      /^(stripe|paypal|paddle|razorpay|braintree|lemonSqueezy|mollie)(Client|Admin|Server)?$/i.test(
        part,
      ),
    );
  if (client !== undefined) return ["payment", `a call of ${client}`];
  return moneyVerbs.test(last) ? ["payment", `a call of ${last}`] : undefined;
}

function dataCall(
  call: ts.CallExpression,
  parts: readonly string[],
  last: string,
): TextSignal | undefined {
  const before = parts.slice(0, -1);
  const owner = before.at(-1) ?? "";
  const client = before.find((part) =>
    /^(prisma|db|knex|trx|database|mongoose|drizzle|sequelize|dataSource|entityManager|firestore|supabase\w*)(Client|Admin)?$/i.test(
      part,
    ),
  );
  if (
    client !== undefined &&
    parts.some(
      (part) => queryVerbs.test(part) || part === "rpc" || part === "storage",
    )
  )
    return ["data", `a query through ${client}`];
  if (documentVerbs.test(last) && before.length > 0)
    return ["data", `a call of ${last}`];
  if (/(Repository|Repo|Dao|DAO)$/.test(owner) && queryVerbs.test(last))
    return ["data", `a query through ${owner}`];
  if (isTableChain(call, parts)) return ["data", "a query of a table"];
  return undefined;
}

/** `client.from("notes").select()`: `Array.from` and `Buffer.from` take no text, or nothing that can be selected from. */
function isTableChain(
  call: ts.CallExpression,
  parts: readonly string[],
): boolean {
  const from = parts.indexOf("from");
  if (from < 1) return false;
  const next = parts[from + 1] ?? "";
  return (
    /^(select|insert|update|upsert|delete)$/.test(next) &&
    !/^(Array|Buffer|Object|Observable|Map|Set)$/.test(parts[from - 1] ?? "") &&
    ts.isCallExpression(call)
  );
}

/** `401` and `403` as arguments, in figures or by name: `json({}, 401)`, `status(HttpStatus.FORBIDDEN)`. */
export function isRefusal(node: ts.Expression): boolean {
  if (ts.isNumericLiteral(node))
    return node.text === "401" || node.text === "403";
  return (
    ts.isPropertyAccessExpression(node) &&
    /^(UNAUTHORI[SZ]ED|FORBIDDEN|UNAUTHENTICATED)$/i.test(node.name.text)
  );
}

/** A path of the sign-in, as text or as the first argument of `new URL`. */
function namesLogin(node: ts.Expression): boolean {
  const target =
    ts.isNewExpression(node) && node.arguments?.[0] ? node.arguments[0] : node;
  return /^\/?(?:[\w-]+\/){0,3}(login|log-in|signin|sign-in|unauthorized|forbidden)\b/i.test(
    textOf(target),
  );
}

function textOf(node: ts.Expression | undefined): string {
  if (node === undefined) return "";
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node) ? node.head.text : "";
}

/** What a use of a name from an SDK is about: the auth part of a data client is auth. */
export function useCategory(
  node: ts.Identifier,
  category: SensitiveCategory,
): SensitiveCategory {
  const { parent } = node;
  const isAuthPart =
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === node &&
    parent.name.text === "auth";
  return isAuthPart ? "auth" : category;
}

/** The name that a decorator or a tag has. */
export function lastName(expression: ts.Expression): string {
  const name = dottedName(
    ts.isCallExpression(expression) ? expression.expression : expression,
  );
  return name?.slice(name.lastIndexOf(".") + 1) ?? "";
}
