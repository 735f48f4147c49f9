import type { Finding } from "#gate/finding.js";
import { exits } from "#model/guard-tests.js";
import { localsOf } from "#model/local-values.js";
import type { Project } from "#model/project.js";
import { isRequestName } from "#model/request-names.js";
import { runtimeOf } from "#model/runtimes.js";
import { isPresence, isSentProof } from "#model/sent-proofs.js";
import {
  allSteps,
  type CallValue,
  stringOf,
  valuesWithin,
} from "#model/value-walk.js";
import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";

const roleWord = /admin|role|staff|superuser|moderator|is_?owner/i;

/** Tests for administrators that believe what the request says of itself: a header, a cookie, a field. */
export function claimedRoles(project: Project): Finding[] {
  return [...project.files].flatMap(([path, { code }]) => {
    if (
      code === undefined ||
      !["server", "edge"].includes(runtimeOf(project, path))
    )
      return [];
    return code.functions.flatMap((facts) =>
      allSteps(facts.steps).flatMap((step): Finding[] => {
        if (step.kind !== "if" || !refuses(step)) return [];
        const claim = claimIn(step.test, facts);
        return claim === undefined ? [] : [findingFor(path, step.line, claim)];
      }),
    );
  });
}

/** The branch answers that somebody may not, in words or as a status. */
function refuses(step: Extract<Step, { kind: "if" }>): boolean {
  return [step.then, step.else].some(
    (branch) =>
      exits(branch) &&
      allSteps(branch).some(
        (one) =>
          "value" in one &&
          one.value !== undefined &&
          valuesWithin(one.value).some(isRefusal),
      ),
  );
}

function isRefusal(part: Value): boolean {
  if (part.kind === "call")
    return /(?:^|\.)(?:forbidden|unauthorized|Forbidden\w*|Unauthorized\w*)$/.test(
      part.callee,
    );
  return (
    part.kind === "literal" &&
    (part.value === 401 ||
      part.value === 403 ||
      /^(?:forbidden|unauthorized|access denied|not allowed|admins? only)/i.test(
        String(part.value),
      ))
  );
}

/** What the request claims, compared with the name of a role or only looked at. */
function claimIn(test: Value, facts: FunctionFacts): string | undefined {
  if (test.kind === "either")
    return test.operator === "&&" || test.options.length !== 1
      ? soleClaim(test.options, facts)
      : undefined;
  if (test.kind === "not") return claimOf(test.of, facts);
  if (test.kind !== "compare") return undefined;
  const isName = (side: Value) =>
    /^(?:true|1|yes|\w*admin\w*|staff|owner|moderator|superuser)$/i.test(
      stringOf(side) ?? (side.kind === "literal" ? String(side.value) : ""),
    );
  if (isName(test.right)) return claimOf(test.left, facts);
  return isName(test.left) ? claimOf(test.right, facts) : undefined;
}

/** A claim decides alone where every part of the test is one. */
function soleClaim(
  parts: readonly Value[],
  facts: FunctionFacts,
): string | undefined {
  const claims = parts.map((part) => claimIn(part, facts));
  return claims.includes(undefined) ? undefined : claims[0];
}

function claimOf(
  value: Value,
  facts: FunctionFacts,
  depth = 3,
): string | undefined {
  if (depth <= 0) return undefined;
  if (value.kind === "member") return claimOf(value.of, facts, depth);
  if (value.kind === "call") return readClaim(value);
  if (value.kind !== "name") return undefined;
  const isSent = isSentProof(value.name) || isRequestName(value.name);
  if (isSent) return roleWord.test(value.name) ? value.name : undefined;
  const local = localsOf(facts).get(value.name);
  if (local === undefined || !roleWord.test(value.name)) return undefined;
  const given: Value =
    local.member === "" || local.value.kind !== "name"
      ? local.value
      : { ...local.value, name: `${local.value.name}.${local.member}` };
  return claimOf(given, facts, depth - 1);
}

/** `request.headers.get("x-role")`, `url.searchParams.get("admin")`. */
function readClaim(call: CallValue): string | undefined {
  const name = stringOf(call.arguments[0]) ?? "";
  const isSent = isPresence(call) || /searchParams\.get$/.test(call.callee);
  return isSent && roleWord.test(name) ? name : undefined;
}

function findingFor(path: string, line: number, claim: string): Finding {
  return {
    rule: "weak-admin-test",
    path,
    lines: { start: line, end: line },
    message: `Whoever sends "${claim}" passes for an administrator here: the request says so itself.`,
    fix: "Look the role up on the server, by the session of the caller.",
    confidence: "likely",
    identity: `claimed ${claim}`,
  };
}
