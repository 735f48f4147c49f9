import { brokenBy } from "#gate/check.js";
import { defineCheck } from "#model/define-check.js";
import { checkName, errorFindings } from "./findings.js";
import { errorMarker } from "./marker.js";

/** Item 4.1: errors reach a human within 24 hours. */
export const errorVisibility = defineCheck({
  id: "4.1",
  name: checkName,
  title: "Errors reach a human within 24 hours",
  why: "An error that nobody sees goes on for weeks: lost orders, unsent mails and half-written rows are found by customers.",
  needs: {
    files: [
      "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte,astro}",
      "**/package.json",
      "**/{docker-compose,compose}*.{yml,yaml}",
      "**/Dockerfile*",
      "**/{Procfile,fly.toml,render.yaml,serverless.yml,wrangler.toml}",
    ],
    scope: "repository",
  },
  rules: {
    "swallowed-error": {
      title: "An error on the server is dropped without a word",
      level: "advise",
    },
    "failure-answered-as-success": {
      title: "A webhook, queue or timer is told that a failure went well",
      level: "advise",
    },
    "silenced-process": {
      title: "Errors that nothing else catches are dropped",
      level: "advise",
    },
    "no-reporter": {
      title: "Nothing carries errors to a person",
      level: "advise",
      attestation: "accepted",
    },
    "reporter-not-used": {
      title: "The error reporter is installed and never imported",
      level: "advise",
      attestation: "accepted",
    },
    "reporter-not-started": {
      title: "The error reporter is imported and never started",
      level: "advise",
      attestation: "accepted",
    },
  },
  marker: errorMarker,
  evaluate: (project) => {
    const findings = errorFindings(project);
    return findings === undefined
      ? { status: "inapplicable", because: "nothing here runs for users" }
      : brokenBy(findings);
  },
});
