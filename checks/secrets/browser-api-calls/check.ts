import { brokenBy } from "#gate/check.js";
import { defineCheck } from "#model/define-check.js";
import { browserFindings } from "./findings.js";

/** Item 1.2: a browser reaches third-party APIs through a server that the app's owner controls. */
export const browserApiCalls = defineCheck({
  id: "1.2",
  name: "browser-api-calls",
  title: "Browsers reach third-party APIs through a server you control",
  why: "What a browser sends, its user can read and repeat: the key in the call belongs to everybody who opens the page, and so does the bill.",
  needs: {
    files: [
      "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte,astro,html}",
      "**/{package,manifest,app,tsconfig,jsconfig}.json",
      "**/.babelrc",
    ],
    scope: "repository",
  },
  rules: {
    "paid-call-from-browser": {
      title: "The browser calls a paid API itself, with your key",
      level: "block",
    },
    "sdk-unlocked-for-browsers": {
      title: "A server's SDK is told to run in browsers, with your key",
      level: "block",
    },
    "credential-sent-by-browser": {
      title: "The browser sends your credential to another company's API",
      level: "block",
    },
    "privileged-api-in-browser": {
      title: "The browser calls an API that only servers may call",
      level: "block",
    },
    "secret-webhook-in-browser": {
      title: "The browser posts to a webhook whose address is the secret",
      level: "block",
    },
  },
  evaluate: (project) => brokenBy(browserFindings(project)),
});
