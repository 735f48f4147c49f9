import { configEntries } from "#parse/config-entries.js";
import type { MarkerInput } from "#parse/marker.js";
import type { AppCheck } from "#model/define-check.js";
import { appwriteMarks, isAppwrite } from "./appwrite.js";
import { composeMarks, isCompose } from "./compose.js";
import { connectionMarks } from "./connections.js";
import { convexMarks, isConvex } from "./convex.js";
import { hasuraMarks, isHasura } from "./hasura.js";
import { isManifest, manifestMarks } from "./kubernetes.js";
import type { Mark } from "./marks.js";
import { isPocketBase, pocketBaseMarks } from "./pocketbase.js";
import { isRealtimeRules, realtimeMarks } from "./realtime-rules.js";
import { isRulesFile, rulesMarks } from "./rules-files.js";
import { isTerraform, terraformMarks } from "./terraform.js";

/** One way in which files describe a database, or who may reach it. */
interface Reader {
  readonly what: string;
  readonly reads: (path: string, text: string) => boolean;
  readonly marks: (file: MarkerInput) => readonly Mark[];
}

const readers: readonly Reader[] = [
  {
    what: "supabase",
    reads: (path) => /(^|\/)supabase\/config\.toml$/.test(path),
    marks: (file) => [schemasOf(file)],
  },
  {
    what: "",
    reads: isRulesFile,
    marks: ({ text }) => rulesMarks(text),
  },
  {
    what: "",
    reads: isRealtimeRules,
    marks: ({ path, text }) => realtimeMarks(path, text),
  },
  {
    what: "compose",
    reads: isCompose,
    marks: ({ path, text }) => composeMarks(path, text),
  },
  {
    what: "cluster",
    reads: isManifest,
    marks: ({ text }) => manifestMarks(text),
  },
  {
    what: "terraform",
    reads: isTerraform,
    marks: ({ text }) => terraformMarks(text),
  },
  { what: "hasura", reads: isHasura, marks: ({ text }) => hasuraMarks(text) },
  {
    what: "appwrite",
    reads: isAppwrite,
    marks: ({ path, text }) => appwriteMarks(path, text),
  },
  { what: "pocketbase", reads: isPocketBase, marks: pocketBaseMarks },
  { what: "convex", reads: isConvex, marks: convexMarks },
  {
    what: "",
    // What a workflow names lives as long as the workflow.
    reads: (path, text) =>
      !path.startsWith(".github/") && /\b(?:mongodb|redis):\/\//.test(text),
    marks: ({ text }) => connectionMarks(text),
  },
  {
    what: "",
    reads: (_, text) => text.includes(".from("),
    marks: ({ text }) => tablesAsked(text),
  },
];

/** Notes what one file says of the database outside of SQL. */
export const databaseMarker: NonNullable<AppCheck["marker"]> = {
  version: 3,
  wants: ({ path, kind, text }) =>
    !["test", "docs", "generated", "lockfile", "locale"].includes(kind) &&
    readers.some(({ reads }) => reads(path, text)),
  mark: (file) =>
    readers
      .filter(({ reads }) => reads(file.path, file.text))
      .flatMap(({ what, marks }): readonly Mark[] => [
        ...(what === "" ? [] : [{ kind: "described" as const, what }]),
        ...marks(file),
      ]),
};

function schemasOf({ path, text }: MarkerInput): Mark {
  const entries = configEntries(path, text);
  const names = entries
    .filter(({ keys }) => keys[0] === "api" && keys[1] === "schemas")
    .map(({ value }) => value);
  return { kind: "schemas", names };
}

/** Tables in `client.from("name")`; `storage.from` names a bucket. */
function tablesAsked(text: string): Mark[] {
  const names = new Set<string>();
  const call =
    /(\w{0,40}|\))\s{0,40}\.from\(\s{0,40}["'`]([a-z_][a-z0-9_]{0,62})["'`]\s{0,40}\)/gi;
  for (const [, on = "", name = ""] of text.matchAll(call))
    if (!/^(?:storage|Array|Buffer)$/i.test(on)) names.add(name);
  return names.size === 0 ? [] : [{ kind: "tables", names: [...names].sort() }];
}
