import { brokenBy } from "#gate/check.js";
import { defineCheck } from "#model/define-check.js";
import {
  isDocumented,
  migrationFindings,
  notedIn,
  procedureFindings,
} from "./findings.js";
import { rollbackMarker } from "./marker.js";

/** Item 5.3: a documented rollback takes minutes, not hours. */
export const rollbackProcedure = defineCheck({
  id: "5.3",
  name: "rollback-procedure",
  title: "A documented rollback takes minutes",
  why: "When a release breaks production, whoever is awake must get the release before it back without reading the code first, and without losing data.",
  needs: {
    files: [
      "**/*.{md,mdx,markdown,txt,rst,adoc}",
      "**/{migrations,migration,migrate,drizzle,versions}/**/*.{sql,ts,js,mts,mjs,cts,cjs,py,rb,php}",
      "**/{vercel,now,firebase,railway,package}.json",
      "**/{netlify,railway,fly*,wrangler}.toml",
      "**/wrangler.{json,jsonc}",
      "**/{render,serverless,amplify,heroku,app}.{yml,yaml}",
      "**/{Procfile,Dockerfile}",
    ],
    scope: "repository",
  },
  rules: {
    "no-procedure": {
      title: "No document says how to roll back",
      level: "advise",
      attestation: "accepted",
    },
    "vague-procedure": {
      title: "Rolling back is described without steps or time",
      level: "advise",
      attestation: "accepted",
    },
    "destructive-migration": {
      title: "A migration takes away what the release before needs",
      level: "advise",
    },
    "no-way-back": {
      title: "A migration has no way back",
      level: "advise",
    },
  },
  marker: rollbackMarker,
  evaluate: (project) => {
    const noted = notedIn(project);
    const findings = [
      ...migrationFindings(noted, project),
      ...procedureFindings(noted, project),
    ];
    if (findings.length > 0 || isDocumented(noted)) return brokenBy(findings);
    return {
      status: "inapplicable",
      because: "nothing shows that this is deployed anywhere",
    };
  },
});
