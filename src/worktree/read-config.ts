import { configPaths } from "#config/config-paths.js";
import type { ConfigText } from "#config/governing.js";
import { decodeText } from "#gate/decode-text.js";
import type { Place, Repository } from "./find-repository.js";
import { git, GitError, gitText } from "./git.js";
import { listTree } from "./list-tree.js";
import type { ObjectStore } from "./object-store.js";
import { type Openable, withOpened } from "./opened.js";
import { headCommit, resolveCommit } from "./resolve-commit.js";
import { WorkFiles } from "./work-files.js";

/** Bytes of a configuration file that are read; one more than is accepted, so that a longer one is refused as such. */
const maxBytes = 65_537;

/** The configuration that governs a judgement. */
export interface LocalConfig {
  /** The files that are there; the first one counts. */
  readonly files: readonly ConfigText[];
  /** Name of the branch that it governs: the base's, or that of the work tree. */
  readonly branch: string;
}

/** Whose configuration to read. */
export interface ConfigRequest extends Openable {
  /** What the change is measured from: its configuration counts, never that of the change. */
  readonly base?: string;
}

/**
 * Reads the configuration at the base of a change, or of a folder as it stands now. A folder inside a repository that
 * has none of its own is governed by that of the whole.
 *
 * @throws ReadingError when the folder or the base cannot be found.
 */
export async function readConfig(request: ConfigRequest): Promise<LocalConfig> {
  const { base } = request;
  return withOpened(request, async ({ place, store }) => {
    const { repository } = place;
    if (!repository || !store)
      return { files: workFiles(place.folder), branch: "" };
    if (base === undefined) return currentConfig(place, repository, store);
    const commit = await resolveCommit(repository, base);
    const branch = base.replace(
      /^(?:refs\/heads\/|(?:refs\/remotes\/)?origin\/)/,
      "",
    );
    const { prefix } = repository;
    return { files: await committedFiles(store, commit, prefix), branch };
  });
}

async function currentConfig(
  { folder }: Place,
  repository: Repository,
  store: ObjectStore,
): Promise<LocalConfig> {
  const branch = await currentBranch(repository);
  const { workTree, prefix } = repository;
  if (workTree !== undefined) {
    const own = workFiles(folder);
    return { branch, files: own.length > 0 ? own : workFiles(workTree) };
  }
  const head = await headCommit(repository);
  const files =
    head === undefined ? [] : await committedFiles(store, head, prefix);
  return { branch, files };
}

/** @returns an empty text where no branch is checked out. */
async function currentBranch({ gitDir }: Repository): Promise<string> {
  try {
    return await gitText({ gitDir }, [
      "symbolic-ref",
      "--quiet",
      "--short",
      "HEAD",
    ]);
  } catch (error) {
    if (error instanceof GitError) return "";
    throw error;
  }
}

function workFiles(folder: string): ConfigText[] {
  const files = new WorkFiles(folder);
  return configPaths.flatMap((path): ConfigText[] => {
    const found = files.read(path, maxBytes);
    if (found.kind === "absent" || found.kind === "folder") return [];
    // A link or a pipe is there and cannot be read: that is a mistake to be told, not a missing file.
    const bytes = found.kind === "file" ? found.bytes : undefined;
    return [configText(path, bytes)];
  });
}

async function committedFiles(
  store: ObjectStore,
  commit: string,
  prefix: string,
): Promise<ConfigText[]> {
  // The whole tree is listed anyway, to judge it.
  const { entries } = await listTree(store, commit, prefix);
  const own = new Set(entries.map(({ path }) => path));
  for (const folder of new Set([prefix, ""])) {
    const found = await Promise.all(
      configPaths
        .filter((path) => folder !== prefix || own.has(path))
        .map((path) => committedFile(store, commit, folder, path)),
    );
    const files = found.filter((file) => file !== undefined);
    if (files.length > 0) return files;
  }
  return [];
}

/** One configuration file as a commit has it. @param folder - Ends in a slash, or is empty. */
export async function committedFile(
  store: ObjectStore,
  commit: string,
  folder: string,
  path: string,
): Promise<ConfigText | undefined> {
  const name = folder + path;
  const args = ["ls-tree", "-z", "-l", "--full-tree", commit, "--", name];
  const line = (await git(store.place, args)).toString("latin1");
  if (line === "") return undefined;
  const [mode = "", , id = "", size] = line.split(/[ \t]+/);
  if (!mode.startsWith("100") || Number(size) > maxBytes) return { path };
  return configText(path, await git(store.place, ["cat-file", "blob", id]));
}

function configText(path: string, bytes: Uint8Array | undefined): ConfigText {
  const decoded = bytes && decodeText(bytes);
  return decoded && "text" in decoded ? { path, text: decoded.text } : { path };
}
