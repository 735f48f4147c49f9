import { brokenBy } from "#gate/check.js";
import { defineCheck } from "#model/define-check.js";
import { findingsOf } from "./findings.js";
import { markSecrets } from "./mark.js";

export const credentials = defineCheck({
  id: "1.1",
  name: "credentials",
  title: "No credential in code, history or files",
  why: "Whoever reads a repository or a web page has every key that stands in it, and keys are found within minutes.",
  needs: { files: ["**/*"], scope: "changed", commits: true },
  rules: {
    "provider-key": {
      title: "A provider's key is in the repository",
      level: "block",
    },
    "private-key": {
      title: "A private key is in the repository",
      level: "block",
    },
    "connection-password": {
      title: "A connection address carries its password",
      level: "block",
    },
    "signed-token": {
      title: "A signed token is in the repository",
      level: "advise",
    },
    "fallback-secret": {
      title: "A literal stands in when the secret is not set",
      level: "block",
    },
    "hard-coded-secret": {
      title: "A secret is written into the code",
      level: "block",
    },
    "hard-coded-password": {
      title: "A password is written into the code",
      level: "block",
    },
    "hard-coded-login": {
      title: "A login compares with a literal",
      level: "block",
    },
    "published-secret": {
      title: "A secret has a name that bundlers publish",
      level: "block",
    },
    "sent-secret": {
      title: "A server's secret is sent to the browser",
      level: "block",
    },
    "server-client-in-browser": {
      title: "The browser loads a module that opens a client with a secret",
      level: "advise",
    },
    "environment-file": {
      title: "A committed environment file holds a secret",
      level: "block",
    },
    "key-file": {
      title: "A file of keys or logins is committed",
      level: "block",
    },
    "environment-file-in-image": {
      title: "An environment file is copied into an image",
      level: "advise",
    },
  },
  marker: {
    version: 2,
    wants: ({ text }) => text.length >= 8,
    mark: markSecrets,
  },
  evaluate: (project) => brokenBy(findingsOf(project)),
});
