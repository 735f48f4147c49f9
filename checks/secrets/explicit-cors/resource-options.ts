import { memberName } from "#parse/names.js";
import { ts } from "#parse/syntax.js";
import type { PolicyMark } from "./marks.js";
import { openingsOf } from "./openings.js";
import { freshReading } from "./reading.js";
import { isTrue } from "./options.js";
import { policyMark } from "./policy-calls.js";

/** Lists of origins as cloud resources name them: AWS CDK, Pulumi, SST, Serverless, buckets. */
const lists = /^allow(?:ed)?Origins?$/i;

/** `defaultCorsPreflightOptions: { allowOrigins: ["*"] }`, `cors: [{ allowedOrigins: ["*"] }]` */
export function listedEverywhere(
  property: ts.PropertyAssignment,
): PolicyMark | undefined {
  const key = memberName(property.name);
  if (!lists.test(key) || !isWithinCors(property)) return undefined;
  const openings = openingsOf(property.initializer, freshReading).filter(
    ({ kind }) => kind === "any" || kind === "unset",
  );
  if (openings.length === 0) return undefined;
  const { properties } = property.parent;
  const named = (pattern: RegExp) =>
    properties.find(
      (one): one is ts.PropertyAssignment =>
        ts.isPropertyAssignment(one) && pattern.test(memberName(one.name)),
    )?.initializer;
  const credentials = named(/^allowCredentials$/i);
  const methods = named(/^allow(?:ed)?Methods$/i);
  return {
    ...policyMark(
      property,
      `the ${key} of a cloud resource`,
      openings,
      credentials !== undefined && isTrue(credentials, 4),
    ),
    ...(methods && { methods: methodsIn(methods) }),
    ...(isBucket(property) && { scope: "bucket" as const }),
  };
}

function isWithinCors(property: ts.PropertyAssignment): boolean {
  return (
    ts.findAncestor(
      property.parent,
      (at) =>
        (ts.isPropertyAssignment(at) && /cors/i.test(memberName(at.name))) ||
        (ts.isCallExpression(at) && /cors/i.test(at.expression.getText())),
    ) !== undefined
  );
}

function isBucket(property: ts.Node): boolean {
  return (
    ts.findAncestor(
      property,
      (at) =>
        (ts.isNewExpression(at) || ts.isCallExpression(at)) &&
        /bucket|storage/i.test(at.expression.getText().slice(0, 100)),
    ) !== undefined
  );
}

function methodsIn(value: ts.Expression): string[] {
  return [
    ...value
      .getText()
      .matchAll(/\b(?:GET|HEAD|PUT|POST|PATCH|DELETE|ANY|ALL)\b/gi),
  ].map(([method]) => method.toUpperCase());
}
