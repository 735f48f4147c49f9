import { brokenBy } from "#gate/check.js";
import { defineCheck } from "#model/define-check.js";
import { limitFindings } from "./findings.js";

/** Item 4.2: everything that costs money per call is rate limited. */
export const rateLimits = defineCheck({
  id: "4.2",
  name: "rate-limits",
  title: "Everything that costs money per call is rate limited",
  why: "Whoever finds an endpoint that spends money per call can call it in a loop, and the bill is yours before anyone looks.",
  needs: {
    files: [
      "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte,astro,json,jsonc,toml,yml,yaml,tf,conf}",
      "**/Caddyfile",
    ],
    scope: "repository",
  },
  rules: {
    "anonymous-costly-route": {
      title: "Anyone may call an endpoint that costs money, without limit",
      level: "block",
      attestation: "accepted",
    },
    "unlimited-costly-route": {
      title: "Signed-in callers may spend without limit",
      level: "advise",
      attestation: "accepted",
    },
    "unlimited-credential-route": {
      title: "Logins, resets or codes may be asked for without limit",
      level: "advise",
      attestation: "accepted",
    },
    "limiter-misses-route": {
      title: "A limiter exists, but does not run for this endpoint",
      level: "advise",
    },
    "limiter-result-unused": {
      title: "The limiter is asked, but its answer changes nothing",
      level: "block",
    },
    "spoofable-limiter-key": {
      title: "The caller chooses the key that the limiter counts by",
      level: "advise",
    },
    "memory-limiter-on-serverless": {
      title: "The limiter counts in the memory of one instance among many",
      level: "advise",
    },
    "limiter-fails-open": {
      title: "The limiter lets everyone pass when it fails",
      level: "advise",
    },
  },
  evaluate: (project) => brokenBy(limitFindings(project)),
});
