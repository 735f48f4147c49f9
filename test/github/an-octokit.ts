import { afterAll, afterEach, beforeAll } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import nock from "nock";

/** The address that unit tests answer for. */
export const api = "https://api.github.test";

/**
 * Lets this file's requests meet nock alone, and gives the network back at its end.
 *
 * nock patches Node's own HTTP modules. Those are one and the same for all test files of a process: without the
 * restoring, every later file would be cut off from its server on the loopback.
 */
export function onlyNock(): void {
  beforeAll(() => {
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
  });
  afterEach(() => {
    nock.cleanAll();
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });
}

/** A real Octokit without any plug-in that would try again. */
export function anOctokit(): Octokit {
  return new Octokit({
    baseUrl: api,
    auth: "token",
    log: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined,
    },
  });
}

/** Answers GraphQL queries by a function for as long as the test runs; counts them. */
export function answerQueries(
  answer: (
    query: string,
    variables: Record<string, unknown>,
  ) => { readonly status?: number; readonly body: unknown },
): { readonly count: () => number } {
  let count = 0;
  nock(api)
    .persist()
    .post("/graphql")
    .reply((_uri, body) => {
      count += 1;
      const { query, variables } = body as {
        query: string;
        variables: Record<string, unknown>;
      };
      const { status = 200, body: reply } = answer(query, variables);
      return [status, reply as nock.Body];
    });
  return { count: () => count };
}
