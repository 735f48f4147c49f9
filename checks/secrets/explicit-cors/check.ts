import { brokenBy } from "#gate/check.js";
import { defineCheck } from "#model/define-check.js";
import { corsFindings } from "./findings.js";
import { corsMarker } from "./marker.js";

/** Item 1.4: cross-origin access is a stated list. */
export const explicitCors = defineCheck({
  id: "1.4",
  name: "explicit-cors",
  title: "Cross-origin access is limited to named origins",
  why: "A policy that lets every origin in allows any website to call your API from the browser of your visitor, with the visitor's network and often with the visitor's session.",
  needs: {
    files: [
      "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,json,jsonc,toml,yml,yaml,py,php,go,rb,java,kt,cs,tf,conf,config}",
      "**/{_headers,.htaccess,Caddyfile}",
      "**/.env*",
    ],
    scope: "repository",
  },
  rules: {
    "any-origin-with-credentials": {
      title: "Every origin may send the visitor's cookies",
      level: "block",
    },
    "reflected-origin": {
      title: "The request's own origin is allowed without a test",
      level: "block",
    },
    "open-when-unset": {
      title: "Every origin is allowed while a setting or list is empty",
      level: "block",
    },
    "wildcard-on-session-api": {
      title: "Every origin may call an API that knows users by cookie",
      level: "block",
    },
    "wildcard-on-costly-api": {
      title: "Every origin may spend on a paid service without login",
      level: "block",
    },
    "wildcard-on-token-api": {
      title: "Every origin may call endpoints that check a token",
      level: "notice",
    },
    "wildcard-origin": {
      title: "Every origin may call this API",
      level: "advise",
    },
    "framework-default": {
      title: "The origins are left to the library, which allows all",
      level: "advise",
    },
    "loose-origin-match": {
      title: "The test of the origin also lets strangers pass",
      level: "advise",
    },
  },
  marker: corsMarker,
  evaluate: (project) => brokenBy(corsFindings(project)),
});
