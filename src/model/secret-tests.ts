import type { FunctionFacts } from "#parse/code-facts.js";
import type { ObjectEntry, Value } from "#parse/module-facts.js";
import { resolveConstant } from "./constants.js";
import { dataShape } from "./data-operations.js";
import type { GuardKind } from "./identity-lookups.js";
import { localsOf } from "./local-values.js";
import type { Project } from "./project.js";
import { functionAt, resolveFunction } from "./functions.js";
import {
  allSteps,
  type CallValue,
  hasPart,
  lastName,
  stringOf,
  valuesWithin,
} from "./value-walk.js";

const secretSetting = /SECRET|TOKEN|KEY|PASSWORD|PASSWD|AUTH|CRON|SIGNATURE/i;

/** A comparison with a secret of the server, or with a signature that is computed. */
export function comparedSecret(
  project: Project,
  path: string,
  test: Value,
  within: FunctionFacts,
): { readonly kind: GuardKind; readonly how: string } | undefined {
  for (const part of valuesWithin(test)) {
    for (const side of comparedBy(part)) {
      const found = secretIn(project, path, side, within, 4);
      if (found) return found;
    }
  }
  return undefined;
}

/** What a part of a test compares: by an operator, or by a function that is called for that. */
function comparedBy(part: Value): readonly Value[] {
  if (part.kind === "compare") return [part.left, part.right];
  return isComparison(part) ? part.arguments : [];
}

/** `safeEqual(given, expected)`, whatever takes its time to compare. */
export function isComparison(part: Value): part is CallValue {
  return (
    part.kind === "call" &&
    part.arguments.length >= 2 &&
    /(?:equals?|compare|match\w*|timingSafe\w*|constantTime\w*|safeCompare\w*)$/i.test(
      lastName(part.callee),
    ) &&
    !/bcrypt|argon|hash/i.test(part.callee)
  );
}

/** Whether a value holds a secret of the server, through variables, constants and functions that give one back. */
export function secretWithin(
  project: Project,
  path: string,
  value: Value,
  within: FunctionFacts | undefined,
): boolean {
  return secretIn(project, path, value, within, 4)?.kind === "secret";
}

function secretIn(
  project: Project,
  path: string,
  value: Value,
  within: FunctionFacts | undefined,
  depth: number,
): { readonly kind: GuardKind; readonly how: string } | undefined {
  if (depth <= 0) return undefined;
  for (const part of valuesWithin(value)) {
    if (part.kind === "environment" && secretSetting.test(part.name))
      return { kind: "secret", how: part.name };
    if (
      part.kind === "call" &&
      /(?:^|\.)(?:createHmac|digest|sign)$/.test(part.callee)
    )
      return { kind: "signature", how: part.callee };
    const named = secretByName(part, within);
    if (named) return named;
    const given = settingGivenBy(project, path, part, within, depth);
    if (given) return given;
    if (part.kind !== "name") continue;
    const local = within && localsOf(within).get(part.name);
    const next = local
      ? secretIn(project, path, local.value, within, depth - 1)
      : constantSecret(project, path, part.name, depth);
    if (next) return next;
  }
  return undefined;
}

/** What is a secret by what it is called or read by. */
function secretByName(
  part: Value,
  within: FunctionFacts | undefined,
): ReturnType<typeof comparedSecret> {
  if (isSettingByName(part)) return { kind: "secret", how: "a setting" };
  if (part.kind !== "name") return undefined;
  const isSetting =
    /^(?:env|config|process\.env|ctx\.env|c\.env)\.\w+$/.test(part.name) &&
    secretSetting.test(lastName(part.name));
  return isSetting || isSecretParameter(within, part.name)
    ? { kind: "secret", how: part.name }
    : undefined;
}

/** `expectedSecret`, which whoever calls reads from a setting. */
function isSecretParameter(
  within: FunctionFacts | undefined,
  name: string,
): boolean {
  return (
    /^(?:expected|configured|shared|webhook|signing|server|our)_?(?:secret|token|key|apiKey|signature)$/i.test(
      name,
    ) &&
    within?.parameters.some((bindings) =>
      bindings.some(({ local, path }) => local === name && path === ""),
    ) === true
  );
}

/** `adminKey()`, a function of the app's own that gives back a setting. */
function settingGivenBy(
  project: Project,
  path: string,
  part: Value,
  within: FunctionFacts | undefined,
  depth: number,
): ReturnType<typeof comparedSecret> {
  if (part.kind !== "call" || part.on !== undefined) return undefined;
  if (part.arguments.length > 0) return undefined;
  const callee: Value = { kind: "name", name: part.callee, line: part.line };
  const ref = resolveFunction(project, path, callee, within);
  const facts = ref && functionAt(project, ref);
  if (ref === undefined || facts === undefined) return undefined;
  for (const step of allSteps(facts.steps)) {
    if (step.kind !== "return" || step.value === undefined) continue;
    const found = secretIn(project, ref.path, step.value, facts, depth - 1);
    if (found) return found;
  }
  return undefined;
}

/** `Deno.env.get(name)` and `process.env[name]`: which setting it is, whoever calls decides. */
function isSettingByName(part: Value): boolean {
  if (part.kind === "call")
    return (
      /^Deno\.env\.get$|^config(?:Service)?\.get(?:OrThrow)?$/.test(
        part.callee,
      ) && part.arguments[0]?.kind !== "literal"
    );
  return (
    part.kind === "member" &&
    part.name === "" &&
    part.of.kind === "name" &&
    part.of.name === "process.env"
  );
}

function constantSecret(
  project: Project,
  path: string,
  name: string,
  depth: number,
) {
  const constant = resolveConstant(project, path, name);
  return constant && constant.value.kind !== "function"
    ? secretIn(project, constant.path, constant.value, undefined, depth - 1)
    : undefined;
}

/** A read of one row by a token that only who was given it knows. */
export function tokenLookup(call: CallValue): string | undefined {
  // `db.select().from(invitations).where(eq(invitations.token, token))`.
  const shape = dataShape(call);
  if (shape?.kind === "read" && shape.predicates.some(isByToken))
    return call.callee;
  const isRead =
    /^(?:find\w*|get|select|single|maybeSingle|eq|query|queryOne|rpc)$/.test(
      lastName(call.callee),
    );
  if (!isRead) return undefined;
  const isNamed = call.arguments.some((argument) =>
    hasPart(argument, (part) => {
      if (part.kind === "object") return part.entries.some(isByToken);
      return part === argument && tokenKey.test(stringOf(part) ?? "");
    }),
  );
  return isNamed ? call.callee : undefined;
}

function isByToken({ key }: ObjectEntry): boolean {
  return tokenKey.test(key);
}

const tokenKey =
  /^(?:token|\w+_token|\w+Token|hashedKey|keyHash|apiKey|api_key|key_hash|secret|share_id|shareId|share_token|invite_?code|access_?code|otp|code_hash|signature)$/;
