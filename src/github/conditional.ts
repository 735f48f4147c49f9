import { LRUCache } from "lru-cache";
import { GitHubUnavailable, understood } from "./failures.js";
import { type Octokit, timed } from "./octokit.js";

interface Known {
  readonly tag: string;
  readonly data: unknown;
}

const pageSize = 100;
const rememberedPages = 5_000;
/** Lists longer than this do not occur; a server that never ends one must not keep us. */
const maxPages = 1_000;

/**
 * Lists that are asked for again and again. A page that has not changed costs nothing of the hourly quota.
 *
 * @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
 */
export class KnownLists {
  readonly #pages = new LRUCache<string, Known>({ max: rememberedPages });

  /**
   * Reads every page of a REST list.
   *
   * @param asker - Whose token asks: what one may see is not shown to another.
   * @param list - Where the items stand in one answer.
   * @throws one of the classes of `failures.ts`.
   */
  async pages<Answer, Item>(
    octokit: Octokit,
    asker: string,
    route: string,
    parameters: Readonly<Record<string, unknown>>,
    list: (answer: Answer) => readonly Item[],
  ): Promise<readonly Item[]> {
    const items: Item[] = [];
    for (let page = 1; page <= maxPages; page += 1) {
      const given = { ...parameters, per_page: pageSize, page };
      const key = `${asker} ${route} ${JSON.stringify(given)}`;
      const found = list(await this.#page<Answer>(octokit, key, route, given));
      items.push(...found);
      if (found.length < pageSize) break;
    }
    return items;
  }

  async #page<Answer>(
    octokit: Octokit,
    key: string,
    route: string,
    parameters: Readonly<Record<string, unknown>>,
  ): Promise<Answer> {
    const known = this.#pages.get(key);
    const headers = known ? { "if-none-match": known.tag } : {};
    try {
      const answer = await octokit.request(route, {
        ...parameters,
        headers,
        request: timed,
      });
      this.#remember(key, answer);
      if (typeof answer.data === "object" && answer.data !== null)
        return answer.data as Answer;
    } catch (error) {
      if (known && isUnchanged(error)) return known.data as Answer;
      throw understood(error);
    }
    throw new GitHubUnavailable(undefined);
  }

  #remember(key: string, answer: Awaited<ReturnType<Octokit["request"]>>) {
    const tag = answer.headers?.["etag"];
    if (typeof tag === "string")
      this.#pages.set(key, { tag, data: answer.data });
  }
}

/** Octokit takes "not modified" for an error. */
function isUnchanged(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    "status" in error &&
    error.status === 304
  );
}
