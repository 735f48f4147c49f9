import { listFolder } from "./folder-listing.js";
import { emptyView, foreignName, noText, type View } from "./view.js";
import { WorkFiles } from "./work-files.js";
import { WorkViewBuilder } from "./work-view.js";

/**
 * The files of a plain folder as they stand now.
 *
 * @param folder - Absolute, and itself without symbolic links.
 * @param onListed - Told the paths before the files are read.
 */
export function folderView(
  folder: string,
  onListed?: (paths: readonly string[]) => void,
): View {
  const listing = listFolder(folder);
  onListed?.(listing.paths);
  const builder = new WorkViewBuilder(new WorkFiles(folder), "sha1");
  for (const path of listing.paths)
    if (listing.foreignPaths.has(path)) builder.addObstacle(path, foreignName);
    else builder.add(path);
  for (const path of listing.closedFolders)
    builder.addObstacle(path, noText("the system refused to open it"));
  return { ...builder.build(emptyView.read), isCut: listing.isCut };
}
