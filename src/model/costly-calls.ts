import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { convexCallee } from "./convex-functions.js";
import type { CostKind } from "./cost.js";
import { costlyHost, costlyPackage, modelPaths } from "./costly-table.js";
import type { FunctionRef } from "./function-ref.js";
import {
  callsIn,
  functionAt,
  functionsIn,
  resolveFunction,
} from "./functions.js";
import { httpTarget } from "./http-calls.js";
import { optionOf } from "./option-of.js";
import { packageOf } from "./package-names.js";
import type { Project } from "./project.js";
import {
  type PlacedCallValue,
  provenanceOfCallee,
  type Provenance,
} from "./provenance.js";
import { urlTarget } from "./url-origins.js";
import { type CallValue, lastName } from "./value-walk.js";

/** A call that costs money each time it runs. */
export interface CostlyCall {
  /** Who is paid: `OpenAI`. */
  readonly provider: string;
  readonly kind: CostKind;
  readonly path: string;
  /** Line from 1. */
  readonly line: number;
  /** The function that it stands in. */
  readonly in: FunctionRef;
  readonly call: CallValue;
  /** Package and way of an SDK call; absent for plain HTTP. */
  readonly sdk?: Provenance;
  /** Host of a plain HTTP call. */
  readonly host?: string;
}

/** A costly call with the functions that lead to it. */
export interface ReachedCall {
  readonly costly: CostlyCall;
  /** From the start to the function that calls, both included. */
  readonly via: readonly FunctionRef[];
}

/** Calls of calls are followed this deep. */
const maxReach = 5;
/** Functions that one search looks at; more is no way that a reader could follow. */
const maxFunctions = 400;

const direct = new WeakMap<Project, Map<string, readonly CostlyCall[]>>();

/** The costly calls that a function makes itself, without those of functions in it. */
export function costlyCallsIn(
  project: Project,
  ref: FunctionRef,
): readonly CostlyCall[] {
  let cache = direct.get(project);
  if (!cache) direct.set(project, (cache = new Map()));
  const key = keyOf(ref);
  const before = cache.get(key);
  if (before) return before;
  const facts = functionAt(project, ref);
  const found = facts
    ? callsIn(facts).flatMap(
        ({ call }) => costOf(project, ref, facts, call) ?? [],
      )
    : [];
  cache.set(key, found);
  return found;
}

/**
 * The costly calls that running a function leads to: its own, those of functions that stand in it, and those of the
 * project's functions that they call.
 */
export function costlyReach(
  project: Project,
  start: FunctionRef,
): readonly ReachedCall[] {
  return functionsReached(project, start).flatMap((via) =>
    costlyCallsIn(project, via.at(-1) ?? start).map((costly) => ({
      costly,
      via,
    })),
  );
}

const reached = new WeakMap<
  Project,
  Map<string, readonly (readonly FunctionRef[])[]>
>();

/** The functions that running a function may run, each with the way to it, nearest first. */
export function functionsReached(
  project: Project,
  start: FunctionRef,
): readonly (readonly FunctionRef[])[] {
  let cache = reached.get(project);
  if (!cache) reached.set(project, (cache = new Map()));
  const before = cache.get(keyOf(start));
  if (before) return before;
  const found = search(project, start);
  cache.set(keyOf(start), found);
  return found;
}

interface Stop {
  readonly way: readonly FunctionRef[];
  readonly depth: number;
}

function search(
  project: Project,
  start: FunctionRef,
): readonly (readonly FunctionRef[])[] {
  const seen = new Set([keyOf(start)]);
  const queue: Stop[] = [{ way: [start], depth: 0 }];
  for (let at = 0; at < queue.length && queue.length < maxFunctions; at++) {
    const { way, depth } = queue[at] as Stop;
    const ref = way.at(-1) as FunctionRef;
    const enter = (next: FunctionRef, cost: number) => {
      if (seen.has(keyOf(next)) || depth + cost > maxReach) return;
      seen.add(keyOf(next));
      queue.push({ way: [...way, next], depth: depth + cost });
    };
    for (const inner of functionsIn(project, ref)) enter(inner, 0);
    for (const callee of calleesOf(project, ref)) enter(callee, 1);
  }
  return queue.map(({ way }) => way);
}

const callees = new WeakMap<FunctionFacts, readonly FunctionRef[]>();

/** The project's functions that a function calls. */
export function calleesOf(
  project: Project,
  ref: FunctionRef,
): readonly FunctionRef[] {
  const facts = functionAt(project, ref);
  if (facts === undefined) return [];
  const before = callees.get(facts);
  if (before) return before;
  const found = callsIn(facts).flatMap(
    ({ call }) => calleeOf(project, ref.path, facts, call) ?? [],
  );
  callees.set(facts, found);
  return found;
}

/** The project's function that a call runs. */
export function calleeOf(
  project: Project,
  path: string,
  facts: FunctionFacts,
  call: CallValue,
): FunctionRef | undefined {
  const { callee, on, line } = call;
  if (on !== undefined || callee === "") return undefined;
  const name: Value = { kind: "name", name: callee, line };
  return (
    convexCallee(project, call) ?? resolveFunction(project, path, name, facts)
  );
}

function keyOf({ path, at }: FunctionRef): string {
  return `${path}#${String(at)}`;
}

