import { found } from "../http/answer.js";
import { paged } from "../http/page.js";
import type { Call, Route } from "../http/route.js";
import { checkSuite } from "../present/check.js";
import { emitSuiteRerequested } from "../webhooks/check-events.js";
import type { CheckSuite } from "../world/check-runs.js";
import { suiteFor } from "../world/suites.js";
import { runList } from "./check-run-routes.js";

const asks = "installation";
const reads = { checks: "read" } as const;
const writes = { checks: "write" } as const;
const all = "/repos/{owner}/{repo}/check-suites";
const one = `${all}/{check_suite_id}`;

/** The suites that hold the runs. */
export const checkSuiteRoutes: readonly Route[] = [
  {
    operation: `POST ${all}`,
    asks,
    needs: writes,
    handle: async (call) => {
      const { repository } = call;
      const commit = await repository.git.findCommit(
        String(call.body["head_sha"]),
      );
      const sha = found(commit).oid;
      const isKnown = repository.suites.some((suite) => suite.headSha === sha);
      const suite = suiteFor(repository, sha);
      return {
        status: isKnown ? 200 : 201,
        body: await checkSuite(repository, suite),
      };
    },
  },
  {
    operation: `GET ${one}`,
    asks,
    needs: reads,
    handle: async (call) => ({
      status: 200,
      body: await checkSuite(call.repository, suiteOf(call)),
    }),
  },
  {
    operation: `GET ${one}/check-runs`,
    asks,
    needs: reads,
    handle: (call) => runList(call, suiteOf(call).runs),
  },
  {
    operation: `POST ${one}/rerequest`,
    asks,
    needs: writes,
    handle: (call) => {
      call.world.hooks.inBackground(
        emitSuiteRerequested(call.repository, suiteOf(call)),
      );
      return { status: 201, body: {} };
    },
  },
  {
    operation: "GET /repos/{owner}/{repo}/commits/{ref}/check-suites",
    asks,
    needs: reads,
    handle: async (call) => {
      const { repository, params } = call;
      const commit = await repository.git.findCommit(params["ref"] ?? "");
      const sha = found(commit).oid;
      const suites = repository.suites.filter((suite) => suite.headSha === sha);
      const bodies = await Promise.all(
        suites.map((suite) => checkSuite(repository, suite)),
      );
      return paged(call, bodies, (page) => ({
        total_count: bodies.length,
        check_suites: page,
      }));
    },
  },
];

function suiteOf(call: Call): CheckSuite {
  const id = call.number("check_suite_id");
  return found(call.repository.suites.find((suite) => suite.id === id));
}
