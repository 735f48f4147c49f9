import { brokenBy } from "#gate/check.js";
import { defineCheck } from "#model/define-check.js";
import { adminFindings, checkName } from "./findings.js";
import { adminMarker } from "./marker.js";

/** Item 2.3: admin paths demand a second factor, and the public site does not lead to them. */
export const adminSecondFactor = defineCheck({
  id: "2.3",
  name: checkName,
  title: "Admin paths demand a second factor and are not advertised",
  why: "An administrator's password opens everybody's data at once; it leaks like any other, and the second factor is what remains then.",
  needs: {
    files: [
      "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte,astro}",
      "**/*.sql",
      "**/{robots.txt,sitemap*.xml}",
    ],
    scope: "repository",
  },
  rules: {
    "no-second-factor": {
      title: "The admins' part asks for no second factor",
      level: "advise",
      attestation: "accepted",
    },
    "second-factor-optional": {
      title: "A second factor exists and no admin guard asks for it",
      level: "notice",
      attestation: "accepted",
    },
    "public-link": {
      title: "A page for everybody leads to the admins' part",
      level: "advise",
    },
    "listed-for-crawlers": {
      title: "robots.txt or the sitemap names the admins' part",
      level: "advise",
    },
  },
  marker: adminMarker,
  evaluate: (project) => {
    const findings = adminFindings(project);
    return findings === undefined
      ? { status: "inapplicable", because: "no admin surface was found" }
      : brokenBy(findings);
  },
});
