import { describe, expect, test } from "@jest/globals";
import type { AppFacts } from "#github/app-facts.js";
import { appRegistration } from "#server/app-manifest.js";
import { diagnose } from "#server/diagnose.js";

const wanted = appRegistration();
const settings = {
  appId: 7,
  publicUrl: "https://gate.example.com",
  webhookPath: "/api/github/webhooks",
  apiUrl: "https://api.github.com",
};

const app = {
  ...{ id: 7, slug: "gate", owner: "acme", ownerType: "Organization" },
  htmlUrl: "https://github.com/apps/gate",
  permissions: wanted.default_permissions,
  events: wanted.default_events,
};

const healthy: AppFacts = {
  app: { ok: true, value: app },
  clockAheadMs: 400,
  webhookUrl: {
    ok: true,
    value: "https://gate.example.com/api/github/webhooks",
  },
  installations: {
    ok: true,
    value: [
      {
        account: "acme",
        htmlUrl:
          "https://github.com/organizations/acme/settings/installations/1",
        permissions: wanted.default_permissions,
        isSuspended: false,
      },
    ],
  },
  deliveries: { ok: true, value: { seen: 3, failed: 0 } },
};

function wrongIn(facts: Partial<AppFacts>): string[] {
  return diagnose({ settings, facts: { ...healthy, ...facts }, wanted })
    .filter(({ state }) => state !== "good")
    .map(({ state, sentence }) => `${state}: ${sentence}`);
}

describe("the doctor", () => {
  test("finds nothing wrong with what is right", () => {
    expect(wrongIn({})).toEqual([]);
  });

  test.each<[string, Partial<AppFacts>, RegExp]>([
    [
      "a key of another app",
      { app: { ok: false, because: "GitHub answered 401" } },
      /^bad: GET \/app failed: GitHub answered 401\..*APP_ID 7/,
    ],
    [
      "a clock that is behind",
      { clockAheadMs: 95_000 },
      /^bad: This machine's clock is 95 seconds behind GitHub's/,
    ],
    [
      "a clock that is ahead",
      { clockAheadMs: -95_000 },
      /^bad: This machine's clock is 95 seconds ahead of GitHub's/,
    ],
    [
      "a webhook address without its path",
      { webhookUrl: { ok: true, value: "https://gate.example.com/" } },
      /^bad: Webhooks go to https:\/\/gate\.example\.com\/, not to .*webhooks: change it at https:\/\/github\.com\/organizations\/acme\/settings\/apps\/gate\.$/,
    ],
    [
      "a missing permission",
      {
        app: {
          ok: true,
          value: {
            ...app,
            permissions: { ...app.permissions, merge_queues: "none" },
          },
        },
      },
      /^bad: The app lacks merge_queues: read: add it at .*\/permissions/,
    ],
    [
      "a permission that nobody needs",
      {
        app: {
          ok: true,
          value: {
            ...app,
            permissions: { ...app.permissions, contents: "write" },
          },
        },
      },
      /^warning: The app has more than it needs: contents: write/,
    ],
    [
      "an event that is not heard",
      {
        app: {
          ok: true,
          value: {
            ...app,
            events: app.events.filter((event) => event !== "merge_group"),
          },
        },
      },
      /^bad: The app does not hear merge_group/,
    ],
    [
      "an installation that did not accept a permission",
      {
        installations: {
          ok: true,
          value: [
            {
              ...{ account: "acme", htmlUrl: "https://x", isSuspended: false },
              permissions: { ...app.permissions, checks: "read" },
            },
          ],
        },
      },
      /^bad: The installation on acme has not granted checks: write/,
    ],
    [
      "an app that is installed nowhere",
      { installations: { ok: true, value: [] } },
      /^warning: The app is installed nowhere yet/,
    ],
    [
      "deliveries that all fail",
      {
        deliveries: {
          ok: true,
          value: {
            ...{ seen: 4, failed: 4 },
            newest: { status: "404 Not Found", at: "2026-06-01T00:00:00Z" },
          },
        },
      },
      /^bad: 4 of the last 4 deliveries failed, the newest at .* with 404/,
    ],
  ])("sees %s", (_name, facts, sentence) => {
    const wrong = wrongIn(facts);

    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toMatch(sentence);
  });
});
