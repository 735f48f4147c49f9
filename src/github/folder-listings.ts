import type { TreeEntry } from "#gate/tree-compare.js";
import { GitHubUnavailable } from "./failures.js";
import { isObjectId } from "./object-id.js";
import { type Octokit, query, type RepositoryName } from "./octokit.js";

/** Folders of one query. */
const maxFolders = 25;

/** An entry of one folder; `path` is its name. */
export interface FolderEntry extends TreeEntry {
  readonly isFolder: boolean;
}

interface FolderAnswer extends Listing {
  /** The folder of a commit, where its id stood in for its tree's. */
  readonly tree?: Listing;
}

interface Listing {
  readonly entries?:
    | readonly {
        readonly name: string;
        readonly mode: number;
        readonly type: string;
        readonly oid: string;
        readonly size: number;
      }[]
    | null;
}

const entryFields = "entries { name mode type oid size }";

type Answers = Readonly<Record<string, FolderAnswer | null>>;

/** Lists folders without what is below them, many with one query. One that GitHub does not list is left out. */
export async function readFolders(
  octokit: Octokit,
  repository: RepositoryName,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly FolderEntry[]>> {
  const listings = new Map<string, readonly FolderEntry[]>();
  const known = ids.filter(isObjectId);
  for (let at = 0; at < known.length; at += maxFolders) {
    const batch = known.slice(at, at + maxFolders);
    await readBatch(octokit, repository, batch, listings);
  }
  return listings;
}

async function readBatch(
  octokit: Octokit,
  repository: RepositoryName,
  ids: readonly string[],
  listings: Map<string, readonly FolderEntry[]>,
): Promise<void> {
  const answers = await askBatch(octokit, repository, ids);
  if (!answers && ids.length > 1) {
    const middle = Math.ceil(ids.length / 2);
    await readBatch(octokit, repository, ids.slice(0, middle), listings);
    await readBatch(octokit, repository, ids.slice(middle), listings);
    return;
  }
  ids.forEach((id, index) => {
    const answer = answers?.[`folder${String(index)}`];
    const entries = answer?.entries ?? answer?.tree?.entries;
    if (!entries) return;
    const listing = entries.map(({ name, mode, type, oid, size }) => ({
      path: name,
      mode: modeOf(mode),
      id: oid,
      isFolder: type === "tree",
      ...(type === "blob" && { size }),
    }));
    listings.set(id, listing);
  });
}

/** @returns undefined when GitHub failed on this batch, which a smaller one may not. */
async function askBatch(
  octokit: Octokit,
  { owner, repo }: RepositoryName,
  ids: readonly string[],
): Promise<Answers | undefined> {
  const fields = ids.map(
    (id, index) => `folder${String(index)}: object(oid: "${id}") {
      ... on Tree { ${entryFields} }
      ... on Commit { tree { ${entryFields} } }
    }`,
  );
  const text = `query ($owner: String!, $repo: String!) {
    repository(owner: $owner, name: $repo) { ${fields.join("\n")} }
  }`;
  try {
    const answer = await query<{ readonly repository: Answers | null }>(
      octokit,
      text,
      { owner, repo },
    );
    return answer.repository ?? undefined;
  } catch (error) {
    if (error instanceof GitHubUnavailable) return undefined;
    throw error;
  }
}

/** The mode comes as the number that git's octal digits stand for: 33188 is 100644. */
function modeOf(mode: number): string {
  return mode.toString(8).padStart(6, "0");
}
