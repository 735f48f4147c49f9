import type { Needs } from "#gate/check.js";
import type { Snapshot } from "#gate/snapshot.js";
import { wantedBy } from "#gate/wanted.js";
import { listCommits } from "./commit-changes.js";
import { compareTrees } from "#gate/tree-compare.js";
import type { Place, Repository } from "./find-repository.js";
import { folderView } from "./folder-view.js";
import type { ObjectStore } from "./object-store.js";
import { mergeBase } from "./merge-base.js";
import { type Openable, withOpened } from "./opened.js";
import { readViews } from "./read-views.js";
import { ReadingError } from "./reading-error.js";
import { headCommit, resolveCommit } from "./resolve-commit.js";
import { commitView, emptyView, type View } from "./view.js";
import { workTreeView } from "./work-tree.js";

/** What to read of a local folder, and for whom. */
export interface ReadingRequest extends Openable {
  readonly needs: readonly Needs[];
  /** The only clock of the judgement: ISO 8601, UTC. */
  readonly takenAt: string;
  /** Told the paths of a work tree or folder that is judged whole, before their files are read. */
  readonly onListed?: (paths: readonly string[]) => void;
}

/** A change to read: from the merge base of two commits to the later one. */
export interface ChangeRequest extends ReadingRequest {
  readonly base: string;
  /** Without one, the work tree as it stands now, committed or not. */
  readonly head?: string;
}

/**
 * Reads what a branch changes against its base.
 *
 * @throws ReadingError when the folder is no repository, or a commit cannot be found.
 */
export async function readChange(request: ChangeRequest): Promise<Snapshot> {
  return withOpened(request, async ({ place, store }) => {
    const { repository } = place;
    if (!repository || !store)
      throw new ReadingError(
        `${JSON.stringify(place.folder)} is no git repository; \`vibegate audit\` takes a plain folder.`,
      );
    return changeIn(place, repository, store, request);
  });
}

/**
 * Reads everything: a repository with its uncommitted files, the head of a bare one, or a plain folder.
 *
 * @throws ReadingError when the path is no folder.
 */
export async function readRepository(
  request: ReadingRequest,
): Promise<Snapshot> {
  return withOpened(request, async ({ place, store }) => {
    const { repository } = place;
    if (!repository || !store) return folderSnapshot(place, request);
    const head = await headCommit(repository);
    const { onListed } = request;
    const both = await views(repository, store, head, onListed);
    const { committed, current } = both;
    // A folder that git holds nothing of, for example because it is ignored, is judged for itself.
    if (repository.prefix !== "" && current.entries.length === 0)
      return folderSnapshot(place, request);
    const judged = head !== undefined && isSame(committed, current);
    return readViews(
      { ...frame(place, request, "repository"), ...(judged && { head }) },
      { head: current },
      wantedBy(request.needs),
    );
  });
}

async function changeIn(
  place: Place,
  repository: Repository,
  store: ObjectStore,
  request: ChangeRequest,
): Promise<Snapshot> {
  const [base, head] = await Promise.all([
    resolveCommit(repository, request.base),
    resolveCommit(repository, request.head ?? "HEAD"),
  ]);
  const { prefix } = repository;
  const [from, { committed, current }] = await Promise.all([
    mergeBase(store, base, head),
    request.head === undefined
      ? views(repository, store, head)
      : commitView(store, head, prefix).then(same),
  ]);
  const before =
    from === undefined
      ? emptyView
      : from === head
        ? committed
        : await commitView(store, from, prefix);
  const wanted = wantedBy(request.needs);
  return readViews(
    {
      ...frame(place, request, "change"),
      ...(isSame(committed, current) && { head }),
      ...(from !== undefined && { base: from }),
    },
    {
      head: current,
      base: before,
      ...(wanted.inCommits && {
        commits: await listCommits(store, { head, base, prefix }),
      }),
    },
    wanted,
  );
}

/** The last commit's files, and those that stand in the work tree now: in a bare repository the same. */
async function views(
  repository: Repository,
  store: ObjectStore,
  head: string | undefined,
  onListed?: ReadingRequest["onListed"],
): Promise<{ committed: View; current: View }> {
  const { workTree, prefix } = repository;
  const listed =
    head === undefined
      ? Promise.resolve(emptyView)
      : commitView(store, head, prefix);
  if (workTree === undefined) return same(await listed);
  const place = { ...repository, workTree };
  const current = await workTreeView(place, store, listed, onListed);
  return { committed: await listed, current };
}

function same(view: View): { committed: View; current: View } {
  return { committed: view, current: view };
}

function isSame(one: View, other: View): boolean {
  return one === other || compareTrees(one.entries, other.entries).length === 0;
}

function folderSnapshot(
  place: Place,
  request: ReadingRequest,
): Promise<Snapshot> {
  return readViews(
    { ...frame(place, request, "repository"), hasHistory: false },
    { head: folderView(place.folder, request.onListed) },
    wantedBy(request.needs),
  );
}

function frame(
  { name: repository }: Place,
  { takenAt }: ReadingRequest,
  scope: Snapshot["scope"],
) {
  return { takenAt, repository, scope, hasHistory: true };
}
