import { expect, test } from "@jest/globals";
import { mergeWork, type PullRequestWork } from "#server/work.js";

test("a review after a re-run and a push keeps all that was asked for", () => {
  const work = (more: Partial<PullRequestWork>): PullRequestWork => ({
    kind: "pull-request",
    installationId: 7,
    repositoryId: 42,
    owner: "acme",
    repo: "shop",
    number: 17,
    reasons: ["pull_request.synchronize"],
    fullLook: true,
    rerun: false,
    actions: [],
    ...more,
  });
  const wishes = [
    work({ rerun: true, reasons: ["check_run.rerequested"] }),
    work({}),
    work({ repo: "store" }),
    work({ fullLook: false, reasons: ["pull_request_review.submitted"] }),
  ];

  expect(wishes.reduce((a, b) => mergeWork(a, b) as PullRequestWork)).toEqual(
    work({
      fullLook: true,
      rerun: true,
      reasons: [
        "check_run.rerequested",
        "pull_request.synchronize",
        "pull_request_review.submitted",
      ],
    }),
  );
});
