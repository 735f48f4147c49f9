import { describe, expect, test } from "@jest/globals";
import { type Intents, intentsOf } from "#server/intents.js";

const appId = 4711;
const headSha = "a".repeat(40);
const baseSha = "b".repeat(40);
const sender = { id: 5, login: "ann" };
const place = {
  installation: { id: 7 },
  repository: { id: 42, name: "shop", owner: { login: "acme" } },
  sender,
};

function intents(name: string, payload: Record<string, unknown>): Intents {
  const event = {
    id: "delivery-1",
    name,
    receivedAt: 1_000,
    payload: { ...place, ...payload },
  };
  return intentsOf(event, appId);
}

describe("pull_request", () => {
  test.each([
    "opened",
    "reopened",
    "synchronize",
    "ready_for_review",
    "converted_to_draft",
    "closed",
  ])("%s asks for a whole look", (action) => {
    const { outcome, jobs } = intents("pull_request", { action, number: 17 });

    expect(outcome).toBe("wanted");
    expect(jobs).toEqual([
      {
        key: "pull:42:17",
        group: "7",
        priority: 10,
        payload: {
          kind: "pull-request",
          installationId: 7,
          repositoryId: 42,
          owner: "acme",
          repo: "shop",
          number: 17,
          reasons: [`pull_request.${action}`],
          fullLook: true,
          rerun: false,
          actions: [],
        },
      },
    ]);
  });

  test("edited asks for a look only when the base changed", () => {
    const edited = (changes: unknown): string =>
      intents("pull_request", { action: "edited", number: 17, changes })
        .outcome;

    expect(edited({ base: { ref: { from: "main" } } })).toBe("wanted");
    expect(edited({ title: { from: "old" } })).toBe("ignored");
  });

  test.each(["labeled", "assigned", "locked", "unheard_of"])(
    "%s is ignored",
    (action) => {
      expect(intents("pull_request", { action, number: 17 }).outcome).toBe(
        "ignored",
      );
    },
  );
});

describe("pull_request_review", () => {
  const review = {
    id: 9001,
    user: { id: 6, login: "ben", type: "User" },
    state: "approved",
    commit_id: headSha,
    submitted_at: "2026-11-23T10:00:00Z",
  };
  const pull_request = {
    number: 17,
    head: { sha: headSha },
    base: { ref: "main", sha: baseSha },
  };

  test.each(["submitted", "edited", "dismissed"])(
    "%s asks only about reviews, and is remembered with the head it was given for",
    (action) => {
      const { jobs, records } = intents("pull_request_review", {
        action,
        review,
        pull_request,
      });

      expect(jobs).toMatchObject([
        {
          key: "pull:42:17",
          payload: { fullLook: false, rerun: false },
        },
      ]);
      expect(records).toEqual([
        {
          collection: "reviews",
          key: `42/17/9001/${action}`,
          onlyIfAbsent: action === "submitted",
          value: {
            reviewId: 9001,
            user: { id: 6, login: "ben" },
            action,
            state: "approved",
            headSha,
            commitId: headSha,
            baseRef: "main",
            baseSha,
            submittedAt: "2026-11-23T10:00:00Z",
            sender,
            deliveryId: "delivery-1",
            receivedAt: 1_000,
          },
        },
      ]);
    },
  );

  test("a review of a deleted account is remembered without a user", () => {
    const { records } = intents("pull_request_review", {
      action: "submitted",
      review: { ...review, user: null },
      pull_request,
    });

    expect(records[0]?.value).not.toHaveProperty("user");
  });
});

