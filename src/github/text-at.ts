import { type Octokit, query, type RepositoryName } from "./octokit.js";

interface BlobAnswer {
  readonly text?: string | null;
  readonly isTruncated?: boolean;
}

/** Places that one query asks for. */
type Places = readonly [string, string, string];

const textQuery = `query (
  $owner: String!, $repo: String!, $one: String!, $two: String!, $three: String!
) {
  repository(owner: $owner, name: $repo) {
    one: object(expression: $one) { ... on Blob { text isTruncated } }
    two: object(expression: $two) { ... on Blob { text isTruncated } }
    three: object(expression: $three) { ... on Blob { text isTruncated } }
  }
}`;

/** The first of three files that is there at a commit; undefined when none is, or GitHub shows only a part of it. */
export async function readFirstText(
  octokit: Octokit,
  { owner, repo }: RepositoryName,
  commit: string,
  [one, two, three]: Places,
): Promise<string | undefined> {
  const answer = await query<{
    readonly repository: Readonly<
      Record<"one" | "two" | "three", BlobAnswer | null>
    > | null;
  }>(octokit, textQuery, {
    ...{ owner, repo, one: `${commit}:${one}` },
    ...{ two: `${commit}:${two}`, three: `${commit}:${three}` },
  });
  const { repository } = answer;
  const found = [repository?.one, repository?.two, repository?.three];
  const first = found.find((blob) => typeof blob?.text === "string");
  return first?.isTruncated === true ? undefined : (first?.text ?? undefined);
}
