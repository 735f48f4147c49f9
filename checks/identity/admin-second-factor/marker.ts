import { functionAround } from "#parse/ancestors.js";
import { dottedName, memberName, unwrap } from "#parse/names.js";
import type { MarkerInput } from "#parse/marker.js";
import {
  hasScript,
  type KindName,
  lineOf,
  ts,
  visitNodes,
} from "#parse/syntax.js";
import { isAdminAddress } from "./admin-paths.js";
import { asksForFactor, factorIn } from "./factors.js";
import { adminLink, asksForRoles } from "./links.js";
import type { AdminMark } from "./marks.js";

type Sign = Pick<AdminMark, "kind" | "name">;

/** Notes what a file shows of admin pages and of second factors. */
export const adminMarker = {
  version: 2,
  wants: ({ path, text, kind }: Pick<MarkerInput, "path" | "text" | "kind">) =>
    hasScript(path) &&
    kind !== "test" &&
    kind !== "generated" &&
    /admin|back-?office|mfa|aal2|factor|otp|webauthn|speakeasy/i.test(text),
  mark,
};

function mark({ path, text, syntax }: MarkerInput): AdminMark[] {
  const source = syntax();
  if (source === undefined) return [];
  const context = {
    path,
    isGuard: /admin|back-?office|middleware|proxy|guard/i.test(path),
    hidesLinks: asksForRoles(text.slice(0, 200_000)),
  };
  const factor = factorIn(text);
  const marks: AdminMark[] =
    factor === undefined ? [] : [{ kind: "factor", line: 1, name: factor }];
  const read = (node: ts.Node) => {
    const sign = signOf(node, context);
    if (sign)
      marks.push({ ...sign, line: lineOf(source, node.getStart(source)) });
  };
  visitNodes(source, read, readKinds);
  return marks;
}

const readKinds = [
  ...["IfStatement", "ConditionalExpression", "BinaryExpression"],
  ...["CallExpression", "JsxAttribute", "PropertyAssignment"],
  ...["StringLiteral", "NoSubstitutionTemplateLiteral"],
] as readonly KindName[];

interface Context {
  readonly path: string;
  /** Whether the file is the admins' own, or stands before every route. */
  readonly isGuard: boolean;
  readonly hidesLinks: boolean;
}

function signOf(node: ts.Node, context: Context): Sign | undefined {
  if (asksForFactor(node) && (context.isGuard || isAboutAdmins(node)))
    return { kind: "demand", name: "" };
  const surface = surfaceAt(node);
  if (surface !== undefined) return { kind: "surface", name: surface };
  const role = roleTest(node);
  if (role !== undefined) return { kind: "role", name: role };
  if (isListing(node, context.path))
    return { kind: "listed", name: context.path };
  const link = context.hidesLinks ? undefined : adminLink(node);
  return link === undefined ? undefined : { kind: "link", name: link };
}

/** Whether the function that a test stands in speaks of admins. */
function isAboutAdmins(node: ts.Node): boolean {
  const around = functionAround(node);
  return around !== undefined && /admin/i.test(around.getText().slice(0, 5000));
}

/** `<Route path="/admin">`, `app.use("/admin", …)`, `{ path: "/admin", element }`. */
function surfaceAt(node: ts.Node): string | undefined {
  if (ts.isJsxAttribute(node)) return routeAttribute(node);
  if (ts.isPropertyAssignment(node)) return routeEntry(node);
  return ts.isCallExpression(node) ? routeCall(node) : undefined;
}

function routeAttribute({
  name,
  initializer,
}: ts.JsxAttribute): string | undefined {
  return name.getText() === "path" &&
    initializer &&
    ts.isStringLiteral(initializer) &&
    isAdminAddress(withSlash(initializer.text))
    ? initializer.text
    : undefined;
}

const routeMethods = /^(?:use|get|post|put|patch|delete|route|all|register)$/;
const httpClients = /fetch|axios|api|client|http|supabase/i;

