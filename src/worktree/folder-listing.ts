import type { Dirent } from "node:fs";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readablePath } from "./zero-separated.js";

/** Files after which the walk stops: nothing that people work on has as many. */
const maxFiles = 200_000;

/** Folders whose content is not the app's own: installed packages, and git's own files. */
const skippedFolders: ReadonlySet<string> = new Set(["node_modules", ".git"]);

/** What a walk found: paths from the root with forward slashes. */
export interface FolderListing {
  readonly paths: readonly string[];
  readonly foreignPaths: ReadonlySet<string>;
  /** Folders that could not be opened. */
  readonly closedFolders: readonly string[];
  /** Whether it stopped before the end. */
  readonly isCut: boolean;
}

/** Lists the files and links below a plain folder; links to folders are listed, not entered. */
export function listFolder(root: string): FolderListing {
  const paths: string[] = [];
  const foreignPaths = new Set<string>();
  const closedFolders: string[] = [];
  const pending = [""];
  while (pending.length > 0 && paths.length < maxFiles) {
    const folder = pending.pop() ?? "";
    for (const entry of entriesOf(root, folder, closedFolders)) {
      const { path: name, isText } = readablePath(entry.name);
      const path = folder + name;
      if (!isText) foreignPaths.add(path);
      if (entry.isDirectory() && isText) {
        if (!skippedFolders.has(name)) pending.push(`${path}/`);
      } else if (!skippedFolders.has(name)) paths.push(path);
    }
  }
  const isCut = pending.length > 0;
  return { paths, foreignPaths, closedFolders, isCut };
}

function entriesOf(
  root: string,
  folder: string,
  closedFolders: string[],
): Dirent<Buffer>[] {
  try {
    return readdirSync(join(root, folder), {
      withFileTypes: true,
      encoding: "buffer",
    });
  } catch {
    closedFolders.push(folder.slice(0, -1));
    return [];
  }
}
