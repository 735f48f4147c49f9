import { Refusal, type Answer } from "../http/answer.js";
import type { Call, Route } from "../http/route.js";
import { simpleUser } from "../present/account.js";
import { simplePull } from "../present/pull.js";
import { teamSimple } from "../present/team.js";
import { emitPull } from "../webhooks/events.js";
import type { Account } from "../world/accounts.js";
import type { LocalPullRequest } from "../world/local-pull-request.js";
import { pullOf } from "./pull-routes.js";

const asks = "installation";
const path = "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers";

/** Asking people for a review. */
export const reviewerRoutes: readonly Route[] = [
  {
    operation: `GET ${path}`,
    asks,
    needs: { pull_requests: "read" },
    handle: (call) => {
      const { world } = call;
      const { requestedReviewers, requestedTeams } = pullOf(call);
      return {
        status: 200,
        body: {
          users: requestedReviewers.map((user) => simpleUser(world, user)),
          teams: requestedTeams.map((team) => teamSimple(world, team)),
        },
      };
    },
  },
  {
    operation: `POST ${path}`,
    asks,
    needs: { pull_requests: "write" },
    handle: request,
  },
  {
    operation: `DELETE ${path}`,
    asks,
    needs: { pull_requests: "write" },
    handle: (call) => {
      const pull = pullOf(call);
      const { logins, slugs } = named(call);
      removeFrom(pull.requestedReviewers, ({ login }) =>
        logins.includes(login),
      );
      removeFrom(pull.requestedTeams, ({ slug }) => slugs.includes(slug));
      return { status: 200, body: simplePull(pull) };
    },
  },
];

function request(call: Call): Answer {
  const pull = pullOf(call);
  const { logins, slugs } = named(call);
  const people = logins.map((login) => eligible(call, pull, login));
  const teams = call.world.teams.filter(
    ({ slug, organization }) =>
      slugs.includes(slug) && organization === pull.repository.owner,
  );
  if (teams.length < slugs.length) throw noCollaborator(call);
  const fresh = people.filter((one) => !pull.requestedReviewers.includes(one));
  pull.requestedReviewers.push(...fresh);
  pull.requestedTeams.push(
    ...teams.filter((team) => !pull.requestedTeams.includes(team)),
  );
  call.world.hooks.inBackground(announce(call, pull, fresh));
  return { status: 201, body: simplePull(pull) };
}

function named({ body }: Call): { logins: string[]; slugs: string[] } {
  return {
    logins: (body["reviewers"] as string[] | undefined) ?? [],
    slugs: (body["team_reviewers"] as string[] | undefined) ?? [],
  };
}

function eligible(call: Call, pull: LocalPullRequest, login: string): Account {
  const account = call.world.accounts.find(login);
  if (account === pull.author) {
    throw new Refusal(
      422,
      "Review cannot be requested from pull request author.",
    );
  }
  if (!account || pull.repository.roleOf(account) === "none") {
    throw noCollaborator(call);
  }
  return account;
}

function noCollaborator({ repository }: Call): Refusal {
  return new Refusal(
    422,
    `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${repository.fullName} repository.`,
  );
}

/** Nobody waits: the app may be waiting for the answer to this very request. */
async function announce(
  { world }: Call,
  pull: LocalPullRequest,
  people: readonly Account[],
): Promise<void> {
  const bot = world.accounts.named(`${world.registration.slug}[bot]`);
  for (const person of people) {
    await emitPull(pull, "review_requested", bot, {
      requested_reviewer: simpleUser(world, person),
    });
  }
}

function removeFrom<Item>(list: Item[], isGone: (item: Item) => boolean): void {
  list.splice(0, list.length, ...list.filter((item) => !isGone(item)));
}
