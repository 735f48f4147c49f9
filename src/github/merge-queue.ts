import { type Octokit, query, type RepositoryName } from "./octokit.js";

/** A pull request in a merge queue. */
export interface QueueEntry {
  readonly number: number;
  /** Commit that the queue made for it; absent while it waits. */
  readonly head?: string;
}

/** GitHub's queues hold no more. */
const mostEntries = 100;

const queueQuery = `query ($owner: String!, $repo: String!, $branch: String!) {
  repository(owner: $owner, name: $repo) {
    mergeQueue(branch: $branch) {
      entries(first: ${String(mostEntries)}) {
        nodes { pullRequest { number } headCommit { oid } }
      }
    }
  }
}`;

interface QueueAnswer {
  readonly repository: {
    readonly mergeQueue: {
      readonly entries: {
        readonly nodes: readonly {
          readonly pullRequest: { readonly number: number } | null;
          readonly headCommit: { readonly oid: string } | null;
        }[];
      };
    } | null;
  } | null;
}

/** The pull requests that wait in a branch's merge queue, in their order. */
export async function readMergeQueue(
  octokit: Octokit,
  { owner, repo }: RepositoryName,
  branch: string,
): Promise<readonly QueueEntry[]> {
  const answer = await query<QueueAnswer>(octokit, queueQuery, {
    ...{ owner, repo, branch },
  });
  const nodes = answer.repository?.mergeQueue?.entries.nodes ?? [];
  return nodes.flatMap(({ pullRequest, headCommit }) =>
    pullRequest
      ? [
          {
            number: pullRequest.number,
            ...(headCommit && { head: headCommit.oid }),
          },
        ]
      : [],
  );
}
