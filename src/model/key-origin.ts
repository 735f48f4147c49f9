import type { FunctionFacts } from "#parse/code-facts.js";
import { constantOf, type Value } from "#parse/module-facts.js";
import { givenFor } from "./callers.js";
import { functionAt, resolveFunction } from "./functions.js";
import { localsOf } from "./local-values.js";
import type { Placed } from "./placed.js";
import type { Project } from "./project.js";
import { publishedBy } from "./public-settings.js";
import { aSearch, deeper, isExhausted, type Search } from "./search.js";
import { valueOfName } from "./value-of-name.js";
import { allSteps, lastName, rootName } from "./value-walk.js";
import { functionById } from "./function-by-id.js";

/** Where a credential comes from, as a browser sees it. */
export interface KeyOrigin {
  /**
   * `written`: stands in the code. `published`: a setting that the bundler writes into the code. `hidden`: a setting that
   * stays on the server. `person`: the user brings it. `unknown`: something else, such as a token that a server gave.
   */
  readonly kind: "written" | "published" | "hidden" | "person" | "unknown";
  /** Name of the setting. */
  readonly setting?: string;
  readonly path: string;
  /** Line from 1. */
  readonly line: number;
}

const ranks: readonly KeyOrigin["kind"][] = [
  "written",
  "published",
  "hidden",
  "person",
  "unknown",
];

/** The most telling of several origins. */
export function worstOrigin(
  origins: readonly KeyOrigin[],
): KeyOrigin | undefined {
  return origins.toSorted(
    (one, other) => ranks.indexOf(one.kind) - ranks.indexOf(other.kind),
  )[0];
}

/** Where a credential comes from: names, fields, parameters, states and functions that return it are followed. */
export function keyOrigin(
  project: Project,
  placed: Placed,
  search = aSearch(12),
): KeyOrigin | undefined {
  const { path, value } = placed;
  const at = { path, line: value.line };
  if (isExhausted(search)) return { kind: "unknown", ...at };
  const worst = (values: readonly Value[]) =>
    worstOrigin(
      values.flatMap(
        (one) =>
          keyOrigin(project, { ...placed, value: one }, deeper(search)) ?? [],
      ),
    );
  switch (value.kind) {
    case "literal":
      return looksLikeKey(value.value) ? { kind: "written", ...at } : undefined;
    case "environment":
      return ofSetting(project, value.name, at);
    case "template":
      return worst(value.parts);
    case "either":
      return worst(value.options);
    case "name":
      return ofName(project, placed, value.name, search);
    case "call":
      return ofCall(project, placed, search) ?? { kind: "unknown", ...at };
    case "member":
      return worst([value.of]) ?? { kind: "unknown", ...at };
    default:
      return { kind: "unknown", ...at };
  }
}

function ofSetting(
  project: Project,
  setting: string,
  at: { readonly path: string; readonly line: number },
): KeyOrigin {
  const kind = publishedBy(project, setting) ? "published" : "hidden";
  return { kind, setting, ...at };
}

/** A text that may be a key rather than a scheme, a word or a stand-in. */
function looksLikeKey(value: string | number | boolean | null): boolean {
  return (
    typeof value === "string" &&
    /^(?:Bearer |Basic |Token |Key )?[\w.:~+/=-]{16,}$/.test(value) &&
    /\d/.test(value) &&
    !/your|example|placeholder|xxxx|changeme|dummy|sample|insert|replace|demo|test_?key/i.test(
      value,
    ) &&
    !/^(?:https?:|application\/|text\/|data:)/.test(value)
  );
}

/** What a person types or keeps in the own browser. */
const keptByPerson =
  /(?:localStorage|sessionStorage|AsyncStorage|SecureStore|storage|Preferences|EncryptedStorage|MMKV|Keychain)\w*\.(?:\w+\.)*get\w*$|^(?:window\.)?prompt$|^use(?:LocalStorage|Storage|ApiKey\w*|UserKey\w*|Settings\w*)$/;
/** Hooks that hold a value; what it starts with is handed over. */
const holders =
  /(?:^|\.)use(?:State|Ref|Memo|Signal|Callback)$|^(?:ref|shallowRef|signal|computed|writable|\$state|createSignal)$/;
const passers =
  /^(?:String|trim|toString|replace|atob|btoa|encodeURIComponent|decodeURIComponent|join|concat|slice|getString|assertString|required|ensure\w*)$/;

