import { dottedName, memberName, unwrap } from "#parse/names.js";
import { declarationOf } from "#parse/scopes.js";
import { lineOf, ts, visitNodes } from "#parse/syntax.js";
import { answersGivenBy } from "./answering-functions.js";
import { both } from "./answers.js";
import { functionNamed } from "./call-questions.js";
import type { Credentials, Opening } from "./marks.js";
import { functionOpenings, openingsOf } from "./openings.js";
import { type Reading, readingAt } from "./reading.js";
import { answersOf } from "./questions.js";
import { isLoaded } from "./value-shapes.js";

/** One object of options that a call may get, or the name of one in another file. */
export interface OptionSet {
  readonly object?: ts.ObjectLiteralExpression;
  readonly reference?: string;
  readonly reading: Reading;
}

/** The objects that an expression can be, through variables, ternaries and functions that choose one per request. */
export function optionSets(
  expression: ts.Expression,
  from: Reading,
): readonly OptionSet[] {
  if (from.depth <= 0 || from.ways.length === 0) return [];
  const reading = { ...from, depth: from.depth - 1 };
  const node = unwrap(expression);
  if (ts.isObjectLiteralExpression(node)) return [{ object: node, reading }];
  if (ts.isConditionalExpression(node))
    return [true, false].flatMap((answer) => {
      const { origins, depth } = reading;
      const answers = answersOf(node.condition, answer, { origins, depth });
      const ways = both(reading.ways, answers);
      const value = answer ? node.whenTrue : node.whenFalse;
      return optionSets(value, { ...reading, ways });
    });
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node))
    return chosenBy(node, reading);
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    const fn = functionNamed(node.expression);
    return fn ? chosenBy(fn, reading) : [];
  }
  return namedSets(node, reading);
}

function chosenBy(
  fn: ts.FunctionLikeDeclaration,
  reading: Reading,
): readonly OptionSet[] {
  return answersGivenBy(fn).flatMap((value) =>
    optionSets(value, readingAt(value, reading)),
  );
}

function namedSets(
  node: ts.Expression,
  reading: Reading,
): readonly OptionSet[] {
  const name = dottedName(node);
  if (name === undefined) return [];
  if (!ts.isIdentifier(node)) return [{ reference: name, reading }];
  const declared = declarationOf(node);
  if (declared?.kind === "import") return [{ reference: name, reading }];
  if (declared?.kind === "function") return chosenBy(declared.node, reading);
  if (declared?.kind !== "variable" && declared?.kind !== "member") return [];
  const { initializer } = declared;
  if (initializer === undefined) return [];
  if (isLoaded(initializer)) return [{ reference: name, reading }];
  return declared.kind === "variable" ? optionSets(initializer, reading) : [];
}

const originKeys =
  /^(?:origins?|allow(?:ed)?_?origins?|access-control-allow-origin)$/i;
const credentialKeys = /^(?:allow_?)?credentials?$/i;

/** How a library reads its options. */
export interface OptionStyle {
  /** What it does where no origin is stated. */
  readonly otherwise: "default" | "reflected" | "closed";
  readonly credentialsOtherwise: boolean;
}

/**
 * What a set of options lets in.
 *
 * @param at - Line to report when nothing is stated.
 */
export function optionOpenings(
  set: OptionSet,
  style: OptionStyle,
  at: number,
): readonly Opening[] {
  const stated = findOption(set, originKeys);
  if (stated === undefined) return unstatedOpenings(style, at);
  if (typeof stated === "string")
    return [
      {
        kind: "reference",
        name: stated,
        line: at,
        ...(style.otherwise === "default" && { otherwise: "default" as const }),
      },
    ];
  return ts.isMethodDeclaration(stated)
    ? functionOpenings(stated, set.reading)
    : openingsOf(stated, set.reading);
}

/** What a library lets in that is told nothing. */
export function unstatedOpenings(
  style: OptionStyle,
  line: number,
): readonly Opening[] {
  return style.otherwise === "closed" ? [] : [{ kind: style.otherwise, line }];
}

/** Whether a set of options lets cookies come along. */
export function optionCredentials(
  set: OptionSet,
  style: OptionStyle,
): Credentials {
  const stated = findOption(set, credentialKeys);
  if (stated === undefined) return style.credentialsOtherwise;
  if (typeof stated === "string") return { name: stated };
  return !ts.isMethodDeclaration(stated) && isTrue(stated, 6);
}

/** Whether an expression is, or can be, `true`. */
export function isTrue(expression: ts.Expression, depth: number): boolean {
  if (depth <= 0) return false;
  const node = unwrap(expression);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (ts.isStringLiteralLike(node)) return node.text.trim() === "true";
  if (ts.isConditionalExpression(node))
    return (
      isTrue(node.whenTrue, depth - 1) || isTrue(node.whenFalse, depth - 1)
    );
  if (!ts.isIdentifier(node)) return false;
  const declared = declarationOf(node);
  return (
    declared?.kind === "variable" &&
    declared.initializer !== undefined &&
    isTrue(declared.initializer, depth - 1)
  );
}

type Found = ts.Expression | ts.MethodDeclaration | string;

/** The value of an option: written, taken over by a spread, or assigned later; a string is a name of another file. */
function findOption(set: OptionSet, key: RegExp): Found | undefined {
  if (set.object === undefined)
    return set.reference === undefined
      ? undefined
      : `${set.reference}.${key === credentialKeys ? "credentials" : "origin"}`;
  for (const property of set.object.properties.toReversed()) {
    if (ts.isSpreadAssignment(property)) {
      const spread = optionSets(property.expression, set.reading);
      for (const one of spread) {
        const found =
          one.object === set.object ? undefined : findOption(one, key);
        if (found !== undefined) return found;
      }
    } else if (property.name && key.test(memberName(property.name))) {
      if (ts.isPropertyAssignment(property)) return property.initializer;
      if (ts.isShorthandPropertyAssignment(property)) return property.name;
      if (ts.isMethodDeclaration(property)) return property;
    }
  }
  return assignedLater(set.object, key);
}

/** `options.origin = …` after `const options = {}`. */
function assignedLater(
  object: ts.ObjectLiteralExpression,
  key: RegExp,
): ts.Expression | undefined {
  const { parent } = object;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name))
    return undefined;
  const name = parent.name.text;
  let found: ts.Expression | undefined;
  visitNodes(object.getSourceFile(), (node) => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(node.left) &&
      ts.isIdentifier(node.left.expression) &&
      node.left.expression.text === name &&
      key.test(node.left.name.text)
    )
      found = node.right;
  });
  return found;
}

/** Line of a node, from 1. */
export function lineAt(node: ts.Node): number {
  return lineOf(node.getSourceFile(), node.getStart());
}
