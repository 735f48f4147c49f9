import type { Value } from "#parse/module-facts.js";
import { assignedIn } from "./assigned-values.js";
import { functionAt, callsIn, resolveFunction } from "./functions.js";
import { optionOf } from "./option-of.js";
import type { Placed } from "./placed.js";
import type { Project } from "./project.js";
import { type PlacedCallValue, provenanceOfCallee } from "./provenance.js";
import { type UrlTarget, urlTarget } from "./url-origins.js";
import { valueOfName } from "./value-of-name.js";
import { lastName, rootName } from "./value-walk.js";

const globals =
  /^(?:(?:window|globalThis|self|global)\.)?(?:fetch|\$fetch|ofetch|WebSocket|EventSource|(?:navigator\.)?sendBeacon)$|^navigator\.sendBeacon$|^(?:FileSystem\.)?uploadAsync$/;
const clients =
  /^(?:axios|ky|got|superagent|undici|node-fetch|cross-fetch|isomorphic-fetch|needle|request|request-promise|ofetch|wretch|redaxios|@angular\/common|@nestjs\/axios|expo|phin|bent|isomorphic-unfetch|make-fetch-happen|fetch-retry)$/;
const verbs =
  /^(?:get|post|put|patch|delete|head|request|fetch|json|stream|open|extend|default|post\$|axiosRef)$/;

/**
 * Where a call of `fetch`, of an HTTP library, of one of its instances, or of the project's own wrapper around one leads.
 *
 * @returns undefined for calls that send no request.
 */
export function httpTarget(
  project: Project,
  placed: PlacedCallValue,
): UrlTarget | undefined {
  const { callee, arguments: given } = placed.value;
  const [first] = given;
  if (first === undefined) return undefined;
  const at = (value: Value): UrlTarget =>
    urlTarget(project, { ...placed, value });
  if (globals.test(callee)) return at(first);
  if (given[1] && isRequestObject(project, placed)) return at(given[1]);
  const name = lastName(callee);
  if (verbs.test(name) || name === callee || callee === "") {
    const made = provenanceOfCallee(project, placed);
    if (made && (clients.test(made.package) || isRequestOf(made.package, name)))
      return ofClient(project, placed, made.calls);
  }
  return isWrapper(project, placed) ? at(first) : ofInjected(project, placed);
}

/** `request.open("POST", url)` of an `XMLHttpRequest`. */
function isRequestObject(project: Project, placed: PlacedCallValue): boolean {
  const { callee } = placed.value;
  if (!callee.endsWith(".open")) return false;
  if (/^(?:xhr|\w*[rR]equest)\.open$/.test(callee)) return true;
  const made = valueOfName(project, placed, callee.slice(0, -".open".length));
  return (
    made?.value.kind === "call" && /XMLHttpRequest$/.test(made.value.callee)
  );
}

function isRequestOf(name: string, method: string): boolean {
  return (
    /^(?:https?|node:https?)$/.test(name) && /^(?:request|get)$/.test(method)
  );
}

/** `axios.post(url)`, `axios({ url })`, and instances that were made with a base. */
function ofClient(
  project: Project,
  placed: PlacedCallValue,
  made: readonly PlacedCallValue[],
): UrlTarget | undefined {
  const [first] = placed.value.arguments;
  const url = optionOf(first, "url", "uri", "hostname", "host") ?? first;
  if (url === undefined) return undefined;
  const own = urlTarget(project, { ...placed, value: url });
  if (own.kind === "absolute" || own.kind === "setting") return own;
  const base = [placed, ...made.toReversed()]
    .flatMap((one): Placed[] =>
      one.value.arguments.flatMap((argument) => {
        const found = optionOf(argument, "baseURL", "prefixUrl", "baseUrl");
        return found ? [{ ...one, value: found }] : [];
      }),
    )
    .concat(defaultBase(project, placed))[0];
  if (base === undefined) return own;
  const start = urlTarget(project, base);
  const slash = start.path.endsWith("/") || own.path.startsWith("/") ? "" : "/";
  return { ...start, path: `${start.path}${slash}${own.path}` };
}

/** `api.defaults.baseURL = …` in the same file. */
function defaultBase(
  project: Project,
  { path, value }: PlacedCallValue,
): Placed[] {
  const code = project.files.get(path)?.code;
  const name = `${rootName(value.callee)}.defaults.baseURL`;
  return code ? assignedIn(code, name).map((one) => ({ path, ...one })) : [];
}

/** A function of the project that sends its first parameter's address: `fetchWithRetry(url, options)`. */
function isWrapper(
  project: Project,
  { path, value, within }: PlacedCallValue,
): boolean {
  const [first] = value.arguments;
  if (value.on !== undefined || first === undefined) return false;
  if (!/fetch|request|post|get|http|call|api|send/i.test(value.callee))
    return false;
  const ref = resolveFunction(
    project,
    path,
    { kind: "name", name: value.callee, line: value.line },
    within,
  );
  const facts = ref && functionAt(project, ref);
  const url = facts?.parameters[0]?.[0]?.local;
  if (!facts || url === undefined) return false;
  return callsIn(facts).some(
    ({ call }) =>
      call.arguments[0]?.kind === "name" &&
      call.arguments[0].name === url &&
      (globals.test(call.callee) || /^(?:axios|ky|got)\b/.test(call.callee)),
  );
}

/** `this.http.post(url)` of an injected client. */
function ofInjected(
  project: Project,
  placed: PlacedCallValue,
): UrlTarget | undefined {
  const { callee, arguments: given } = placed.value;
  if (
    !/^this\.(?:\w*http\w*|axios\w*)\.(?:axiosRef\.)?(?:get|post|put|patch|delete|request)$/i.test(
      callee,
    )
  )
    return undefined;
  const [first] = given;
  return first && urlTarget(project, { ...placed, value: first });
}
