import { configEntries } from "#parse/config-entries.js";
import type { ConfigEntry } from "#parse/config-entry.js";
import { unquote } from "#parse/config-text.js";
import type { Opening, PolicyMark } from "./marks.js";

/** The policies that a JSON, YAML or TOML file states: platforms, infrastructure, buckets, settings. */
export function configPolicies(path: string, text: string): PolicyMark[] {
  const entries = configEntries(path, text);
  const index = new Map(entries.map((one) => [one.keys.join("\0"), one]));
  const found = entries.flatMap((entry) => {
    const opening = openingOf(entry, path, index);
    return opening ? [{ entry, opening }] : [];
  });
  return found
    .slice(0, maxPolicies)
    .map(({ entry, opening }) => policyAt(entry, opening, index, path));
}

/** Each one looks through its neighbours; a file with more is no configuration that anyone wrote. */
const maxPolicies = 100;

type Index = ReadonlyMap<string, ConfigEntry>;

function openingOf(
  entry: ConfigEntry,
  path: string,
  index: Index,
): Opening | undefined {
  const key = lastName(entry);
  const value = unquote(entry.value).replace(/^"|"$/g, "");
  const { line } = entry;
  if (isOfHeaders(entry, index))
    return value === "*" ? { kind: "any", line } : undefined;
  if (isSwitch(key, value, entry, path)) return { kind: "default", line };
  if (value !== "*") return settingOpening(entry);
  const where = [...entry.keys.slice(0, -1), path].join("/");
  const isOriginKey =
    /^(?:allow(?:ed)?[-_]?origins?(?:[-_]?patterns?)?|origins?|cors)$/i.test(
      key,
    ) && /cors/i.test(`${where}/${key}`);
  return isOriginKey || isSettingName(key) || isIngressKey(key)
    ? { kind: "any", line }
    : undefined;
}

/** The last key that is a name: `origins` for `cors.origins.0`. */
function lastName(entry: ConfigEntry): string {
  return entry.keys.findLast((key) => !/^\d+$/.test(key)) ?? "";
}

/** `Access-Control-Allow-Origin: *`, or the `value` beside a `key` of that name. */
function isOfHeaders(entry: ConfigEntry, index: Index): boolean {
  const key = lastName(entry);
  if (
    /^access-?control-?allow-?origin(?:list)?$/i.test(key.replace(/^.*\./, ""))
  )
    return true;
  if (!/^value$/i.test(key)) return false;
  return ["key", "Key", "name", "header", "Header"].some((name) => {
    const beside = siblingOf(entry, name, index)?.value ?? "";
    return (
      /^access-control-allow-origin$/i.test(beside) ||
      (isSettingName(beside) && entry.value === "*")
    );
  });
}

function siblingOf(
  entry: ConfigEntry,
  key: string,
  index: Index,
): ConfigEntry | undefined {
  return index.get([...entry.keys.slice(0, -1), key].join("\0"));
}

/** `cors: true` of the Serverless Framework, `enable-cors: "true"` of an ingress: on, without a list. */
function isSwitch(
  key: string,
  value: string,
  entry: ConfigEntry,
  path: string,
): boolean {
  if (value !== "true") return false;
  if (/kubernetes\.io\/enable-cors$/.test(key)) return true;
  return (
    /^cors$/i.test(key) &&
    (/(^|\/)serverless[\w.-]*\.(?:ya?ml|json)$/.test(path) ||
      /^(?:http|httpApi|url)$/.test(entry.keys.at(-2) ?? ""))
  );
}

/** `CORS_ORIGIN`, `ALLOWED_ORIGINS`, `HASURA_GRAPHQL_CORS_DOMAIN` */
function isSettingName(name: string): boolean {
  return (
    /^[A-Z][A-Z0-9_]*$/.test(name) &&
    /(?:^|_)CORS(?:_|$)|ALLOW(?:ED)?_ORIGINS?/.test(name) &&
    !/METHOD|HEADER|EXPOSE|IMG|IMAGE|ASSET|STATIC|CDN|FONT/.test(name)
  );
}

function isIngressKey(key: string): boolean {
  return /(?:\/cors-allow-origin|accesscontrolalloworiginlist)$/i.test(key);
}

/** `- CORS_ORIGIN=*` in a list of settings. */
function settingOpening(entry: ConfigEntry): Opening | undefined {
  const [, name = ""] =
    /^([A-Z][A-Z0-9_]*)=["']?\*["']?$/.exec(entry.value) ?? [];
  return isSettingName(name) ? { kind: "any", line: entry.line } : undefined;
}

function policyAt(
  entry: ConfigEntry,
  opening: Opening,
  index: Index,
  path: string,
): PolicyMark {
  const route = routeOf(entry, index);
  const isBucket =
    /bucket|storage|CorsRules/i.test([...entry.keys, path].join("/")) ||
    /(^|\/)cors[\w.-]*\.json$/i.test(path);
  const methods = methodsBeside(entry, index);
  return {
    type: "policy",
    means: isSettingName(lastName(entry))
      ? `the setting ${lastName(entry)}`
      : "this configuration",
    line: entry.line,
    openings: [opening],
    credentials: hasCredentials(entry, index),
    scope: isBucket ? "bucket" : "app",
    ...(route !== undefined && { route }),
    ...(methods.length > 0 && { methods }),
  };
}

/** The path that the rule around an entry is for. */
function routeOf(entry: ConfigEntry, index: Index): string | undefined {
  for (let length = entry.keys.length - 1; length > 0; length--)
    for (const key of ["source", "for", "src", "path", "Path", "pathPattern"]) {
      const found = index.get([...entry.keys.slice(0, length), key].join("\0"));
      if (found) return found.value;
    }
  return undefined;
}

/** Whether a neighbour, or the neighbour of the list that the entry stands in, allows credentials. */
function hasCredentials(entry: ConfigEntry, index: Index): boolean {
  const parents = [1, 2].map((up) => entry.keys.slice(0, -up).join("\0"));
  for (const { keys, value } of index.values()) {
    const isBeside = parents.some(
      (parent) => parent !== "" && keys.join("\0").startsWith(`${parent}\0`),
    );
    if (!isBeside) continue;
    const key = keys.at(-1) ?? "";
    const text = unquote(value);
    if (/allow-?_?credentials$/i.test(key) && text === "true") return true;
    if (/^access-control-allow-credentials$/i.test(text)) {
      const beside = index.get([...keys.slice(0, -1), "value"].join("\0"));
      if (beside?.value === "true") return true;
    }
  }
  return false;
}

function methodsBeside(entry: ConfigEntry, index: Index): string[] {
  const parent = entry.keys.slice(
    0,
    entry.keys.findLastIndex((key) => !/^\d+$/.test(key)),
  );
  const prefix = parent.map((key) => `${key}\0`).join("");
  return [...index.values()]
    .filter(
      ({ keys }) =>
        keys.join("\0").startsWith(prefix) &&
        /^(?:allow(?:ed)?[-_]?)?methods?$/i.test(
          keys.findLast((key) => !/^\d+$/.test(key)) ?? "",
        ),
    )
    .flatMap(({ value }) => value.toUpperCase().match(/[A-Z]+/g) ?? []);
}
