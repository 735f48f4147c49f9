import { dottedName, unwrap } from "#parse/names.js";
import { assignmentsTo, declarationOf } from "#parse/scopes.js";
import { lineOf, ts } from "#parse/syntax.js";
import { both, said } from "./answers.js";
import { answersGivenBy, askedParameter } from "./answering-functions.js";
import { functionNamed, patternSource } from "./call-questions.js";
import { loosePattern } from "./loose-match.js";
import type { Opening } from "./marks.js";
import { answersOf } from "./questions.js";
import {
  askingFrom,
  decided,
  doubted,
  type Reading,
  readingAt,
  stillInitial,
} from "./reading.js";
import { isRequestOrigin } from "./request-origin.js";
import {
  argumentsByParameter,
  fallbackOf,
  isLoaded,
  isNeverEmpty,
  isQuestion,
  memberAt,
  reshapedValue,
  rootOf,
} from "./value-shapes.js";

/** What an expression lets in when it decides about the allowed origin. */
export function openingsOf(
  expression: ts.Expression,
  from: Reading,
): readonly Opening[] {
  if (from.ways.length === 0 || from.depth <= 0) return [];
  const reading = { ...from, depth: from.depth - 1 };
  const node = unwrap(expression);
  if (ts.isStringLiteralLike(node))
    return node.text === "*" ? decided("any", node, reading) : [];
  if (node.kind === ts.SyntaxKind.TrueKeyword)
    return decided("reflected", node, reading);
  if (isRequestOrigin(node, reading.origins))
    return decided("reflected", node, reading);
  const pattern = patternSource(node);
  if (pattern !== undefined) return patternOpenings(pattern, node, reading);
  if (ts.isArrayLiteralExpression(node)) return listOpenings(node, reading);
  if (ts.isConditionalExpression(node))
    return [
      ...asked(node.condition, true, node.whenTrue, reading),
      ...asked(node.condition, false, node.whenFalse, reading),
    ];
  return isQuestion(node)
    ? askedOpenings(node, reading)
    : compositeOpenings(node, reading);
}

function compositeOpenings(
  node: ts.Expression,
  reading: Reading,
): readonly Opening[] {
  if (ts.isBinaryExpression(node)) return binaryOpenings(node, reading);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node))
    return functionOpenings(node, reading);
  if (ts.isCallExpression(node) || ts.isNewExpression(node))
    return callOpenings(node, reading);
  return nameOpenings(node, reading);
}

function asked(
  question: ts.Expression,
  answer: boolean,
  value: ts.Expression,
  reading: Reading,
): readonly Opening[] {
  const answers = answersOf(question, answer, askingFrom(reading));
  return openingsOf(value, { ...reading, ways: both(reading.ways, answers) });
}

/** A yes-or-no expression that decides by itself: `allowed.includes(origin)`. */
function askedOpenings(
  node: ts.Expression,
  reading: Reading,
): readonly Opening[] {
  const answers = answersOf(node, true, askingFrom(reading));
  return decided("reflected", node, {
    ...reading,
    ways: both(reading.ways, answers),
  });
}

function patternOpenings(
  source: string,
  node: ts.Node,
  reading: Reading,
): readonly Opening[] {
  const note = loosePattern(source);
  if (note === undefined) return [];
  return decided("reflected", node, reading).map((opening): Opening =>
    note.endsWith("every origin")
      ? opening
      : { kind: "loose", line: opening.line, note },
  );
}

function listOpenings(
  node: ts.ArrayLiteralExpression,
  reading: Reading,
): readonly Opening[] {
  return node.elements.slice(0, 100).flatMap((element) => {
    const item = ts.isSpreadElement(element) ? element.expression : element;
    return openingsOf(item, reading).map((opening): Opening =>
      opening.kind === "any" && reading.isStarInListText
        ? { ...opening, isDoubtful: true }
        : opening,
    );
  });
}

function binaryOpenings(
  node: ts.BinaryExpression,
  reading: Reading,
): readonly Opening[] {
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return asked(node.left, true, node.right, reading);
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken: {
      const answers = answersOf(node.left, false, askingFrom(reading));
      const saysNothing = answers.every((answer) => answer === said.nothing);
      const missing = isNeverEmpty(node.left, 6)
        ? []
        : saysNothing && !isQuestion(unwrap(node.left))
          ? [said.unset]
          : answers;
      return [
        ...openingsOf(node.left, reading),
        ...openingsOf(node.right, {
          ...reading,
          ways: both(reading.ways, missing),
        }),
      ];
    }
    default:
      return [];
  }
}

