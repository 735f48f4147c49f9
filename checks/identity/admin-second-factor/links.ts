import { ancestorsOf, functionAround } from "#parse/ancestors.js";
import { dottedName, memberName, unwrap } from "#parse/names.js";
import { ts } from "#parse/syntax.js";
import { isAdminAddress } from "./admin-paths.js";

/** Words by which code asks what somebody may do. */
const roleWords =
  /admin(?!\/)\w*\s*(?:&&|\?|\|\||\))|(?:\.|\?\.)roles?\b|\broles?\s*(?:[!=]==?|:|\.)|user_?role|is_?admin|has\w{0,12}role|require\w{0,12}role|permission|admin_?only|requires_?admin|is_?staff|is_?super|can_?(?:access|manage|view|see)|use_?admin|\brol\b|\bability\b|authorize|show_?admin/i;

/** Whether a file asks for roles anywhere: then it is not for us to say that it shows everybody everything. */
export function asksForRoles(text: string): boolean {
  return roleWords.test(text);
}

/** The address of the admins' part that a node leads people to. */
export function adminLink(node: ts.Node): string | undefined {
  const shown = ts.isJsxAttribute(node)
    ? fromAttribute(node)
    : ts.isPropertyAssignment(node)
      ? fromEntry(node)
      : ts.isCallExpression(node)
        ? fromCall(node)
        : undefined;
  return shown !== undefined && isAdminAddress(shown) ? shown : undefined;
}

function fromAttribute({
  name,
  initializer,
}: ts.JsxAttribute): string | undefined {
  if (!/^(?:href|to)$/.test(name.getText())) return undefined;
  if (initializer === undefined) return undefined;
  if (ts.isStringLiteral(initializer)) return initializer.text;
  return ts.isJsxExpression(initializer)
    ? textOf(initializer.expression)
    : undefined;
}

/** An entry of a menu: it has a name for people beside its address. */
function fromEntry(node: ts.PropertyAssignment): string | undefined {
  if (!/^(?:href|to|url|link|path)$/.test(memberName(node.name)))
    return undefined;
  const { properties } = node.parent;
  const keys = properties.map((one) => memberName(one.name)).join(" ");
  const isMenu =
    /\b(?:label|title|name|text|icon)\b/.test(keys) &&
    !/component|element|loader|children|canonical|priority/i.test(keys);
  return isMenu ? textOf(node.initializer) : undefined;
}

/** `navigate("/admin")` behind a button. */
function fromCall(node: ts.CallExpression): string | undefined {
  const callee = dottedName(node.expression) ?? "";
  if (!/^(?:navigate|(?:router|history|navigation)\.push)$/.test(callee))
    return undefined;
  const around = functionAround(node);
  if (around === undefined) return undefined;
  for (const above of ancestorsOf(around))
    if (ts.isJsxAttribute(above)) return textOf(node.arguments[0]);
    else if (!ts.isJsxExpression(above)) return undefined;
  return undefined;
}

function textOf(value: ts.Expression | undefined): string | undefined {
  if (value === undefined) return undefined;
  const bare = unwrap(value);
  if (ts.isStringLiteralLike(bare)) return bare.text;
  return ts.isTemplateExpression(bare) ? bare.head.text : undefined;
}
