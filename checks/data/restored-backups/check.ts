import { brokenBy } from "#gate/check.js";
import { defineCheck } from "#model/define-check.js";
import { drillFindings, notedIn, offFindings } from "./findings.js";
import { backupMarker } from "./marker.js";

/** Item 3.2: backups exist and were restored in a drill. */
export const restoredBackups = defineCheck({
  id: "3.2",
  name: "restored-backups",
  title: "Backups exist and were restored in a drill",
  why: "A wrong migration, a stolen key or a deleted project takes all data at once, and a backup that nobody ever restored mostly turns out to be empty, partial or slow.",
  needs: {
    files: [
      "**/*.{tf,yml,yaml,toml,prisma}",
      "**/*.{ts,js,mts,mjs,cts,cjs}",
      "**/*.{json,template}",
      "**/{firestore,database}.rules",
      "**/database.rules.json",
      "**/supabase/migrations/*.sql",
      "**/requirements*.txt",
    ],
    scope: "repository",
  },
  rules: {
    "backups-off": {
      title: "Backups are switched off",
      level: "block",
    },
    "data-in-memory": {
      title: "A database keeps its data in memory",
      level: "advise",
    },
    "no-last-snapshot": {
      title: "Deleting the database leaves no copy",
      level: "advise",
    },
    "no-restore-drill": {
      title: "Nobody attests that a backup was restored",
      level: "advise",
      attestation: "required",
    },
  },
  marker: backupMarker,
  evaluate: (project) => {
    const noted = notedIn(project);
    const findings = [...offFindings(noted), ...drillFindings(noted, project)];
    if (findings.length > 0) return brokenBy(findings);
    return {
      status: "inapplicable",
      because: "no database or other store of data is visible",
    };
  },
});
