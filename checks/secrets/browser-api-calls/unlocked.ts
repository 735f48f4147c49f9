import type { Finding } from "#gate/finding.js";
import { callsIn } from "#model/functions.js";
import { optionOf } from "#model/option-of.js";
import type { Project } from "#model/project.js";
import { provenanceOfCallee } from "#model/provenance.js";
import { urlTarget } from "#model/url-origins.js";
import { valueOfName } from "#model/value-of-name.js";
import { type CallValue, valuesWithin } from "#model/value-walk.js";
import type { Value } from "#parse/module-facts.js";
import {
  type BrowserFunction,
  evidenceOf,
  isExposed,
  originOf,
  wayOfKey,
  weightOf,
} from "./browser-function.js";
import { keyOfMaker } from "./maker-key.js";

/** SDKs that refuse to run in browsers until they are told that it is meant so. */
export function unlockedFindings(
  project: Project,
  functions: readonly BrowserFunction[],
): readonly Finding[] {
  return functions.flatMap((one) =>
    callsOf(project, one).flatMap(
      (call) => unlockedFinding(project, one, call) ?? [],
    ),
  );
}

/** The calls of a function; with those of a file's top level come those that fill the fields of its classes. */
function callsOf(project: Project, { ref, facts }: BrowserFunction) {
  const own = callsIn(facts).map(({ call }) => call);
  if (ref.at !== -1) return own;
  const constants = project.files.get(ref.path)?.module?.constants ?? {};
  const fields = Object.values(constants).flatMap((value) =>
    value.kind === "class"
      ? valuesWithin(value).filter((part) => part.kind === "call")
      : [],
  );
  return [...own, ...fields];
}

function unlockedFinding(
  project: Project,
  one: BrowserFunction,
  call: CallValue,
): Finding | undefined {
  const { path } = one.ref;
  const made = { path, value: call, within: one.facts };
  const options = call.arguments.map((value) =>
    value.kind === "name"
      ? (valueOfName(project, made, value.name)?.value ?? value)
      : value,
  );
  if (!options.some(isUnlocked)) return undefined;
  const server = baseOf(project, made, options);
  const origin = originOf(project, keyOfMaker(project, made));
  if (server === "own" || origin?.kind === "person") return undefined;
  const name =
    provenanceOfCallee(project, made)?.package ?? (call.callee || "This SDK");
  const base = {
    rule: "sdk-unlocked-for-browsers",
    path,
    lines: { start: call.line, end: call.line },
    identity: name,
    fix: "Make the client in an endpoint of your own that knows the caller and holds the key, and let the browser call that. Replace the key.",
    evidence: evidenceOf(origin),
  };
  if (isExposed(origin, one))
    return {
      ...base,
      message: `${name} is told to run in browsers, with ${wayOfKey(origin)}: everybody who opens the app can take the key and spend on it.`,
      confidence: "certain",
      ...weightOf(one, server === "setting"),
    };
  if (one.isStray || server === "setting") return undefined;
  return {
    ...base,
    message: `${name} is told to run in browsers, where its user can read whatever key it is given.`,
    confidence: "possible",
    ...weightOf(one, true),
  };
}

function isUnlocked(options: Value): boolean {
  return isTrue(
    optionOf(
      options,
      "dangerouslyAllowBrowser",
      "dangerouslyAllowAPIKeyInBrowser",
    ),
  );
}

function isTrue(value: Value | undefined): boolean {
  return value?.kind === "literal" && value.value === true;
}

/** Whom the client asks: a server of the project, one that a setting names, or the provider. */
function baseOf(
  project: Project,
  at: { readonly path: string; readonly within: BrowserFunction["facts"] },
  options: readonly Value[],
): "own" | "setting" | "provider" {
  const base = options
    .map((value) => optionOf(value, "baseURL", "baseUrl"))
    .find((value) => value !== undefined);
  if (base === undefined) return "provider";
  const target = urlTarget(project, { ...at, value: base });
  if (target.kind === "setting") return "setting";
  const isOwn =
    target.kind === "relative" ||
    (target.kind === "absolute" &&
      /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0)$/.test(target.host));
  return isOwn ? "own" : "provider";
}
