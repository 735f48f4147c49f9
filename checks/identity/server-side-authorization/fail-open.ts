import type { Finding } from "#gate/finding.js";
import { exits } from "#model/guard-tests.js";
import { localsOf } from "#model/local-values.js";
import type { Project } from "#model/project.js";
import { allSteps, lastName, valuesWithin } from "#model/value-walk.js";
import type { FunctionFacts, Step } from "#parse/code-facts.js";
import { constantOf, type Value } from "#parse/module-facts.js";
import { serverTests } from "./server-tests.js";

const secret = /SECRET|TOKEN|API_?KEY|PASSWORD|WEBHOOK|CRON|AUTH_KEY|SIGNING/i;

/** Tests of a secret that are left out while the secret is not configured. */
export function failOpenSwitches(project: Project): Finding[] {
  return serverTests(project).flatMap(({ path, facts, step }): Finding[] => {
    const name = skipped(project, path, facts, step);
    if (name === undefined) return [];
    return [
      {
        rule: "fail-open",
        path,
        lines: { start: step.line, end: step.line },
        message: `While ${name} is not set, this test is skipped and everyone is let in.`,
        fix: "Refuse every request while the secret is missing, or stop at start-up.",
        confidence: "likely",
        identity: name,
      },
    ];
  });
}

/** The secret whose absence switches the test off. */
function skipped(
  project: Project,
  path: string,
  facts: FunctionFacts,
  step: Extract<Step, { kind: "if" }>,
): string | undefined {
  const nameOf = (value: Value) => secretName(project, path, facts, value);
  const { test } = step;
  if (test.kind === "either" && test.operator === "&&" && exits(step.then)) {
    const asked = test.options.map(nameOf).find((one) => one !== undefined);
    const compared = test.options.some(
      (one) =>
        one.kind === "compare" &&
        one.operator.startsWith("!") &&
        [one.left, one.right].some((side) =>
          valuesWithin(side).some((part) => nameOf(part) === asked),
        ),
    );
    return asked !== undefined && compared ? asked : undefined;
  }
  const configured = nameOf(test);
  if (configured !== undefined)
    return refusesInside(step, configured, nameOf) &&
      !isRefusedWithout(facts, configured, nameOf)
      ? configured
      : undefined;
  const missing = test.kind === "not" ? nameOf(test.of) : undefined;
  if (missing === undefined || !letsPass(step.then)) return undefined;
  const isCompared = allSteps(facts.steps).some(
    (one) =>
      one.kind === "if" &&
      one !== step &&
      valuesWithin(one.test).some(
        (part) =>
          part.kind === "compare" &&
          [part.left, part.right].some((side) =>
            valuesWithin(side).some((inner) => nameOf(inner) === missing),
          ),
      ),
  );
  return isCompared || passesOn(step.then) ? missing : undefined;
}

/** `if (secret) { if (given !== secret) return 401; }`: without the secret, nothing is asked. */
function refusesInside(
  step: Extract<Step, { kind: "if" }>,
  secretOfTest: string,
  nameOf: (value: Value) => string | undefined,
): boolean {
  if (exits(step.else) || exits(step.then)) return false;
  return allSteps(step.then).some(
    (one) =>
      one.kind === "if" &&
      exits(one.then) &&
      valuesWithin(one.test).some(
        (part) =>
          part.kind === "compare" &&
          part.operator.startsWith("!") &&
          [part.left, part.right].some((side) => nameOf(side) === secretOfTest),
      ),
  );
}

/** Whether the handling ends elsewhere while the secret is not there. */
function isRefusedWithout(
  facts: FunctionFacts,
  secretOfTest: string,
  nameOf: (value: Value) => string | undefined,
): boolean {
  return allSteps(facts.steps).some(
    (one) =>
      one.kind === "if" &&
      exits(one.then) &&
      valuesWithin(one.test).some(
        (part) => part.kind === "not" && nameOf(part.of) === secretOfTest,
      ),
  );
}

/** The secret setting that a value is, also through a constant or variable. */
function secretName(
  project: Project,
  path: string,
  facts: FunctionFacts,
  value: Value,
): string | undefined {
  if (value.kind === "environment")
    return secret.test(value.name) ? value.name : undefined;
  if (value.kind !== "name") return undefined;
  if (/^(?:c\.)?env\.\w+$/.test(value.name) && secret.test(value.name))
    return lastName(value.name);
  const module = project.files.get(path)?.module;
  const given =
    localsOf(facts).get(value.name)?.value ??
    (module && constantOf(module, value.name));
  if (given?.kind === "environment")
    return secret.test(given.name) ? given.name : undefined;
  return undefined;
}

/** `return next()` and `return true`: the request goes on. */
function letsPass(steps: readonly Step[]): boolean {
  return (
    steps.some(
      (step) =>
        step.kind === "return" &&
        step.value?.kind === "literal" &&
        step.value.value === true,
    ) || passesOn(steps)
  );
}

function passesOn(steps: readonly Step[]): boolean {
  return steps.some(
    (step) =>
      (step.kind === "return" || step.kind === "do") &&
      step.value?.kind === "call" &&
      /^(?:next|NextResponse\.next)$/.test(step.value.callee) &&
      step.value.arguments.length === 0,
  );
}