/** Last names of functions that may belong to a package of the table; others are not looked up. */
const mayCost =
  /^(?:create\w*|generate\w*|stream\w*|embed\w*|run\w*|send\w*|invoke\w*|converse\w*|chat\w*|complete|parse|query|get(?:Chat)?(?:Completions|Images|Embeddings)|batch\w*|call|predict|subscribe|submit|convert\w*|textToSpeech|transcribe\w*|translate\w*|edit\w*|connect|rerank|summarize|classify|experimental_\w+|recognize|longRunningRecognize|synthesizeSpeech|\w+Detection|annotateImage|publish|start|request|confirm|geocode|reverseGeocode|directions|distancematrix|place\w+|textSearch|findPlaceFromText|search\w*|extract|answer|scrape\w*|crawl\w*|launch|live|process|task|prompt|compose|upscaleImage|toolRunner|findSimilar|text(?:Generation|To)\w*|imageTo\w+|automaticSpeechRecognition|featureExtraction|summarization|translation|questionAnswering|network|contextualizedEmbed|copilotRuntime\w+|post|infill|bytes|sse|synthesize\w+|speak\w+|recognizeOnceAsync|beginSend|processDocument|batchProcessDocuments|getJson|getTextEmbedding|callModel|dial)$/;

/** A binding of the platform: `env.AI.run("@cf/…", input)`. */
const workersAi = /(?:^|\.)(?:env|bindings|cloudflare)\.AI\.run$/i;

function costOf(
  project: Project,
  ref: FunctionRef,
  facts: FunctionFacts,
  call: CallValue,
): CostlyCall | undefined {
  const base = { path: ref.path, line: call.line, in: ref, call };
  const placed = { path: ref.path, value: call, within: facts };
  const bySdk = costOfSdk(project, ref, placed);
  if (bySdk) return { ...base, ...bySdk };
  if (workersAi.test(call.callee))
    return { ...base, provider: "Cloudflare Workers AI", kind: "model" };
  const target = httpTarget(project, placed);
  if (target?.kind !== "absolute") return undefined;
  const { host } = target;
  const path = `${target.path}${tailOf(call.arguments[0])}`;
  const known = costlyHost(host, path);
  if (known)
    return { ...base, provider: known.provider, kind: known.kind, host };
  return modelPaths.test(path) && !isLocalHost(host)
    ? { ...base, provider: host, kind: "model", host }
    : undefined;
}

/** What stands behind the first hole of an address: `*.json`. Holes are stars. */
function tailOf(url: Value | undefined): string {
  if (url?.kind !== "template") return "";
  const [first, ...rest] = url.parts;
  // Where the address begins with a hole, its start was looked up and may hold the rest already.
  if (first?.kind !== "literal") return "";
  return rest
    .map((part) => (part.kind === "literal" ? String(part.value) : "*"))
    .join("");
}

function costOfSdk(
  project: Project,
  ref: FunctionRef,
  placed: PlacedCallValue,
): Pick<CostlyCall, "provider" | "kind" | "sdk"> | undefined {
  const call = placed.value;
  const name = lastName(call.callee);
  if (!mayCost.test(name) && !isPromptName(name)) return undefined;
  const sdk =
    provenanceOfCallee(project, placed) ?? clientOf(project, ref, call);
  const known = sdk && costlyPackage(sdk.package);
  if (!sdk || !known?.calls.test(sdk.way) || isLocal(project, sdk))
    return undefined;
  return { provider: known.provider, kind: known.kind, sdk };
}

/** Ways that only clients of models have, so that one which is handed over is known by its use. */
const ownWays =
  /\.(?:chat\.completions\.(?:create|stream|parse)|responses\.(?:create|stream|parse)|images\.generate|audio\.(?:speech|transcriptions)\.create|embeddings\.create|generateContent(?:Stream)?|sendMessage(?:Stream)?)$/;

/** The package of a client that comes as a parameter, by what its file imports. */
function clientOf(
  project: Project,
  { path }: FunctionRef,
  { callee }: CallValue,
): Provenance | undefined {
  const way = ownWays.exec(callee)?.[0];
  if (way === undefined) return undefined;
  for (const { from } of project.files.get(path)?.module?.imports ?? []) {
    const name = packageOf(from);
    const known = name === undefined ? undefined : costlyPackage(name);
    if (name !== undefined && known?.kind === "model" && known.calls.test(way))
      return { package: name, way: `default()${way}`, calls: [] };
  }
  return undefined;
}

/** Prompts that a library makes callable: `const summary = ai.definePrompt(…); await summary(input)`. */
function isPromptName(name: string): boolean {
  return /prompt/i.test(name);
}

/** A client that talks to a model on the same machine. */
function isLocal(project: Project, sdk: Provenance | undefined): boolean {
  return (sdk?.calls ?? []).some((made) => {
    const base = optionOf(made.value.arguments[0], "baseURL", "baseUrl");
    if (base === undefined) return false;
    const target = urlTarget(project, { ...made, value: base });
    return target.kind === "absolute" && isLocalHost(target.host);
  });
}

function isLocalHost(host: string): boolean {
  return /^(?:localhost|127\.|0\.0\.0\.0|\[?::1|host\.docker\.internal|ollama$)/.test(
    host,
  );
}
