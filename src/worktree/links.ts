/** How many links one path may lead through; Linux stops at 40 too. */
const maxHops = 40;

/** The files and symbolic links of one tree. */
export interface LinkTree {
  readonly has: (path: string) => boolean;
  /** The target of the link at a path; undefined where there is no link. */
  readonly linkAt: (path: string) => string | undefined;
}

/**
 * Follows a symbolic link within its tree, on paper: nothing on disk is touched.
 *
 * @returns why it leads to nothing that can be read, or undefined when what it leads to stands in the tree itself.
 */
export function linkProblem(path: string, tree: LinkTree): string | undefined {
  let pending = path.split("/");
  let done: string[] = [];
  for (let hops = 0; pending.length > 0;) {
    const [name = "", ...rest] = pending;
    pending = rest;
    if (name === "" || name === ".") continue;
    if (name === "..") {
      if (done.length === 0) return "it is a link out of the repository";
      done = done.slice(0, -1);
      continue;
    }
    const target = tree.linkAt([...done, name].join("/"));
    if (target === undefined) {
      done = [...done, name];
      continue;
    }
    if (++hops > maxHops) return "it is a link in a circle";
    if (isAbsolute(target)) return "it is a link out of the repository";
    pending = [...target.split("/"), ...pending];
  }
  return tree.has(done.join("/")) ? undefined : "it is a link to nothing";
}

function isAbsolute(target: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:)/.test(target);
}
