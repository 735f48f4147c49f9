import { isInServerFunction } from "#parse/ancestors.js";
import type { MarkerInput } from "#parse/marker.js";
import {
  hasScript,
  type KindName,
  lineOf,
  type ts,
  visitNodes,
} from "#parse/syntax.js";
import { comparerSign } from "./comparers.js";
import type { AuthMark, AuthSign } from "./marks.js";
import { comparisonSign, hashSign } from "./passwords.js";
import { guessableSign } from "./randomness.js";
import { sessionSign } from "./sessions.js";
import { tokenSign, unsignedSign, unverifiedSign } from "./tokens.js";

const readers: readonly ((node: ts.Node) => AuthSign | undefined)[] = [
  comparisonSign,
  comparerSign,
  hashSign,
  tokenSign,
  unverifiedSign,
  unsignedSign,
  sessionSign,
  guessableSign,
];

/** Words of which one stands in every file that can hold a mark. */
const wanted =
  /pass|pwd|contrase|clave|senha|kennwort|mdp|parola|wachtwoord|jwt|token|otp|session|Math\.random|["']none["']/i;

/** Notes what a file does about passwords, tokens and sessions. */
export const authMarker = {
  version: 5,
  wants: ({ path, text, kind }: Pick<MarkerInput, "path" | "text" | "kind">) =>
    kind === "code" &&
    hasScript(path) &&
    !path.endsWith(".d.ts") &&
    wanted.test(text),
  mark,
};

function mark({ syntax }: MarkerInput): AuthMark[] {
  const source = syntax();
  if (source === undefined) return [];
  const marks: AuthMark[] = [];
  const look = (node: ts.Node) => {
    for (const read of readers) {
      const sign = read(node);
      if (sign)
        marks.push({
          ...sign,
          line: lineOf(source, node.getStart(source)),
          isServerFunction: isInServerFunction(node),
        });
    }
  };
  visitNodes(source, look, readKinds);
  return marks;
}

const readKinds = [
  ...["CallExpression", "NewExpression"],
  ...["BinaryExpression", "PropertyAssignment"],
] as readonly KindName[];
