import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Repository } from "./find-repository.js";
import { type GitPlace, gitText } from "./git.js";
import { headCommit } from "./resolve-commit.js";

/** The objects of a repository, to be read without any of its configuration. */
export interface ObjectStore {
  /** A git directory of our own that borrows the repository's objects. */
  readonly place: GitPlace;
  /** Whether part of the history was never fetched. */
  readonly isShallow: boolean;
  /** How this repository names its objects. */
  readonly hash: "sha1" | "sha256";
}

/**
 * Lends a repository's objects to an empty git directory of our own, for as long as `use` runs. Its configuration, its
 * replaced objects, grafts and promisor remotes then have no say, and a missing object is simply missing.
 */
export async function withObjectStore<T>(
  repository: Repository,
  use: (store: ObjectStore) => Promise<T>,
): Promise<T> {
  const own = await mkdtemp(join(tmpdir(), "vibegate-"));
  try {
    return await use(await lend(repository, own));
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

async function lend(repository: Repository, own: string): Promise<ObjectStore> {
  const { gitDir } = repository;
  const common = await commonDir(gitDir);
  const shallow = join(common, "shallow");
  const isShallow = await readFile(shallow, "utf8").then(
    (text) => text.trim() !== "",
    () => false,
  );
  const hash = await hashOf(repository);
  await writeGitDir(own, hash);
  const environment = {
    GIT_OBJECT_DIRECTORY: join(common, "objects"),
    ...(isShallow && { GIT_SHALLOW_FILE: shallow }),
  };
  return { place: { gitDir: own, environment }, isShallow, hash };
}

/** The length of a commit's id tells; only a repository without commits has to be asked. */
async function hashOf(repository: Repository): Promise<ObjectStore["hash"]> {
  const head = await headCommit(repository);
  if (head !== undefined) return head.length === 64 ? "sha256" : "sha1";
  const { gitDir } = repository;
  const ask = ["rev-parse", "--show-object-format"];
  return (await gitText({ gitDir }, ask)) === "sha256" ? "sha256" : "sha1";
}

/** Linked work trees keep their objects in the directory that they were made from. */
async function commonDir(gitDir: string): Promise<string> {
  const named = await readFile(join(gitDir, "commondir"), "utf8").catch(
    () => "",
  );
  return named.trim() === "" ? gitDir : resolve(gitDir, named.trim());
}

async function writeGitDir(own: string, hash: "sha1" | "sha256") {
  await mkdir(join(own, "refs"));
  await mkdir(join(own, "objects"));
  const extension =
    hash === "sha256"
      ? "repositoryformatversion = 1\n[extensions]\n\tobjectFormat = sha256\n"
      : "repositoryformatversion = 0\n";
  await writeFile(join(own, "config"), `[core]\n\tbare = true\n\t${extension}`);
  await writeFile(join(own, "HEAD"), "ref: refs/heads/none\n");
}
