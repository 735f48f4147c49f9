import { Octokit } from "@octokit/rest";
import nock from "nock";

/** The address that unit tests answer for. */
export const api = "https://api.github.test";

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
