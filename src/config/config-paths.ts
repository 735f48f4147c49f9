import type { Needs } from "#gate/check.js";

/** Where a repository's configuration may stand; the first that is there counts. */
export const configPaths = [".vibegate.yml", ".github/vibegate.yml"] as const;

/** What has to be read to say what a change does to the configuration. */
export const configNeeds: Needs = { files: configPaths, scope: "repository" };
