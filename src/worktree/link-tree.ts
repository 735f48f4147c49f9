import type { LinkTree } from "./links.js";
import type { View } from "./view.js";

/** Bytes of the longest path that a system accepts, and so of a link's target. */
const maxTargetBytes = 4_096;

/** A view as its links see it: every path, every folder, and where each link leads. */
export async function linkTreeOf(view: View): Promise<LinkTree> {
  const links = view.entries.filter(
    ({ mode, size }) =>
      mode === "120000" && size !== undefined && size <= maxTargetBytes,
  );
  const targets = await view.read(links.map(({ id }) => id));
  const known = new Set([""]);
  for (const { path } of view.entries) addWithFolders(known, path);
  const targetAt = new Map(
    links.flatMap(({ path, id }): [string, string][] => {
      const target = targets.get(id);
      return target ? [[path, Buffer.from(target).toString("utf8")]] : [];
    }),
  );
  return {
    has: (path) => known.has(path),
    linkAt: (path) => targetAt.get(path),
  };
}

function addWithFolders(known: Set<string>, path: string): void {
  for (let at = path; !known.has(at);) {
    known.add(at);
    at = at.slice(0, Math.max(0, at.lastIndexOf("/")));
  }
}
