/** The folder that a path lies in; empty for the root. */
export function parentFolder(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/**
 * A path seen from a folder of the repository.
 *
 * @returns undefined when it leads out of the repository.
 */
export function joinPath(folder: string, path: string): string | undefined {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

/** The folder and the ones that it lies in, up to the root (empty). */
export function foldersUp(folder: string): string[] {
  const folders = [folder];
  for (let at = folder; at !== "";) folders.push((at = parentFolder(at)));
  return folders;
}
