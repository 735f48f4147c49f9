/**
 * Whether a pattern in the manner of path-to-regexp (`/api/:path*`, `/((?!_next).*)`, `/admin/*`) covers a path.
 *
 * The pattern comes from a repository: it is translated piece by piece, never compiled as written, so that no
 * pattern can cost more than linear time.
 *
 * @param path - Path of a route, in which `:name` stands for one segment and `*` for any.
 * @returns undefined where the pattern says something that is not understood.
 */
export function matchesUrlPattern(
  pattern: string,
  path: string,
): boolean | undefined {
  const excluded = /^\/?\(\(?\?!([\s\S]*?)\)\.[*+]\)?\)?(?:\$)?$/.exec(
    pattern.trim(),
  )?.[1];
  if (excluded !== undefined) return !isExcluded(excluded, path);
  if (pattern === "/(.*)" || pattern === "*" || pattern === "/*") return true;
  const simple = pattern
    .replace(/\(\.\*\)$/, "*")
    .replace(/\/\(?:?\w*\(?\.\*\)?\)?$/, "/*")
    .replace(/\/:\w+[*+?]$/, "/*")
    .replace(/\{.*?\}\??$/, "*");
  if (/[()|[\]{}\\^$+]/.test(simple)) return alternatives(simple, path);
  return segmentsMatch(simple.split("/"), path.split("/"));
}

/** `/(api|trpc)(.*)`. */
function alternatives(pattern: string, path: string): boolean | undefined {
  const [, list, rest = ""] =
    /^\/\(([\w|/-]+)\)(\/?\*?|\(\.\*\))$/.exec(pattern) ?? [];
  if (list === undefined) return undefined;
  const [first = ""] = path.slice(1).split("/");
  const isListed = list.split("|").includes(first);
  return isListed && (rest !== "" || path === `/${first}`);
}

/** The alternatives of a negative look-ahead, each a start of the path without its first slash. */
function isExcluded(list: string, path: string): boolean {
  const rest = path.slice(1);
  return splitAlternatives(list).some((raw) => {
    const plain = raw
      .replace(/\\(.)/g, "$1")
      .replace(/^\^/, "")
      .replace(/^\/+/, "");
    if (plain.startsWith(".*") || /[[(*+?]/.test(plain)) return false;
    if (plain === "$" || plain === "") return rest === "";
    return plain.endsWith("$")
      ? rest === plain.slice(0, -1)
      : rest.startsWith(plain);
  });
}

function splitAlternatives(list: string): string[] {
  const parts: string[] = [""];
  let depth = 0;
  for (const character of list) {
    if (character === "(" || character === "[") depth++;
    if (character === ")" || character === "]") depth--;
    if (character === "|" && depth === 0) parts.push("");
    else parts[parts.length - 1] = (parts.at(-1) ?? "") + character;
  }
  return parts;
}

function segmentsMatch(
  pattern: readonly string[],
  path: readonly string[],
): boolean {
  for (const [index, part] of pattern.entries()) {
    const own = path[index];
    if (part === "*" || part === "**") return true;
    if (own === undefined) return false;
    if (part.startsWith(":") || own.startsWith(":") || own === "*") continue;
    if (part.endsWith("*")) {
      if (!own.startsWith(part.slice(0, -1))) return false;
      if (index === pattern.length - 1) return true;
    } else if (part !== own) return false;
  }
  return path.length <= pattern.length;
}