function callOpenings(
  node: ts.CallExpression | ts.NewExpression,
  reading: Reading,
): readonly Opening[] {
  const fallback = fallbackOf(node);
  if (fallback)
    return openingsOf(fallback, {
      ...reading,
      ways: both(reading.ways, [said.unset]),
    });
  const reshaped = reshapedValue(node);
  if (reshaped) return reshaped.flatMap((part) => openingsOf(part, reading));
  if (!ts.isIdentifier(node.expression)) return [];
  const fn = functionNamed(node.expression);
  if (fn)
    return functionOpenings(fn, {
      ...reading,
      bound: argumentsByParameter(fn, node),
    });
  return declarationOf(node.expression)?.kind === "import"
    ? [referenceTo(node.expression.text, node)]
    : [];
}

function referenceTo(name: string, node: ts.Node): Opening {
  const line = lineOf(node.getSourceFile(), node.getStart());
  return { kind: "reference", name, line };
}

function nameOpenings(
  node: ts.Expression,
  reading: Reading,
): readonly Opening[] {
  const name = dottedName(node);
  if (name === undefined) return [];
  if (name.endsWith("Cors.ALL_ORIGINS")) return decided("any", node, reading);
  if (ts.isIdentifier(node)) return identifierOpenings(node, reading);
  const root = rootOf(node);
  const declared = root && declarationOf(root);
  if (declared?.kind === "import") return [referenceTo(name, node)];
  if (declared?.kind !== "variable" || !declared.initializer) return [];
  const value = memberAt(declared.initializer, name.split(".").slice(1));
  if (value) return openingsOf(value, reading);
  return ts.isCallExpression(unwrap(declared.initializer))
    ? [referenceTo(name, node)]
    : [];
}

function identifierOpenings(
  node: ts.Identifier,
  reading: Reading,
): readonly Opening[] {
  const declared = declarationOf(node);
  switch (declared?.kind) {
    case "import":
      return [referenceTo(node.text, node)];
    case "function":
      return functionOpenings(declared.node, reading);
    case "parameter": {
      const argument = reading.bound.get(declared.node);
      return argument ? openingsOf(argument, reading) : [];
    }
    case "member": {
      if (declared.initializer && isLoaded(declared.initializer))
        return [referenceTo(node.text, node)];
      const fallback = declared.node.initializer;
      if (fallback === undefined) return [];
      const ways = both(reading.ways, [said.unset]);
      const openings = openingsOf(fallback, { ...reading, ways });
      // What callers pass to a function of this app is not a setting that a deployment may lack.
      const isSetting = /\benv\b/.test(declared.initializer?.getText() ?? "");
      return isSetting ? openings : openings.map(doubted);
    }
    case "variable":
      return variableOpenings(node, declared.node, reading);
    default:
      return [];
  }
}

function variableOpenings(
  name: ts.Identifier,
  variable: ts.VariableDeclaration,
  reading: Reading,
): readonly Opening[] {
  const { initializer } = variable;
  if (initializer && isLoaded(initializer))
    return [referenceTo(name.text, name)];
  const start = initializer
    ? openingsOf(initializer, stillInitial(variable, reading))
    : [];
  const later = assignmentsTo(variable).flatMap((assignment) =>
    openingsOf(assignment.right, readingAt(assignment, reading)),
  );
  return [...start, ...later];
}

/** What a function lets in that is asked about an origin: by its answer, or through a callback. */
export function functionOpenings(
  fn: ts.FunctionLikeDeclaration,
  outer: Reading,
): readonly Opening[] {
  const carried = [...outer.bound]
    .filter(([, argument]) => isRequestOrigin(argument, outer.origins))
    .map(([parameter]) => parameter);
  const first = outer.bound.size === 0 ? askedParameter(fn) : undefined;
  const origins = new Set([
    ...outer.origins,
    ...carried,
    ...(first ? [first] : []),
  ]);
  const reading = { ...outer, origins };
  return answersGivenBy(fn).flatMap((value) =>
    openingsOf(value, readingAt(value, reading)),
  );
}