describe("check_run and check_suite", () => {
  const ours = {
    head_sha: headSha,
    app: { id: appId },
    external_id: `acme/shop#17@${headSha}`,
    pull_requests: [],
  };
  const listed = (number: number, repositoryId = 42): unknown => ({
    number,
    head: { sha: headSha },
    base: { repo: { id: repositoryId } },
  });

  test("a re-run finds its pull request by our own id", () => {
    const { jobs } = intents("check_run", {
      action: "rerequested",
      check_run: ours,
    });

    expect(jobs).toMatchObject([
      { key: "pull:42:17", payload: { rerun: true, fullLook: true } },
    ]);
  });

  test("without an own id it finds it by the list, but none of another repository", () => {
    const { jobs } = intents("check_run", {
      action: "rerequested",
      check_run: {
        ...ours,
        external_id: "",
        pull_requests: [listed(18), listed(3, 99)],
      },
    });

    expect(jobs.map(({ key }) => key)).toEqual(["pull:42:18"]);
  });

  test("an own id that is about another commit does not count", () => {
    const { jobs } = intents("check_run", {
      action: "rerequested",
      check_run: { ...ours, external_id: `acme/shop#17@${baseSha}` },
    });

    expect(jobs.map(({ key }) => key)).toEqual([`commit:42:${headSha}`]);
  });

  test("a suite of a fork's commit is looked up by the commit", () => {
    const { jobs } = intents("check_suite", {
      action: "rerequested",
      check_suite: { head_sha: headSha, app: { id: appId }, pull_requests: [] },
    });

    expect(jobs).toMatchObject([
      { payload: { kind: "commit-rerun", sha: headSha } },
    ]);
  });

  test("a suite with several pull requests asks for each", () => {
    const { jobs } = intents("check_suite", {
      action: "rerequested",
      check_suite: {
        head_sha: headSha,
        app: { id: appId },
        pull_requests: [listed(17), listed(18)],
      },
    });

    expect(jobs.map(({ key }) => key)).toEqual(["pull:42:17", "pull:42:18"]);
  });

  test("a pressed button is handed on with who pressed it", () => {
    const { jobs } = intents("check_run", {
      action: "requested_action",
      requested_action: { identifier: "request_review" },
      check_run: ours,
    });

    expect(jobs).toMatchObject([
      {
        payload: {
          fullLook: false,
          rerun: false,
          actions: [
            {
              identifier: "request_review",
              senderId: 5,
              senderLogin: "ann",
            },
          ],
        },
      },
    ]);
  });

  test.each(["created", "completed"])(
    "our own runs' %s events are ignored",
    (action) => {
      expect(intents("check_run", { action, check_run: ours }).outcome).toBe(
        "ignored",
      );
    },
  );

  test("runs and suites of other apps are ignored", () => {
    const theirs = { ...ours, app: { id: 1 } };
    expect(
      intents("check_run", { action: "rerequested", check_run: theirs })
        .outcome,
    ).toBe("ignored");
    expect(
      intents("check_suite", { action: "rerequested", check_suite: theirs })
        .outcome,
    ).toBe("ignored");
  });

  test("a requested suite is ignored: the pull request's own event asks", () => {
    expect(
      intents("check_suite", { action: "requested", check_suite: ours })
        .outcome,
    ).toBe("ignored");
  });
});

test("a merge queue's group is judged before everything else", () => {
  const { jobs } = intents("merge_group", {
    action: "checks_requested",
    merge_group: {
      head_sha: headSha,
      base_sha: baseSha,
      base_ref: "refs/heads/main",
      head_ref: "refs/heads/gh-readonly-queue/main/pr-17-abc",
    },
  });

  expect(jobs).toMatchObject([
    {
      key: `merge-group:42:${headSha}`,
      priority: 20,
      payload: { kind: "merge-group", headSha, baseSha },
    },
  ]);
});

describe("installations", () => {
  const repositories = [
    { id: 42, full_name: "acme/shop" },
    { id: 43, full_name: "acme/blog" },
  ];

  test.each([
    ["installation", "created", { repositories }],
    [
      "installation_repositories",
      "added",
      { repositories_added: repositories },
    ],
  ])("%s.%s asks for a first look at each repository", (name, action, more) => {
    const { jobs } = intents(name, { action, ...more });

    const looks = jobs.filter(({ key }) => key.startsWith("first-look:"));
    const others = jobs.filter((job) => !looks.includes(job));

    expect(others.map(({ key }) => key)).toEqual([
      "reconcile:7:42",
      "reconcile:7:43",
    ]);
    expect(looks).toMatchObject([
      {
        key: "first-look:42",
        priority: 0,
        payload: { kind: "first-look", owner: "acme", repo: "shop" },
      },
      { key: "first-look:43" },
    ]);
  });

  test("a removed repository asks for nothing", () => {
    expect(
      intents("installation_repositories", {
        action: "removed",
        repositories_added: [],
      }).outcome,
    ).toBe("ignored");
  });
});

describe("what we do not expect", () => {
  test.each(["ping", "star", "constructor", "__proto__"])(
    "the event %s is ignored",
    (name) => {
      expect(intents(name, { action: "created" }).outcome).toBe("ignored");
    },
  );

  test.each<[string, string, Record<string, unknown>]>([
    ["a number of text", "pull_request", { action: "opened", number: "17" }],
    ["a negative number", "pull_request", { action: "opened", number: -1 }],
    ["no installation", "pull_request", { number: 17, installation: null }],
    [
      "a commit that is none",
      "check_suite",
      {
        action: "rerequested",
        check_suite: {
          head_sha: "main",
          app: { id: appId },
          pull_requests: [],
        },
      },
    ],
    ["a review of nothing", "pull_request_review", { action: "submitted" }],
    [
      "a repository path",
      "installation",
      {
        action: "created",
        repositories: [{ id: 1, full_name: "../../etc/passwd" }],
      },
    ],
  ])("%s is rejected", (_name, event, payload) => {
    expect(intents(event, { action: "opened", ...payload })).toEqual({
      outcome: "rejected",
      jobs: [],
      records: [],
    });
  });
});
