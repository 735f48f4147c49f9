import { dottedName, unwrap } from "#parse/names.js";
import { ts } from "#parse/syntax.js";
import type { AuthSign } from "./marks.js";

const identityKeys =
  "(?:user|userId|user_id|uid|loggedIn|isLoggedIn|authenticated|isAuthenticated|accountId|account|admin|isAdmin)(?:\\.id)?";
const requestSession = new RegExp(
  `^(?:req|request|ctx|c|context)\\.session\\.${identityKeys}$`,
);
const sealedSession = new RegExp(`^session\\.${identityKeys}$`);

/** A session that the app's own code opens: the user is put into it, or its token is kept or sent. */
export function sessionSign(node: ts.Node): AuthSign | undefined {
  if (ts.isBinaryExpression(node)) return assignedSign(node);
  if (ts.isNewExpression(node)) return strategySign(node);
  return ts.isCallExpression(node) ? keptSign(node) : undefined;
}

function assignedSign(node: ts.BinaryExpression): AuthSign | undefined {
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const target = dottedName(node.left) ?? "";
  const isSession =
    requestSession.test(target) ||
    (sealedSession.test(target) &&
      /iron-session|\$?useSession|getIronSession/.test(
        node.getSourceFile().text,
      ));
  if (!isSession || /^(?:null|undefined|false)$/.test(node.right.getText()))
    return undefined;
  return { kind: "session", name: target };
}

function strategySign(node: ts.NewExpression): AuthSign | undefined {
  const name = dottedName(node.expression) ?? "";
  return /(?:^|\.)(?:LocalStrategy|PassportLocal\w*)$/.test(name)
    ? { kind: "session", name: `new ${name}()` }
    : undefined;
}

function keptSign(node: ts.CallExpression): AuthSign | undefined {
  const name = dottedName(node.expression) ?? "";
  const [first] = node.arguments;
  if (/(?:^|\.)sessions?\.create$/i.test(name) && first)
    return /token|expires/i.test(first.getText().slice(0, 2000))
      ? { kind: "session", name: `${name}()` }
      : undefined;
  if (!/(?:^|\.)(?:set|cookie|setCookie|setSignedCookie)$/.test(name))
    return undefined;
  const key = node.arguments
    .map((one) => unwrap(one))
    .find((one) => ts.isStringLiteralLike(one));
  if (
    key === undefined ||
    !ts.isStringLiteralLike(key) ||
    !/cookie/i.test(name + node.getText().slice(0, 80))
  )
    return undefined;
  return /^(?:__Host-|__Secure-)?(?:session|sid|token|jwt|auth|accessToken|refreshToken|(?:auth|access|refresh|session)[_-]?(?:token|id)|(?:admin|user)[_-]?(?:token|session|auth))$/i.test(
    key.text,
  )
    ? { kind: "session", name: `the cookie ${key.text}` }
    : undefined;
}
