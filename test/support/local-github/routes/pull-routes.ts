import { found, Refusal } from "../http/answer.js";
import { pageItems, paged } from "../http/page.js";
import type { Call, Route } from "../http/route.js";
import { commitAnswer, diffEntry } from "../present/commit.js";
import { fullPull, simplePull } from "../present/pull.js";
import { reviewAnswer } from "../present/review.js";
import type { LocalPullRequest } from "../world/local-pull-request.js";

const asks = "installation";
const needs = { pull_requests: "read" } as const;
const one = "/repos/{owner}/{repo}/pulls/{pull_number}";

/** GitHub lists no more than this, and does not say so. */
const maxFiles = 3000;
const maxCommits = 250;

/** Reading pull requests. */
export const pullRoutes: readonly Route[] = [
  {
    operation: "GET /repos/{owner}/{repo}/pulls",
    asks,
    needs,
    handle: (call) => paged(call, listed(call).map(simplePull)),
  },
  {
    operation: `GET ${one}`,
    asks,
    needs,
    handle: async (call) => ({
      status: 200,
      body: await fullPull(pullOf(call)),
    }),
  },
  {
    operation: `GET ${one}/files`,
    asks,
    needs,
    handle: async (call) => {
      const pull = pullOf(call);
      const files = (await pull.files()).slice(0, maxFiles);
      return paged(
        call,
        files.map((file) => diffEntry(pull.repository, pull.headSha, file)),
      );
    },
  },
  {
    operation: `GET ${one}/commits`,
    asks,
    needs,
    handle: async (call) => {
      const pull = pullOf(call);
      const ids = (await pull.commits()).slice(0, maxCommits);
      const wanted = pageItems(call, ids);
      const commits = await Promise.all(
        wanted.map((id) => pull.repository.git.commit(id)),
      );
      const body = commits.map((commit) =>
        commitAnswer(pull.repository, commit),
      );
      return { ...paged(call, ids), body };
    },
  },
  {
    operation: `GET ${one}/reviews`,
    asks,
    needs,
    handle: (call) => {
      const pull = pullOf(call);
      return paged(
        call,
        pull.reviews.map((review) => reviewAnswer(pull, review)),
      );
    },
  },
  {
    operation: `GET ${one}/reviews/{review_id}`,
    asks,
    needs,
    handle: (call) => {
      const pull = pullOf(call);
      const id = call.number("review_id");
      const review = found(pull.reviews.find((each) => each.id === id));
      return { status: 200, body: reviewAnswer(pull, review) };
    },
  },
  {
    operation: `POST ${one}/reviews`,
    asks,
    needs: { pull_requests: "write" },
    handle: submit,
  },
];

/** The pull request of the path. @throws Refusal 404 when there is none. */
export function pullOf(call: Call): LocalPullRequest {
  return found(call.repository.findPull(call.number("pull_number")));
}

function listed(call: Call): LocalPullRequest[] {
  const { state = "open", head, base, direction } = call.query;
  const pulls = call.repository.pulls.filter(
    (pull) =>
      (state === "all" || pull.state === state) &&
      (head === undefined || pull.headLabel === head) &&
      (base === undefined || pull.baseRef === base),
  );
  return direction === "asc" ? pulls : pulls.reverse();
}

const stateOfEvent: Readonly<
  Record<string, "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED">
> = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
};

async function submit(call: Call) {
  const pull = pullOf(call);
  const { event, body, commit_id: commit } = call.body;
  const state = stateOfEvent[String(event)] ?? "PENDING";
  if (state !== "APPROVED" && (body === undefined || body === "")) {
    throw new Refusal(422, "Unprocessable Entity", ["Body can't be blank"]);
  }
  const review = await pull.review({
    by: `${call.world.registration.slug}[bot]`,
    state,
    body: String(body ?? ""),
    ...(typeof commit === "string" ? { commit } : {}),
  });
  return { status: 200, body: reviewAnswer(pull, review) };
}
