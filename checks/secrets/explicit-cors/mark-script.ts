import { importedNames } from "#parse/module-imports.js";
import { memberName, unwrap } from "#parse/names.js";
import { type KindName, ts, visitNodes } from "#parse/syntax.js";
import { writtenPolicies } from "./header-writes.js";
import type { Opening, PolicyMark, ValueMark } from "./marks.js";
import { functionOpenings, openingsOf } from "./openings.js";
import { freshReading } from "./reading.js";
import { lineAt } from "./options.js";
import { calledPolicy, type Imports, optionPolicy } from "./policy-calls.js";
import { listedEverywhere } from "./resource-options.js";

/** The policies that a script states, and the values that scripts which import from it may state them with. */
export function scriptMarks(
  source: ts.SourceFile,
  text: string,
): (PolicyMark | ValueMark)[] {
  const policies = [
    ...declaredPolicies(source, text),
    ...(/access-control/i.test(text) ? writtenPolicies(source) : []),
  ];
  return [...policies, ...sharedValues(source)];
}

function declaredPolicies(source: ts.SourceFile, text: string): PolicyMark[] {
  const imports: Imports = new Map(
    importedNames(source, text).map((one) => [one.local, one]),
  );
  const policies: PolicyMark[] = [];
  const read = (node: ts.Node) => {
    if (policies.length > 200) return;
    const policy = ts.isCallExpression(node)
      ? calledPolicy(node, imports)
      : ts.isPropertyAssignment(node)
        ? (optionPolicy(node) ?? listedEverywhere(node))
        : undefined;
    if (policy) policies.push(policy);
  };
  visitNodes(source, read, policyKinds);
  return policies;
}

const policyKinds = ["CallExpression", "PropertyAssignment"] as const;

/** Names under which values that decide about origins are kept. */
const telling = /origin|cors|allow|white_?list|domain/i;

/** Values and functions that others may import to decide about an origin, where they let strangers in. */
function sharedValues(source: ts.SourceFile): ValueMark[] {
  const marks: ValueMark[] = [];
  const read = (node: ts.Node) => {
    if (marks.length > 100) return;
    const found = sharedValue(node);
    if (!found) return;
    const openings = found.openings.filter(({ kind }) => kind !== "reference");
    if (openings.length > 0)
      marks.push({
        type: "value",
        name: found.name,
        line: lineAt(found.node),
        openings,
      });
  };
  visitNodes(source, read, valueKinds);
  return marks;
}

const valueKinds = [
  ...["FunctionDeclaration", "MethodDeclaration"],
  ...["PropertyAssignment", "VariableDeclaration"],
] as readonly KindName[];

function sharedValue(
  node: ts.Node,
): { name: string; node: ts.Node; openings: readonly Opening[] } | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) {
    const name = node.name ? memberName(node.name) : "";
    return telling.test(name)
      ? { name, node, openings: functionOpenings(node, freshReading) }
      : undefined;
  }
  const [name, value] = ts.isPropertyAssignment(node)
    ? [memberName(node.name), node.initializer]
    : ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)
      ? [node.name.text, node.initializer]
      : ["", undefined];
  if (value === undefined || !telling.test(name)) return undefined;
  const openings = openingsOf(value, freshReading);
  return { name, node: unwrap(value), openings };
}
