import type { Finding } from "#gate/finding.js";
import { costlyCallsIn } from "#model/costly-calls.js";
import { costlyPackage } from "#model/costly-table.js";
import { callsIn } from "#model/functions.js";
import type { Project } from "#model/project.js";
import { provenanceOfCallee } from "#model/provenance.js";
import { type CallValue, lastName } from "#model/value-walk.js";
import {
  type BrowserFunction,
  evidenceOf,
  isExposed,
  isMadePublic,
  originOf,
  wayOfKey,
  weightOf,
} from "./browser-function.js";
import { keyOfMaker } from "./maker-key.js";

/** Clients of paid APIs that browsers make with a key, where the calls on them cannot be followed. */
export function makerFindings(
  project: Project,
  functions: readonly BrowserFunction[],
): readonly Finding[] {
  const followed = new Set(
    functions.flatMap(({ ref }) =>
      costlyCallsIn(project, ref).flatMap(({ sdk }) =>
        (sdk?.calls ?? []).map(({ path, value }) => placeOf(path, value)),
      ),
    ),
  );
  return functions.flatMap((one) =>
    callsIn(one.facts).flatMap(({ call }) =>
      followed.has(placeOf(one.ref.path, call))
        ? []
        : (makerFinding(project, one, call) ?? []),
    ),
  );
}

function placeOf(path: string, { line }: CallValue): string {
  return `${path}:${String(line)}`;
}

function makerFinding(
  project: Project,
  one: BrowserFunction,
  call: CallValue,
): Finding | undefined {
  if (!/^(?:[A-Z]\w*|create[A-Z]\w*)$/.test(lastName(call.callee)))
    return undefined;
  const { path } = one.ref;
  const made = { path, value: call, within: one.facts };
  const from = provenanceOfCallee(project, made);
  const known = from && costlyPackage(from.package);
  if (!known || from.calls.length > 0) return undefined;
  const origin = originOf(project, keyOfMaker(project, made));
  if (!isExposed(origin, one) || isMadePublic(origin)) return undefined;
  return {
    rule: "paid-call-from-browser",
    path,
    lines: { start: call.line, end: call.line },
    identity: `client of ${known.provider}`,
    message: `The browser makes a client of ${known.provider}, with ${wayOfKey(origin)}: everybody who opens the app can take the key and spend on it.`,
    fix: `Make the client in an endpoint of your own that knows the caller, counts calls and holds the key, and let the browser call that. Replace the key at ${known.provider}.`,
    confidence: "likely",
    evidence: evidenceOf(origin),
    ...weightOf(one, known.kind === "work"),
  };
}
