import { GitHubUnavailable, understood } from "./failures.js";

/** The part of Octokit that is spoken here; Probot's and `@octokit/rest`'s both fit. */
export interface Octokit {
  readonly request: (
    route: string,
    parameters?: Record<string, unknown>,
  ) => Promise<{
    readonly status: number;
    readonly data: unknown;
    readonly headers?: Readonly<Record<string, unknown>>;
  }>;
  readonly graphql: (
    query: string,
    variables?: Record<string, unknown>,
  ) => Promise<unknown>;
}

/** A repository by its name. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** Milliseconds that GitHub may take for one answer. */
const timeoutMs = 15_000;

/**
 * How requests are sent. The time counts on the wire only: Octokit may hold a request back for long before it sends it.
 * One whose work was taken over meanwhile is not sent any more.
 */
export const timed = {
  fetch: (address: string | URL | Request, options?: RequestInit) => {
    const ends = [options?.signal, AbortSignal.timeout(timeoutMs)];
    const signal = AbortSignal.any(ends.filter((end) => end != null));
    return fetch(address, { ...options, signal });
  },
};

/**
 * One REST request.
 *
 * @throws one of the classes of `failures.ts`.
 */
export async function ask<Answer>(
  octokit: Octokit,
  route: string,
  parameters: Record<string, unknown>,
): Promise<Answer> {
  try {
    const answer = await octokit.request(route, {
      request: timed,
      ...parameters,
    });
    return whole<Answer>(answer.data);
  } catch (error) {
    throw understood(error);
  }
}

/**
 * One GraphQL query.
 *
 * @throws one of the classes of `failures.ts`; partial answers count as failures.
 */
export async function query<Answer>(
  octokit: Octokit,
  text: string,
  variables: Record<string, unknown>,
): Promise<Answer> {
  try {
    const answer = await octokit.graphql(text, {
      ...variables,
      request: timed,
    });
    return whole<Answer>(answer);
  } catch (error) {
    throw understood(error);
  }
}

/** Octokit gives an answer that broke off as a text, or as nothing, and calls it a success. */
function whole<Answer>(answer: unknown): Answer {
  if (typeof answer === "object" && answer !== null) return answer as Answer;
  throw new GitHubUnavailable(undefined);
}

/** Reads every page of a REST list. @param list - Where the items stand in one answer. */
export async function askPages<Answer, Item>(
  octokit: Octokit,
  route: string,
  parameters: Record<string, unknown>,
  list: (answer: Answer) => readonly Item[],
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await ask<Answer>(octokit, route, {
      ...parameters,
      per_page: pageSize,
      page,
    });
    const found = list(answer);
    items.push(...found);
    if (found.length < pageSize) return items;
  }
}

const pageSize = 100;