function ofCall(
  project: Project,
  placed: Placed,
  search: Search,
): KeyOrigin | undefined {
  const { value, path, within } = placed;
  if (value.kind !== "call") return undefined;
  const at = { path, line: value.line };
  const { callee, on } = value;
  const given = (values: readonly Value[]) =>
    worstOrigin(
      values.flatMap(
        (one) =>
          keyOrigin(project, { ...placed, value: one }, deeper(search)) ?? [],
      ),
    );
  if (keptByPerson.test(callee)) return { kind: "person", ...at };
  if (holders.test(callee))
    return given(value.arguments) ?? { kind: "person", ...at };
  if (passers.test(lastName(callee))) {
    const dot = callee.lastIndexOf(".");
    const owner: Value[] = on
      ? [on]
      : dot > 0
        ? [{ kind: "name", name: callee.slice(0, dot), line: value.line }]
        : [];
    return given([...owner, ...value.arguments]);
  }
  if (on !== undefined || callee === "") return undefined;
  const name: Value = { kind: "name", name: callee, line: value.line };
  const maker = resolveFunction(project, path, name, within);
  const facts = maker && functionAt(project, maker);
  if (!facts) return undefined;
  return worstOrigin(
    allSteps(facts.steps).flatMap((step) =>
      step.kind === "return" && step.value
        ? (keyOrigin(
            project,
            { path: maker.path, value: step.value, within: facts },
            deeper(search, 2),
          ) ?? [])
        : [],
    ),
  );
}

function ofName(
  project: Project,
  placed: Placed,
  name: string,
  search: Search,
): KeyOrigin | undefined {
  const { path, value, within } = placed;
  const at = { path, line: value.line };
  const setting =
    /^(?:process\.env|import\.meta\.env|Bun\.env)\.([\w$]+)$/.exec(name)?.[1];
  if (setting !== undefined) return ofSetting(project, setting, at);
  const dotted = dottedSetting(project, path, name);
  if (dotted !== undefined)
    return { kind: "published", setting: dotted, ...at };
  const found = valueOfName(project, placed, name);
  if (found && !(found.value.kind === "name" && found.value.name === name))
    return keyOrigin(project, found, deeper(search)) ?? undefined;
  const bound = boundBy(project, path, within, rootName(name));
  if (bound === undefined)
    return (
      ofConstant(project, placed, name, search) ?? { kind: "unknown", ...at }
    );
  if ("value" in bound)
    return keyOrigin(
      project,
      { path, value: bound.value, within: bound.within },
      deeper(search),
    );
  return (
    worstOrigin(
      givenFor(project, path, bound.within, bound.parameter).flatMap(
        (given) => keyOrigin(project, given, deeper(search, 3)) ?? [],
      ),
    ) ?? { kind: "unknown", ...at }
  );
}

/** A constant that stands for something from outside: `const key = Constants.expoConfig.extra.key`. */
function ofConstant(
  project: Project,
  { path }: Placed,
  name: string,
  search: Search,
): KeyOrigin | undefined {
  const module = project.files.get(path)?.module;
  const value = module && constantOf(module, name);
  return value?.kind === "name" && value.name !== name
    ? keyOrigin(project, { path, value, within: undefined }, deeper(search))
    : undefined;
}

/** Settings that bundlers publish and code reads as names: `import { KEY } from "@env"`, `Constants.expoConfig.extra.key`. */
function dottedSetting(
  project: Project,
  path: string,
  name: string,
): string | undefined {
  const imported = project.files
    .get(path)
    ?.module?.imports.find(({ local }) => local === rootName(name));
  if (imported && /^(?:@env|react-native-dotenv)$/.test(imported.from))
    return imported.name;
  if (imported && /^\$env\/(?:static|dynamic)\/public$/.test(imported.from))
    return imported.name === "env" ? lastName(name) : imported.name;
  if (imported?.from === "react-native-config") return lastName(name);
  return (
    /(?:expoConfig|manifest2?)\.extra\.(?:\w+\.)*(\w+)$/.exec(name)?.[1] ??
    /^(?:config|runtimeConfig)\.public\.(\w+)$/.exec(name)?.[1]
  );
}

type Bound =
  | { readonly value: Value; readonly within: FunctionFacts }
  | { readonly parameter: number; readonly within: FunctionFacts };

/** What binds a name in the enclosing functions: a whole value that it is a part of, or a parameter. */
function boundBy(
  project: Project,
  path: string,
  within: FunctionFacts | undefined,
  root: string,
): Bound | undefined {
  const code = project.files.get(path)?.code;
  for (let scope = within; code && scope && scope.at !== -1;) {
    const local = localsOf(scope).get(root);
    if (local) return { value: local.value, within: scope };
    const parameter = scope.parameters.findIndex((one) =>
      one.some((binding) => binding.local === root),
    );
    if (parameter >= 0) return { parameter, within: scope };
    const { parent }: FunctionFacts = scope;
    scope = functionById(code, parent);
  }
  return undefined;
}
