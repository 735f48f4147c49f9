import { brokenBy, type Outcome, type Rule } from "#gate/check.js";
import { defineCheck } from "#model/define-check.js";
import type { Project } from "#model/project.js";
import { checkName, signInOf } from "./findings.js";
import { authMarker } from "./marker.js";
import { wordings } from "./sentences.js";

/** Item 2.1: authentication is a known provider's. */
export const knownAuthProvider = defineCheck({
  id: "2.1",
  name: checkName,
  title: "Authentication is a known provider's",
  why: "Home-made sign-in works on the first day and fails on the bad one: at the leak, the lockout, the reset and the revocation, which a provider has already been through.",
  needs: {
    files: [
      "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte,astro}",
      "**/package.json",
      "**/supabase/config.toml",
    ],
    scope: "repository",
  },
  rules: {
    ...(Object.fromEntries(
      Object.entries(wordings).map(([rule, { title, level }]) => [
        rule,
        { title, level },
      ]),
    ) satisfies Record<string, Rule>),
    "own-sign-in": {
      title: "Passwords and sessions are kept by code of its own",
      level: "advise",
    },
    "own-passwords": {
      title: "A provider holds the sessions, the app holds the passwords",
      level: "notice",
    },
  },
  marker: authMarker,
  evaluate,
});

function evaluate(project: Project): Outcome {
  const { findings, isThere } = signInOf(project);
  if (!isThere)
    return {
      status: "inapplicable",
      because: "nothing in this code signs anybody in",
    };
  return brokenBy(findings);
}
