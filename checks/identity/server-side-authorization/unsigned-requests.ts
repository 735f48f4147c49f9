import type { Finding } from "#gate/finding.js";
import { exits } from "#model/guard-tests.js";
import { lookupOf } from "#model/identity-lookups.js";
import { localsOf } from "#model/local-values.js";
import type { Project } from "#model/project.js";
import { isPresence, isSentProof } from "#model/sent-proofs.js";
import { allSteps, stringOf, valuesWithin } from "#model/value-walk.js";
import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { serverTests } from "./server-tests.js";

const signatureHeader = /signature|hmac/i;

/** Tests of a signature that are left out for a request without one, or whose failure changes nothing. */
export function unsignedRequests(project: Project): Finding[] {
  return [...skippedTests(project), ...takenAnyway(project)];
}

/**
 * `try { event = stripe.webhooks.constructEvent(body, signature, secret) } catch { event = JSON.parse(body) }`: what does
 * not bear the signature is believed all the same.
 */
function takenAnyway(project: Project): Finding[] {
  return [...project.files].flatMap(([path, { code }]) =>
    (code?.functions ?? []).flatMap((facts) =>
      allSteps(facts.steps).flatMap((step): Finding[] => {
        if (step.kind !== "try" || step.handler === undefined) return [];
        const verified = step.body.find(
          (one) => one.kind === "set" && isVerified(project, path, one.value),
        );
        if (verified?.kind !== "set" || exits(step.handler)) return [];
        const parsed = allSteps(step.handler).find(
          (one) =>
            one.kind === "set" &&
            one.target === verified.target &&
            one.value.kind === "call" &&
            one.value.callee === "JSON.parse",
        );
        if (parsed === undefined) return [];
        return [
          {
            rule: "fail-open",
            path,
            lines: { start: parsed.line, end: parsed.line },
            message:
              "A request whose signature does not hold is taken here all the same.",
            fix: "Answer 400 where the signature cannot be verified, and do nothing else.",
            confidence: "likely",
            identity: `taken anyway ${verified.target}`,
          },
        ];
      }),
    ),
  );
}

function isVerified(project: Project, path: string, value: Value): boolean {
  return valuesWithin(value).some((part) => {
    if (part.kind !== "call") return false;
    const lookup = lookupOf(project, path, part);
    return lookup?.kind === "signature" && lookup.rejects;
  });
}

function skippedTests(project: Project): Finding[] {
  return serverTests(project).flatMap(({ path, facts, step }): Finding[] => {
    const name = skippedFor(facts, step);
    if (name === undefined || refusesWithout(facts, name)) return [];
    return [
      {
        rule: "fail-open",
        path,
        lines: { start: step.line, end: step.line },
        message:
          "A request that carries no signature skips this test and is let in.",
        fix: "Refuse a request without a signature before you verify the signature of the others.",
        confidence: "likely",
        identity: `unsigned ${name}`,
      },
    ];
  });
}

/** `if (signature && !verify(body, signature)) return …`: the name of the signature whose absence skips the test. */
function skippedFor(
  facts: FunctionFacts,
  step: Extract<Step, { kind: "if" }>,
): string | undefined {
  return skippedInside(facts, step) ?? skippedAtOnce(facts, step);
}

/** `if (signature) { if (signature !== expected) return … }`. */
function skippedInside(
  facts: FunctionFacts,
  step: Extract<Step, { kind: "if" }>,
): string | undefined {
  if (exits(step.then) || step.else.length > 0) return undefined;
  const asked = valuesWithin(step.test).find((one) => isSignature(facts, one));
  if (asked?.kind !== "name" || !isAskedFor(step.test)) return undefined;
  const refuses = step.then.some(
    (one) =>
      one.kind === "if" &&
      exits(one.then) &&
      refusesMismatch(one.test, asked.name),
  );
  return refuses ? asked.name : undefined;
}

/** A test of whether something is there, and nothing else: `signature`, `secret && signature`. */
function isAskedFor(test: Value): boolean {
  return (
    test.kind === "name" ||
    (test.kind === "either" &&
      test.operator === "&&" &&
      test.options.every(({ kind }) => kind === "name"))
  );
}

function refusesMismatch(test: Value, name: string): boolean {
  const isRefusing =
    test.kind === "not" ||
    (test.kind === "compare" && test.operator.startsWith("!"));
  return isRefusing && names(test, name);
}

function skippedAtOnce(
  facts: FunctionFacts,
  { test, then }: Extract<Step, { kind: "if" }>,
): string | undefined {
  if (test.kind !== "either" || test.operator !== "&&" || !exits(then))
    return undefined;
  const asked = test.options.find((one) => isSignature(facts, one));
  if (asked?.kind !== "name") return undefined;
  const isVerified = test.options.some(
    (one) => one !== asked && refusesMismatch(one, asked.name),
  );
  return isVerified ? asked.name : undefined;
}

/** Whether a value is the signature that came with the request. */
function isSignature(facts: FunctionFacts, value: Value): boolean {
  if (value.kind !== "name") return false;
  if (isSentProof(value.name)) return signatureHeader.test(value.name);
  const given = localsOf(facts).get(value.name)?.value;
  return (
    given !== undefined &&
    valuesWithin(given).some((part) =>
      part.kind === "call"
        ? isPresence(part) &&
          signatureHeader.test(stringOf(part.arguments[0]) ?? "")
        : (part.kind === "name" || part.kind === "member") &&
          (signatureHeader.test(part.name) ||
            (part.kind === "member" &&
              signatureHeader.test(stringOf(part.key) ?? ""))) &&
          /headers/.test(textOf(part)),
    )
  );
}

function textOf(part: Value): string {
  if (part.kind === "name") return part.name;
  return part.kind === "member" && part.of.kind === "name" ? part.of.name : "";
}

/** Whether the function refuses what comes without it: `if (!signature) return …`. */
function refusesWithout(facts: FunctionFacts, name: string): boolean {
  return allSteps(facts.steps).some(
    (step) =>
      step.kind === "if" &&
      (exits(step.then) || exits(step.else)) &&
      (step.test.kind === "not" ||
        (step.test.kind === "name" && step.test.name === name) ||
        (step.test.kind === "either" && step.test.operator === "||")) &&
      names(step.test, name),
  );
}

function names(value: Value, name: string): boolean {
  return valuesWithin(value).some(
    (part) => part.kind === "name" && part.name === name,
  );
}
