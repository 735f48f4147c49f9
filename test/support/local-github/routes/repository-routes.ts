import { paged } from "../http/page.js";
import type { Route } from "../http/route.js";
import { nodeId, simpleUser } from "../present/account.js";
import { fullRepository } from "../present/repository.js";

const asks = "installation";

/** The repository itself, what was pushed to it, and what rules it has. */
export const repositoryRoutes: readonly Route[] = [
  {
    operation: "GET /repos/{owner}/{repo}",
    asks,
    needs: { metadata: "read" },
    handle: ({ repository }) => ({
      status: 200,
      body: fullRepository(repository),
    }),
  },
  {
    operation: "GET /repos/{owner}/{repo}/activity",
    asks,
    needs: { contents: "read" },
    handle: (call) => {
      const { repository, world, query } = call;
      const wanted = repository.activity.filter(
        ({ ref, type, actor }) =>
          [undefined, ref, ref.replace("refs/heads/", "")].includes(
            query["ref"],
          ) &&
          (query["activity_type"] ?? type) === type &&
          (query["actor"] ?? actor.login) === actor.login,
      );
      const ordered =
        query["direction"] === "asc" ? wanted.toReversed() : wanted;
      return paged(
        call,
        ordered.map(({ type, actor, ...move }) => ({
          ...move,
          node_id: nodeId("Push", move.id),
          activity_type: type,
          actor: simpleUser(world, actor),
        })),
      );
    },
  },
  {
    operation: "GET /repos/{owner}/{repo}/rules/branches/{branch}",
    asks,
    needs: { metadata: "read" },
    handle: (call) => {
      const branch = call.params["branch"] ?? "";
      return paged(call, call.repository.rules.get(branch) ?? []);
    },
  },
  {
    operation: "GET /rate_limit",
    asks: "anybody",
    handle: ({ world, caller }) => {
      const core = world.rateLimit.state(caller);
      const search = { limit: 30, used: 0, remaining: 30, reset: core.reset };
      return {
        status: 200,
        body: { resources: { core, search }, rate: core },
      };
    },
  },
  {
    operation: "GET /meta",
    asks: "anybody",
    handle: () => ({
      status: 200,
      body: { verifiable_password_authentication: false },
    }),
  },
];
