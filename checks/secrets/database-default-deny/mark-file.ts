import { configEntries } from "#parse/config-entries.js";
import type { MarkerInput } from "#parse/marker.js";
import type { AppCheck } from "#model/define-check.js";
import type { Mark } from "./marks.js";
import { isRealtimeRules, realtimeMarks } from "./realtime-rules.js";
import { isRulesFile, rulesMarks } from "./rules-files.js";

/** Notes what one file says of the database outside of SQL. */
export const databaseMarker: NonNullable<AppCheck["marker"]> = {
  version: 2,
  wants: ({ path, kind, text }) =>
    kind !== "test" &&
    kind !== "docs" &&
    kind !== "generated" &&
    (isSupabaseConfig(path) ||
      isRulesFile(path) ||
      isRealtimeRules(path, text) ||
      text.includes(".from(")),
  mark: markFile,
};

function isSupabaseConfig(path: string): boolean {
  return /(^|\/)supabase\/config\.toml$/.test(path);
}

function markFile(file: MarkerInput): Mark[] {
  const { path, text } = file;
  if (isSupabaseConfig(path)) return [schemasOf(file)];
  if (isRulesFile(path)) return rulesMarks(text);
  if (isRealtimeRules(path, text)) return realtimeMarks(path, text);
  const names = tablesAsked(text);
  return names.length > 0 ? [{ kind: "tables", names }] : [];
}

function schemasOf({ path, text }: MarkerInput): Mark {
  const entries = configEntries(path, text);
  const names = entries
    .filter(({ keys }) => keys[0] === "api" && keys[1] === "schemas")
    .map(({ value }) => value);
  return { kind: "schemas", names };
}

/** Tables in `client.from("name")`; `storage.from` names a bucket. */
function tablesAsked(text: string): string[] {
  const names = new Set<string>();
  const call =
    /(\w{0,40}|\))\s{0,40}\.from\(\s{0,40}["'`]([a-z_][a-z0-9_]{0,62})["'`]\s{0,40}\)/gi;
  for (const [, on = "", name = ""] of text.matchAll(call))
    if (!/^(?:storage|Array|Buffer)$/i.test(on)) names.add(name);
  return [...names].sort();
}
