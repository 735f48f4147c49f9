import { functionAround } from "#parse/ancestors.js";
import { unwrap } from "#parse/names.js";
import { ts } from "#parse/syntax.js";
import type { AuthSign } from "./marks.js";

const comparer =
  /^(?:compare|verify|check|validate|is)_?(?:valid)?_?(?:user)?_?(?:password|passwd|pwd|senha|contrase[nñ]a|passwort|kennwort)s?$/i;

/** `comparePassword = (stored, given) => stored === given`, whatever its inputs are called. */
export function comparerSign(node: ts.Node): AuthSign | undefined {
  if (!ts.isBinaryExpression(node) || !isEquality(node)) return undefined;
  const sides = [unwrap(node.left), unwrap(node.right)];
  if (!sides.every(ts.isIdentifier)) return undefined;
  const around = functionAround(node);
  if (!around || !ts.isFunctionLike(around)) return undefined;
  const name = nameOf(around);
  const inputs = around.parameters.map((one) => one.name.getText());
  const isForm = inputs.some((input) =>
    /confirm|repeat|again|retype/i.test(input),
  );
  return comparer.test(name) &&
    !isForm &&
    sides.every((side) => inputs.includes(side.getText()))
    ? { kind: "plaintext-password", name: `${name}()` }
    : undefined;
}

function isEquality({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return (
    kind === ts.SyntaxKind.EqualsEqualsToken ||
    kind === ts.SyntaxKind.EqualsEqualsEqualsToken
  );
}

function nameOf({ name, parent }: ts.SignatureDeclaration): string {
  const isNamedByPlace =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent);
  return (name ?? (isNamedByPlace ? parent.name : undefined))?.getText() ?? "";
}