/** A router's method with an address and something to run; the same method of an HTTP client is none. */
function routeCall(node: ts.CallExpression): string | undefined {
  const { expression } = node;
  const [first, ...others] = node.arguments;
  if (!ts.isPropertyAccessExpression(expression) || first === undefined)
    return undefined;
  if (!routeMethods.test(expression.name.text) || others.length === 0)
    return undefined;
  if (httpClients.test(dottedName(expression) ?? "")) return undefined;
  if (!ts.isStringLiteralLike(first)) return undefined;
  const below = first.text.replace(/^\/api(?:\/v\d+)?(?=\/)/, "");
  return isAdminAddress(below) ? first.text : undefined;
}

function routeEntry(node: ts.PropertyAssignment): string | undefined {
  if (memberName(node.name) !== "path" || !ts.isStringLiteral(node.initializer))
    return undefined;
  const keys = node.parent.properties.map((one) => memberName(one.name));
  return keys.some((key) =>
    /^(?:element|component|Component|lazy|loader|children)$/.test(key),
  ) && isAdminAddress(withSlash(node.initializer.text))
    ? node.initializer.text
    : undefined;
}

function withSlash(text: string): string {
  return text.startsWith("/") ? text : `/${text}`;
}

const adminRole = /^(?:super[_-]?)?admin(?:istrator|istrador)?$/i;

const adminGuard =
  /^(?:require|assert|ensure|verify|check)(?:Is)?(?:Super)?Admin\w*$/;
const roleGuard =
  /^(?:authorize|authorizeRoles?|requireRoles?|hasRole|checkRole|allowRoles?|restrictTo|Roles|roleGuard|permit|isRole)$/;

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function isAdminRole(value: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(value))
    return value.elements.some(isAdminRole);
  const name = ts.isStringLiteralLike(value)
    ? value.text
    : lastOf(dottedName(value) ?? "");
  return adminRole.test(name);
}

/** `user.role === "admin"`, `requireAdmin()`. */
function roleTest(node: ts.Node): string | undefined {
  if (ts.isCallExpression(node)) {
    const name = lastOf(dottedName(node.expression) ?? "");
    const isTest =
      adminGuard.test(name) ||
      (roleGuard.test(name) && node.arguments.some(isAdminRole));
    return isTest ? name : undefined;
  }
  if (
    !ts.isBinaryExpression(node) ||
    !/^[!=]==?$/.test(ts.tokenToString(node.operatorToken.kind) ?? "")
  )
    return undefined;
  const [left, right] = [unwrap(node.left), unwrap(node.right)];
  const [literal, other] = ts.isStringLiteralLike(left)
    ? [left, right]
    : [right, left];
  if (!ts.isStringLiteralLike(literal) || !adminRole.test(literal.text))
    return undefined;
  const name = dottedName(other) ?? "";
  return /(?:role|rol|type|permission|level)s?$/i.test(name) ? name : undefined;
}

/** `disallow: "/admin"` in `app/robots.ts` or a sitemap's settings, an address in `sitemap.ts`. */
function isListing(node: ts.Node, path: string): boolean {
  if (!ts.isStringLiteralLike(node) || !isAdminAddress(node.text)) return false;
  if (
    !/(?:^|\/)(?:robots|sitemap|next-sitemap\.config|robots\.txt|sitemap\.xml)[\w.$[\]-]*\.[cm]?[jt]sx?$/.test(
      path,
    )
  )
    return false;
  // Leaving an address out of the sitemap tells nobody of it.
  for (
    let above: ts.Node = node.parent;
    !ts.isSourceFile(above);
    above = above.parent
  )
    if (
      ts.isPropertyAssignment(above) &&
      /^exclude|filter|ignore/i.test(memberName(above.name))
    )
      return false;
    else if (
      ts.isCallExpression(above) &&
      /startsWith|includes|test|filter/.test(
        above.expression.getText().slice(-40),
      )
    )
      return false;
  return true;
}
