import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { type Polarity, polarityOf } from "./guard-tests.js";
import { localsOf } from "./local-values.js";
import { stringOf } from "./value-walk.js";

/** What a test says of where the app runs: true in development only (1), elsewhere only (-1), or nothing (0). */
export function developmentPolarity(
  test: Value,
  facts: FunctionFacts,
): Polarity {
  return polarityOf(test, (part) => settingPolarity(part, facts));
}

function settingPolarity(
  part: Value,
  facts: FunctionFacts,
): Polarity | undefined {
  if (part.kind === "name") {
    // `const isDev = process.env.NODE_ENV === "development"`.
    const value = localsOf(facts).get(part.name)?.value;
    return value?.kind === "compare" ? comparedSetting(value) : undefined;
  }
  return part.kind === "compare" ? comparedSetting(part) : undefined;
}

function comparedSetting({
  left,
  right,
  operator,
}: Extract<Value, { kind: "compare" }>): Polarity | undefined {
  const sides = [left, right];
  const isAsked = sides.some(
    (side) =>
      side.kind === "environment" &&
      /^(?:NODE_ENV|APP_ENV|VERCEL_ENV)$/.test(side.name),
  );
  if (!isAsked) return undefined;
  const text = sides.map(stringOf).find((one) => one !== undefined) ?? "";
  const isEqual = !operator.startsWith("!");
  if (/^dev(?:elopment)?$|^local$/.test(text)) return isEqual ? 1 : 0;
  return /^prod(?:uction)?$/.test(text) ? (isEqual ? -1 : 1) : 0;
}
