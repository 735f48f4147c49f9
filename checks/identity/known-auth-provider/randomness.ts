import { ancestorsOf, namesAround } from "#parse/ancestors.js";
import { dottedName } from "#parse/names.js";
import { ts } from "#parse/syntax.js";
import type { AuthSign } from "./marks.js";
import { wordsOf } from "./names.js";

const secretKinds = /^(?:token|tokens|code|secret|pin|password|passcode)$/;
const purposes =
  /^(?:reset|verification|verify|session|auth|access|refresh|login|activation|otp|recovery|signin|magic|temp|temporary|2fa|mfa|confirmation|csrf|email|password|sms|security)$/;

/** Words around `token` that do not say what it is for. */
const plainWords =
  /^(?:token|generate|create|make|new|random|get|string|secure|unique|rand|gen|my|raw|user|guest\w*)$/;

/** `Math.random()` in what is meant to be unguessable: a reset token, a one-time code, a password. */
export function guessableSign(node: ts.Node): AuthSign | undefined {
  if (
    !ts.isCallExpression(node) ||
    dottedName(node.expression) !== "Math.random"
  )
    return undefined;
  const around = namesAround(node, 4);
  const [own] = around;
  if (own !== undefined && isPlainId(own)) return undefined;
  const name = around.find((one) => namesSecret(one));
  if (name === undefined || isPartOfMock(node)) return undefined;
  return { kind: "guessable-token", name };
}

/** An id tells records and requests apart, whatever the function around it is for; that of a session lets somebody in. */
function isPlainId(name: string): boolean {
  const words = wordsOf(name);
  return words.at(-1) === "id" && !words.includes("session");
}

function namesSecret(name: string): boolean {
  const words = wordsOf(name);
  if (
    words.some((word) =>
      /^(?:mock|fake|sample|demo|delay|price|count|color|colour|usage|referral|promo|coupon|discount|error|status|country|zip|estimate|tokens|tracking|order|booking|ticket|invoice)$/.test(
        word,
      ),
    )
  )
    return false;
  if (words.includes("otp")) return true;
  const kind = words.find((word) => secretKinds.test(word));
  if (kind === undefined) return false;
  if (kind === "password" || kind === "passcode") return true;
  if (kind === "token" && words.every((word) => plainWords.test(word)))
    return true;
  return words.some((word) => purposes.test(word));
}

function isPartOfMock(node: ts.Node): boolean {
  for (const above of ancestorsOf(node))
    if (ts.isJsxElement(above) || ts.isJsxSelfClosingElement(above))
      return true;
  return false;
}
