import { brokenBy } from "#gate/check.js";
import { defineCheck } from "#model/define-check.js";
import { deletionPathsOf } from "#model/deletion-paths.js";
import { personalFlows } from "#model/personal-sinks.js";
import { personalTables } from "#model/personal-tables.js";
import { logFindings } from "./logs.js";
import { noDeletionFinding } from "./no-path.js";
import { pathFindings } from "./paths.js";
import { receiverFindings } from "./receivers.js";

/** Item 3.3: deletion deletes, also from logs, analytics, vector stores and training. */
export const completeDeletion = defineCheck({
  id: "3.3",
  name: "complete-deletion",
  title: "Deletion deletes everywhere the data went",
  why: "Whoever deletes their account may ask a month later what is left, and a flag, a bucket, a log or a vendor that still knows them is what a regulator or a leak will show.",
  needs: {
    files: ["**/*.{sql,prisma}", "**/*.{ts,tsx,js,jsx,mts,mjs,cts,cjs}"],
    scope: "repository",
  },
  rules: {
    "no-deletion": {
      title: "People have accounts, and no code deletes one",
      level: "advise",
      attestation: "accepted",
    },
    "flag-only-deletion": {
      title: "Deleting an account only sets a flag",
      level: "block",
    },
    "incomplete-deletion": {
      title: "Deleting an account leaves data of the person behind",
      level: "advise",
    },
    "personal-data-in-logs": {
      title: "Personal data is written to logs, where no deletion reaches it",
      level: "advise",
    },
    "receivers-keep-data": {
      title: "Services are told about a person and never asked to forget",
      level: "advise",
      attestation: "accepted",
    },
    "model-may-train": {
      title: "Personal data goes to a model whose provider may train on it",
      level: "advise",
      attestation: "accepted",
    },
  },
  evaluate: (project) => {
    const findings = [
      ...noDeletionFinding(project),
      ...pathFindings(project),
      ...logFindings(project),
      ...receiverFindings(project),
    ];
    const isEmpty =
      findings.length === 0 &&
      personalTables(project).length === 0 &&
      personalFlows(project).sinks.length === 0 &&
      deletionPathsOf(project).length === 0;
    return isEmpty
      ? {
          status: "inapplicable",
          because: "no personal data is visible in schemas or code",
        }
      : brokenBy(findings);
  },
});
