import { brokenBy } from "#gate/check.js";
import { defineCheck } from "#model/define-check.js";
import { classificationFindings } from "./findings.js";
import { nothingToClassify } from "./nothing-seen.js";

/** Item 3.1: personal data is classified before it is stored. */
export const piiClassification = defineCheck({
  id: "3.1",
  name: "pii-classification",
  title: "Personal data is classified before it is stored",
  why: "Nobody can export, delete, mask or keep out of logs what nobody listed; after a leak, the first question is what was in that table.",
  needs: {
    files: ["**/*.{sql,prisma}", "**/*.{ts,tsx,js,jsx,mts,mjs,cts,cjs}"],
    scope: "repository",
  },
  rules: {
    "unclassified-personal-data": {
      title: "Columns hold personal data that nobody classified",
      level: "advise",
    },
    "unclassified-sensitive-data": {
      title: "Columns hold health, identity or bank data without a class",
      level: "block",
    },
  },
  evaluate: (project) => {
    const nothing = nothingToClassify(project);
    return nothing ?? brokenBy(classificationFindings(project));
  },
});
