import { brokenBy, type Outcome } from "#gate/check.js";
import { defineCheck } from "#model/define-check.js";
import { marksOf, type Project } from "#model/project.js";
import { type Exposure, exposureOf } from "./exposure.js";
import { holesInFiles } from "./holes.js";
import { openCollections } from "./pocketbase.js";
import { undefendedModels } from "./models.js";
import { databaseMarker } from "./mark-file.js";
import { checkName, type Mark } from "./marks.js";
import { widePolicies } from "./policies.js";
import { bypassingViews, trustingFunctions } from "./routines.js";
import { showingFunctions } from "./shown-rows.js";
import { rules } from "./rules.js";
import { selfGrants } from "./standing.js";
import { openBuckets } from "./storage.js";
import { openTables } from "./tables.js";

/** Item 1.3: whoever is not let in is kept out of the database. */
export const databaseDefaultDeny = defineCheck({
  id: "1.3",
  name: checkName,
  title: "Database access requires authentication, and the default is deny",
  why: "A database behind a public key has only its own rules to keep strangers out; one open table or policy gives every row to whoever looks at the app's network traffic.",
  needs: {
    files: [
      "**/*.{sql,pgsql,ts,tsx,mts,cts,js,jsx,mjs,cjs,rules,yml,yaml,toml,prisma}",
      "**/{firebase.json,*rules*.json,pb_schema*.json,appwrite.json,appwrite.config.json}",
      "**/*.tf",
      "**/.env*",
    ],
    scope: "repository",
  },
  rules,
  marker: databaseMarker,
  evaluate,
});

function evaluate(project: Project): Outcome {
  const exposure = exposureOf(project);
  const ofDatabase = [
    ...openTables(exposure),
    ...undefendedModels(project, exposure),
    ...widePolicies(exposure),
    ...selfGrants(exposure),
    ...trustingFunctions(exposure),
    ...showingFunctions(exposure),
    ...bypassingViews(exposure),
    ...openBuckets(exposure),
  ];
  const findings = [
    // Where only some files speak of callers, the others may be for a database that nobody reaches but the server.
    ...ofDatabase.filter(({ path }) => exposure.isSurelyServed(path)),
    ...holesInFiles(project),
    ...openCollections(project),
  ];
  if (findings.length > 0) return brokenBy(findings);
  const unseen = notSeen(project, exposure) ?? rulesNotSeen(project);
  if (unseen !== undefined) return { status: "unknown", because: unseen };
  return isDescribed(project)
    ? { status: "holds" }
    : { status: "inapplicable", because: "no file describes a database here" };
}

/** Why the end state is not known although nothing in it is open. */
function notSeen(project: Project, exposure: Exposure): string | undefined {
  const { database, isSupabase, asked } = exposure;
  if (!isSupabase) return undefined;
  const gap = database.gaps.find(({ aboutColumns }) => aboutColumns !== true);
  if (gap)
    return `a statement about access could not be read: ${gap.path}, line ${String(gap.line)} ("${gap.about} …")`;
  const names = new Set<string>();
  for (const { tables, views } of [database])
    for (const key of [...tables.keys(), ...views.keys()])
      names.add(key.slice(key.indexOf(".") + 1));
  const missing = [...asked].filter((name) => !names.has(name)).sort();
  if (missing.length === 0) return undefined;
  const more =
    missing.length > 8 ? ` and ${String(missing.length - 8)} more` : "";
  return `no file defines these tables that the code uses: ${missing.slice(0, 8).join(", ")}${more}; commit their SQL, so that their policies can be judged`;
}

/** Services of Firebase that browsers ask directly, with what says that an app uses them. */
const services: readonly (readonly [string, RegExp, string])[] = [
  [
    "firestore",
    /^firebase\/firestore|^@react-native-firebase\/firestore/,
    "Firestore",
  ],
  [
    "realtime",
    /^firebase\/database|^@react-native-firebase\/database/,
    "the Realtime Database",
  ],
  [
    "storage",
    /^firebase\/storage|^@react-native-firebase\/storage/,
    "Cloud Storage",
  ],
];

/** Services that the app's clients ask and whose rules no file has. */
function rulesNotSeen(project: Project): string | undefined {
  const described = describedBy(project);
  const imported = [...project.files.values()]
    .filter(({ kind }) => kind !== "test")
    .flatMap(({ module }) => module?.imports ?? [])
    .filter(({ typeOnly }) => !typeOnly);
  const asked = services.filter(
    ([service, name]) =>
      !described.has(service) && imported.some(({ from }) => name.test(from)),
  );
  if (asked.length === 0) return undefined;
  const titles = asked.map(([, , title]) => title).join(" and ");
  return `the app asks ${titles}, and no file has the security rules; commit them, so that they can be judged`;
}

function describedBy(project: Project): Set<string> {
  const what = [...project.files.values()].flatMap((facts) =>
    marksOf<Mark>(facts, checkName).flatMap((mark) =>
      mark.kind === "described" ? [mark.what] : [],
    ),
  );
  return new Set(what);
}

function isDescribed(project: Project): boolean {
  const { files, snapshot } = project;
  return (
    describedBy(project).size > 0 ||
    [...files.values()].some(({ sql, schema }) => sql ?? schema) ||
    snapshot.paths.some((path) => /(?:^|\/)supabase\//.test(path)) ||
    snapshot.files.some(({ text }) => text.includes("@supabase/"))
  );
}
