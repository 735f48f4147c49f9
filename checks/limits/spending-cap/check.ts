import { brokenBy } from "#gate/check.js";
import { defineCheck } from "#model/define-check.js";
import { spendingFindings } from "./findings.js";

/** Item 4.3: spending on cloud and model providers is capped below what would end the company. */
export const spendingCap = defineCheck({
  id: "4.3",
  name: "spending-cap",
  title: "Spending on cloud and model providers is capped",
  why: "A loop that does not end, a page that a crawler likes or one long answer after another spends more in a night than the app earns in a year.",
  needs: {
    files: [
      "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte,astro,html}",
      "**/{package,vercel,firebase,tsconfig,jsconfig,template}.json",
      "**/*.{yml,yaml,tf,toml,sh}",
    ],
    scope: "repository",
  },
  rules: {
    "no-spending-cap": {
      title: "Nobody attests a cap at the providers that the app pays by use",
      level: "advise",
      attestation: "required",
    },
    "no-output-cap": {
      title: "A model may answer at any length",
      level: "advise",
    },
    "costly-call-on-page-load": {
      title: "Every view of a page pays for a call",
      level: "advise",
    },
    "costly-call-on-get": {
      title: "A GET request pays for a call",
      level: "advise",
    },
    "costly-call-on-timer": {
      title: "A timer pays for a call again and again",
      level: "advise",
    },
    "unbounded-loop": {
      title: "A loop or retry around a paid call has no end of its own",
      level: "block",
    },
    "no-instance-limit": {
      title: "Cloud functions may start any number of instances",
      level: "advise",
    },
  },
  evaluate: (project) => {
    const findings = spendingFindings(project);
    return findings === undefined
      ? {
          status: "inapplicable",
          because: "nothing here is paid by use, as far as can be seen",
        }
      : brokenBy(findings);
  },
});
