import type { Value } from "#parse/module-facts.js";
import { assignedIn } from "./assigned-values.js";
import { callsIn } from "./functions.js";
import type { Placed } from "./placed.js";
import type { Project } from "./project.js";
import { provenanceOfCallee } from "./provenance.js";
import { valueOfName } from "./value-of-name.js";
import { lastName, partsOf, rootName } from "./value-walk.js";

/** Headers, options and fields that carry a credential. */
const carrier =
  /^(?:(?:proxy-)?authorization|auth|bearer|password|(?:[a-z]+-)*(?:api|subscription|access|auth|secret|private)?-?(?:key|token|secret)|client-?secret|credentials?|secret-?access-?key|access-?key-?id|app-?id|appid)$/i;
/** The end of a text behind which a credential follows: `?key=`, `Bearer `. */
const opener =
  /[?&](?:key|api[_-]?key|apikey|app_?id|token|access_?token|access_key|auth|client_secret|secret|api_token|subscription-key|serp_api_key)=$|openai-insecure-api-key\.$|^(?:Bearer|Basic|Token|Key) $/i;

/** Objects within objects, and names that stand for them, are followed this far. */
const maxSteps = 120;

/** A value that is sent as a credential, with the place it is written in. */
export interface SentCredential extends Placed {
  /** Header, option or parameter that carries it, lower case without separators: `xapikey`. */
  readonly carrier: string;
}

/**
 * The values that a call hands over as credentials: in headers, options, query parameters and templates of its URL, in
 * the options of the client that it is called on, and in headers that are set beside it.
 */
export function credentialsIn(
  project: Project,
  placed: Placed,
): readonly SentCredential[] {
  const found: SentCredential[] = [];
  const seen = new Set<Value>();
  const pending: Placed[] = startsOf(project, placed);
  if (placed.value.kind === "call" && placed.value.callee.includes("."))
    found.push(...assignedTo(project, placed, rootName(placed.value.callee)));
  for (let at = pending.pop(); at; at = pending.pop()) {
    if (seen.size > maxSteps) break;
    if (seen.has(at.value)) continue;
    seen.add(at.value);
    const { value } = at;
    if (value.kind === "object") found.push(...ofEntries(at, value.entries));
    if (value.kind === "template") found.push(...ofTemplate(at, value.parts));
    if (value.kind === "name") {
      found.push(...assignedTo(project, at, value.name));
      const meant = valueOfName(project, at, value.name);
      if (meant) pending.push(meant);
      continue;
    }
    for (const part of partsOf(value)) pending.push({ ...at, value: part });
  }
  return found;
}

function startsOf(project: Project, placed: Placed): Placed[] {
  const { value } = placed;
  if (value.kind !== "call") return [placed];
  const makers = provenanceOfCallee(project, { ...placed, value })?.calls ?? [];
  return [{ ...placed, value }, ...makers].flatMap((one) =>
    one.value.arguments.map((given) => ({ ...one, value: given })),
  );
}

function ofEntries(
  at: Placed,
  entries: readonly { readonly key: string; readonly value: Value }[],
): SentCredential[] {
  return entries.flatMap(({ key, value }) =>
    carrier.test(key.replaceAll("_", "-")) ||
    /^(?:api|access|secret|auth)[A-Z]\w*(?:Key|Token|Secret)$|^\w*(?:ApiKey|AccessToken|SecretKey|APIKey)$/.test(
      key,
    )
      ? [{ ...at, value, carrier: plain(key) }]
      : [],
  );
}

function ofTemplate(at: Placed, parts: readonly Value[]): SentCredential[] {
  return parts.flatMap((part, index) => {
    const before = parts[index - 1];
    const text =
      before?.kind === "literal" && typeof before.value === "string"
        ? opener.exec(before.value)?.[0]
        : undefined;
    return text === undefined
      ? []
      : [{ ...at, value: part, carrier: plain(text) }];
  });
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, "");
}

/** `headers.Authorization = …`, `headers.set("Authorization", …)`, `request.setRequestHeader("Authorization", …)`. */
function assignedTo(
  project: Project,
  { path, within }: Placed,
  name: string,
): SentCredential[] {
  const code = project.files.get(path)?.code;
  if (!code) return [];
  const set = ["Authorization", "authorization", "x-api-key", "apiKey"].flatMap(
    (key) =>
      assignedIn(code, `${name}.${key}`).map((one) => ({
        path,
        ...one,
        carrier: plain(key),
      })),
  );
  const called = within
    ? callsIn(within).flatMap(({ callee, call }): SentCredential[] => {
        const [key, value] = call.arguments;
        return callee.startsWith(`${name}.`) &&
          /^(?:set|append|setRequestHeader)$/.test(lastName(callee)) &&
          key?.kind === "literal" &&
          carrier.test(String(key.value)) &&
          value
          ? [{ path, value, within, carrier: plain(String(key.value)) }]
          : [];
      })
    : [];
  return [...set, ...called];
}
