import { brokenBy } from "#gate/check.js";
import type { Finding } from "#gate/finding.js";
import { defineCheck } from "#model/define-check.js";
import type { Project } from "#model/project.js";
import { routesOf } from "#model/routes.js";
import { adminsWithoutRole } from "./admin-routes.js";
import { weakAdminTests } from "./admin-tests.js";
import { claimedRoles } from "./claimed-roles.js";
import { failOpenSwitches } from "./fail-open.js";
import { openActions } from "./open-actions.js";
import { openRoutes } from "./open-routes.js";
import { publicLists } from "./public-lists.js";
import { trustedInputs } from "./trusted-inputs.js";
import { unsignedRequests } from "./unsigned-requests.js";

/** Item 2.2: every endpoint authorizes on the server. */
export const serverSideAuthorization = defineCheck({
  id: "2.2",
  name: "server-side-authorization",
  title: "Every endpoint authorizes its caller on the server",
  why: "Attackers do not use your pages: they call your endpoints directly, and what the server does not ask, nobody asks.",
  needs: {
    files: [
      "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,json,jsonc,toml}",
      "**/*.html",
    ],
    scope: "repository",
  },
  rules: {
    "open-mutation": {
      title: "An endpoint changes data for anyone who calls it",
      level: "block",
    },
    "open-read": {
      title: "An endpoint hands out personal data to anyone who calls it",
      level: "block",
    },
    "open-action": {
      title: "An endpoint acts at another service for anyone who calls it",
      level: "block",
    },
    "guard-only-in-ui": {
      title: "Only the page asks who the user is; its endpoint does not",
      level: "block",
    },
    "presence-only": {
      title: "A header or cookie is only looked at, never verified",
      level: "block",
    },
    "identity-from-request": {
      title: "The request says itself whose data it is about",
      level: "block",
    },
    "no-owner-predicate": {
      title: "A row is picked by an id that anyone may send",
      level: "block",
    },
    "role-from-client": {
      title: "The client chooses its own role or entitlement",
      level: "block",
    },
    "mass-assignment": {
      title: "The whole request is written into an account",
      level: "block",
    },
    "path-from-client": {
      title: "A client with all rights opens files that the request names",
      level: "block",
    },
    "amount-from-client": {
      title: "The amount of a payment comes from the client",
      level: "block",
    },
    "weak-admin-test": {
      title: "The test for administrators can be passed by anyone",
      level: "block",
    },
    "fail-open": {
      title: "Without its secret or a signature, the endpoint lets everyone in",
      level: "block",
    },
    "public-list-matches-all": {
      title: "The list of public paths makes every path public",
      level: "block",
    },
  },
  evaluate: (project) => {
    if (routesOf(project).length === 0)
      return { status: "inapplicable", because: "no endpoint was found" };
    return brokenBy(onePerPlace(findingsIn(project)));
  },
});

function findingsIn(project: Project): Finding[] {
  return [
    ...publicLists(project),
    ...openRoutes(project),
    ...openActions(project),
    ...trustedInputs(project),
    ...weakAdminTests(project),
    ...claimedRoles(project),
    ...adminsWithoutRole(project),
    ...failOpenSwitches(project),
    ...unsignedRequests(project),
  ];
}

/** The first rule that speaks of a line speaks for all. */
function onePerPlace(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ path, lines }) => {
    const key = `${path}:${String(lines.start)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
