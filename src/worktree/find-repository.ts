import { lstat, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { ReadingError } from "./reading-error.js";

/** A folder to judge, and the git repository it lies in, where there is one. */
export interface Place {
  /** The folder as asked for, absolute and without symbolic links. */
  readonly folder: string;
  /** Name for reports. */
  readonly name: string;
  /** Absent for a plain folder. */
  readonly repository?: Repository;
}

/** A git repository on this machine. */
export interface Repository {
  readonly gitDir: string;
  /** Absent for a bare one. */
  readonly workTree?: string;
  /** The judged folder below the work tree's root, with a slash at its end; empty for the root itself. */
  readonly prefix: string;
}

/**
 * Finds the repository of a folder by looking, without asking git: discovery by git would trust what it finds.
 *
 * @param path - A work tree, a folder in one, a bare repository or a plain folder. Without one, the whole repository
 *   around the current folder is meant.
 * @throws ReadingError when the path is no folder.
 */
export async function findPlace(path?: string): Promise<Place> {
  const folder = await existingFolder(path ?? ".");
  if (await isGitDir(folder)) return bareOrInside(folder);
  for (let at = folder; ; at = dirname(at)) {
    const gitDir = await gitDirOf(at);
    if (gitDir !== undefined) return placeIn(gitDir, at, folder, path);
    if (dirname(at) === at) return { folder, name: basename(folder) };
  }
}

async function existingFolder(path: string): Promise<string> {
  try {
    const real = await realpath(resolve(path));
    if ((await stat(real)).isDirectory()) return real;
  } catch (cause) {
    throw new ReadingError(`There is no folder ${JSON.stringify(path)}.`, {
      cause,
    });
  }
  throw new ReadingError(`${JSON.stringify(path)} is not a folder.`);
}

/** The `.git` folder of a work tree stands for that work tree. */
function bareOrInside(folder: string): Place {
  const isDotGit = basename(folder) === ".git";
  const around = dirname(folder);
  return {
    folder: isDotGit ? around : folder,
    name: isDotGit ? basename(around) : basename(folder, ".git"),
    repository: {
      gitDir: folder,
      ...(isDotGit && { workTree: around }),
      prefix: "",
    },
  };
}

function placeIn(
  gitDir: string,
  workTree: string,
  folder: string,
  asked: string | undefined,
): Place {
  const judged = asked === undefined ? workTree : folder;
  const below = judged.slice(workTree.length).split(sep).filter(Boolean);
  const prefix = below.map((part) => `${part}/`).join("");
  return {
    folder: judged,
    name: basename(judged),
    repository: { gitDir, workTree, prefix },
  };
}

/** The git directory that belongs to a work tree's root, if it is one; linked work trees name theirs in a file. */
async function gitDirOf(folder: string): Promise<string | undefined> {
  const dotGit = join(folder, ".git");
  const entry = await stat(dotGit).catch(() => undefined);
  if (entry?.isDirectory()) {
    const gitDir = await realpath(dotGit);
    return (await isGitDir(gitDir)) ? gitDir : undefined;
  }
  if (!entry?.isFile() || entry.size > 10_000) return undefined;
  const [, named] =
    /^gitdir: (.+?)\s*$/.exec(await readFile(dotGit, "utf8")) ?? [];
  if (named === undefined) return undefined;
  const gitDir = resolve(folder, named);
  return (await isGitDir(gitDir)) ? gitDir : undefined;
}

async function isGitDir(folder: string): Promise<boolean> {
  const has = (name: string): Promise<boolean> =>
    lstat(join(folder, name)).then(
      () => true,
      () => false,
    );
  const [head, objects, refs, common] = await Promise.all(
    ["HEAD", "objects", "refs", "commondir"].map(has),
  );
  return (
    head === true && ((objects === true && refs === true) || common === true)
  );
}
