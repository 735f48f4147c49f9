import { brokenBy, type Outcome } from "#gate/check.js";
import { defineCheck } from "#model/define-check.js";
import { marksOf, type Project } from "#model/project.js";
import { type Exposure, exposureOf } from "./exposure.js";
import { databaseMarker } from "./mark-file.js";
import { checkName, type Mark } from "./marks.js";
import { widePolicies } from "./policies.js";
import { bypassingViews, trustingFunctions } from "./routines.js";
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
      "**/{firebase.json,database.rules.json,*.rules.json}",
    ],
    scope: "repository",
  },
  rules,
  marker: databaseMarker,
  evaluate,
});

function evaluate(project: Project): Outcome {
  const exposure = exposureOf(project);
  const findings = [
    ...openTables(exposure),
    ...widePolicies(exposure),
    ...selfGrants(exposure),
    ...trustingFunctions(exposure),
    ...bypassingViews(exposure),
    ...openBuckets(exposure),
  ];
  if (findings.length === 0 && !hasSql(project)) return withoutSql(project);
  const unseen = findings.length > 0 ? undefined : notSeen(project, exposure);
  return unseen === undefined
    ? brokenBy(findings)
    : { status: "unknown", because: unseen };
}

/** Why the end state is not known although nothing in it is open. */
function notSeen(project: Project, exposure: Exposure): string | undefined {
  const { database, isSupabase } = exposure;
  if (!isSupabase) return undefined;
  const [gap] = database.gaps;
  if (gap)
    return `a statement about access could not be read: ${gap.path}, line ${String(gap.line)} ("${gap.about} …")`;
  const names = new Set<string>();
  for (const { tables, views } of [database])
    for (const key of [...tables.keys(), ...views.keys()])
      names.add(key.slice(key.indexOf(".") + 1));
  const asked = [...project.files.values()].flatMap((facts) =>
    marksOf<Mark>(facts, checkName).flatMap((mark) =>
      mark.kind === "tables" ? mark.names : [],
    ),
  );
  const missing = [...new Set(asked)].filter((name) => !names.has(name)).sort();
  if (missing.length === 0) return undefined;
  const more =
    missing.length > 8 ? ` and ${String(missing.length - 8)} more` : "";
  return `no file defines these tables that the code uses: ${missing.slice(0, 8).join(", ")}${more}; commit their SQL, so that their policies can be judged`;
}

function hasSql({ files, snapshot }: Project): boolean {
  return (
    [...files.values()].some(({ sql }) => sql !== undefined) ||
    snapshot.paths.some((path) => /(?:^|\/)supabase\//.test(path)) ||
    snapshot.files.some(({ text }) => text.includes("@supabase/"))
  );
}

/** Databases that are described in other ways are named, not passed. */
function withoutSql({ snapshot }: Project): Outcome {
  const other = snapshot.paths.find((path) =>
    /(?:^|\/)(?:firebase\.json|[\w.-]*\.rules(?:\.json)?|(?:docker-)?compose[\w.-]*\.ya?ml)$/.test(
      path,
    ),
  );
  return other === undefined
    ? { status: "inapplicable", because: "no SQL and no Supabase is used here" }
    : { status: "unknown", because: `${other} is not read by this version` };
}
