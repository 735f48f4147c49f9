import { expect, test } from "@jest/globals";
import nock from "nock";
import { KnownBranchRules } from "#github/branch-rules.js";
import { GitHubUnavailable } from "#github/failures.js";
import { anOctokit, api, onlyNock } from "./an-octokit.js";

onlyNock();

const place = { owner: "acme", repo: "shop", branch: "main", appId: 7 };
const pullRequest = { type: "pull_request", parameters: {} };

function requires(context: string, integration_id?: number) {
  const check = {
    context,
    ...(integration_id !== undefined && { integration_id }),
  };
  return {
    type: "required_status_checks",
    parameters: { required_status_checks: [check] },
  };
}

function answerRules(rules: readonly object[]) {
  nock(api)
    .get("/repos/acme/shop/rules/branches/main")
    .query(true)
    .reply(200, [...rules]);
}

function answerBranch(protection: object) {
  nock(api)
    .get("/repos/acme/shop/branches/main")
    .reply(200, { name: "main", protected: true, protection });
}

const open = { enabled: false };

test.each([
  ["nothing", [], open, false, "not-required"],
  ["a pull request", [pullRequest], open, true, "not-required"],
  ["a merge queue", [{ type: "merge_queue" }], open, true, "not-required"],
  ["our name", [requires("VibeGate")], open, false, "by-name"],
  [
    "our name of another app",
    [requires("VibeGate", 8)],
    open,
    false,
    "by-name",
  ],
  ["our run", [requires("VibeGate", 7)], open, false, "pinned"],
  ["another check", [requires("ci", 7)], open, false, "not-required"],
  [
    "our run by the older kind of protection",
    [pullRequest],
    {
      enabled: true,
      required_status_checks: {
        enforcement_level: "non_admins",
        checks: [{ context: "VibeGate", app_id: 7 }],
      },
    },
    true,
    "pinned",
  ],
])(
  "a branch that requires %s",
  async (_title, rules, protection, pullRequestsOnly, gateRun) => {
    answerRules(rules);
    answerBranch(protection);

    const found = await new KnownBranchRules().of(anOctokit(), place);

    expect(found).toEqual({ branch: "main", pullRequestsOnly, gateRun });
  },
);

test("what the older kind of protection asks of pushes is not seen", async () => {
  answerRules([]);
  answerBranch({ enabled: true });

  const found = await new KnownBranchRules().of(anOctokit(), place);

  expect(found).toEqual({ branch: "main", gateRun: "not-required" });
});

test("rulesets that say everything are enough, and are not asked for twice", async () => {
  answerRules([pullRequest, requires("VibeGate", 7)]);
  const known = new KnownBranchRules();

  const once = await known.of(anOctokit(), place);
  const twice = await known.of(anOctokit(), place);

  expect(once).toMatchObject({ pullRequestsOnly: true, gateRun: "pinned" });
  expect(twice).toBe(once);
});

test.each([403, 404])(
  "rules that are not shown (%i) are absent",
  async (status) => {
    nock(api).get(/rules/).query(true).reply(status, { message: "Upgrade" });

    const found = await new KnownBranchRules().of(anOctokit(), place);

    expect(found).toBeUndefined();
  },
);

test("an outage is no absence of rules", async () => {
  nock(api).get(/rules/).query(true).reply(502, {});

  const look = new KnownBranchRules().of(anOctokit(), place);

  await expect(look).rejects.toThrow(GitHubUnavailable);
});
