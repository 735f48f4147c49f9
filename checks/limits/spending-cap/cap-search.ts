import { assignedIn } from "#model/assigned-values.js";
import type { CostlyCall } from "#model/costly-calls.js";
import { functionAt, resolveFunction } from "#model/functions.js";
import type { Placed } from "#model/placed.js";
import type { Project } from "#model/project.js";
import { valueOfName } from "#model/value-of-name.js";
import { allSteps, partsOf } from "#model/value-walk.js";
import type { Value } from "#parse/module-facts.js";

const capName =
  /^(?:max_?(?:completion_?|output_?|new_?)?tokens(?:_?to_?sample)?|max_?length|num_?predict|max_?(?:output|response)_?length)$/i;

/** SDKs whose calls take the prompt first. */
const promptFirst =
  /^(?:@google\/generative-ai|@google-cloud\/vertexai|langchain|@langchain\/.+)$/;

/** Values that one search looks at. */
const maxValues = 300;

/**
 * Whether a call to a model limits the length of its answer: in its arguments, in the objects and functions that they
 * come from, or where the client or the model was made.
 *
 * @returns `unknown` where the arguments come from elsewhere as a whole.
 */
export function capOf(
  project: Project,
  { path, in: ref, call, sdk }: CostlyCall,
): "set" | "none" | "unknown" {
  const within = functionAt(project, ref);
  const start: Placed[] = [
    ...call.arguments.map((value) => ({ path, value, within })),
    ...(sdk?.calls ?? []).flatMap((made) =>
      made.value.arguments.map((value) => ({ ...made, value })),
    ),
  ];
  // A URL, or a prompt that is a text: what decides is the rest.
  const [first] = call.arguments;
  const isPrompt =
    sdk === undefined ||
    (promptFirst.test(sdk.package) && first?.kind !== "object");
  return search(project, start, isPrompt);
}

function search(
  project: Project,
  start: readonly Placed[],
  startsWithText: boolean,
): "set" | "none" | "unknown" {
  const pending = [...start];
  const wholes = new Set<Value>(
    start.slice(startsWithText ? 1 : 0).map((one) => one.value),
  );
  const seen = new Set<Value>();
  let isUnknown = false;
  for (let at = pending.pop(); at; at = pending.pop()) {
    if (seen.has(at.value) || seen.size > maxValues) continue;
    seen.add(at.value);
    if (setsCap(project, at)) return "set";
    const { value } = at;
    const next = followed(project, at);
    if (next === undefined && wholes.has(value) && mayHoldOptions(value))
      isUnknown = true;
    for (const one of next ?? []) {
      pending.push(one);
      if (wholes.has(value) && isWhole(value, one.value)) wholes.add(one.value);
    }
  }
  return isUnknown ? "unknown" : "none";
}

/** Whether a part may hold all options as its whole does: what a name stands for, spreads, the body. */
function isWhole(value: Value, part: Value): boolean {
  if (value.kind === "object")
    return value.entries.some(
      ({ key, value: own }) =>
        own === part &&
        /^(?:\.\.\.|body|data|json|payload|config|generationConfig|settings|options)$/.test(
          key,
        ),
    );
  return /^(?:name|call|either|spread)$/.test(value.kind);
}

function mayHoldOptions({ kind }: Value): boolean {
  return /^(?:name|call|other|member)$/.test(kind);
}

function setsCap(project: Project, { path, value }: Placed): boolean {
  if (value.kind === "object")
    return value.entries.some(
      ({ key, value: set }) =>
        capName.test(key) && !(set.kind === "name" && set.name === "undefined"),
    );
  if (value.kind === "literal")
    return (
      typeof value.value === "string" &&
      /max_?(?:\w{1,12}_?)?tokens/i.test(value.value) &&
      value.value.includes("{")
    );
  if (value.kind !== "name") return false;
  const code = project.files.get(path)?.code;
  return (
    code !== undefined &&
    [
      "max_tokens",
      "max_completion_tokens",
      "max_output_tokens",
      "maxTokens",
      "maxOutputTokens",
      "generationConfig.maxOutputTokens",
      "config.maxOutputTokens",
    ].some((key) => assignedIn(code, `${value.name}.${key}`).length > 0)
  );
}

/** What a value is made of, or where it comes from; undefined where that cannot be told. */
function followed(project: Project, at: Placed): readonly Placed[] | undefined {
  const { path, value, within } = at;
  if (value.kind === "name") {
    const found = valueOfName(project, at, value.name);
    return found &&
      !(found.value.kind === "name" && found.value.name === value.name)
      ? [found]
      : undefined;
  }
  const parts = partsOf(value).map((part) => ({ ...at, value: part }));
  if (value.kind !== "call") return parts;
  if (/^(?:JSON\.stringify|Object\.assign|structuredClone)$/.test(value.callee))
    return parts;
  const maker =
    value.callee === "" || value.on
      ? undefined
      : resolveFunction(
          project,
          path,
          { kind: "name", name: value.callee, line: value.line },
          within,
        );
  const facts = maker && functionAt(project, maker);
  if (!facts) return parts.length > 0 ? parts : undefined;
  const returned = allSteps(facts.steps).flatMap((step) =>
    step.kind === "return" && step.value
      ? [{ path: maker.path, value: step.value, within: facts }]
      : [],
  );
  return [...parts, ...returned];
}
