import { globMatcher, maxPatternLength } from "#gate/glob.js";

/** Who owns the files of a repository, as CODEOWNERS says. */
export interface CodeOwners {
  /** Owners of a path as they are written: `@login`, `@org/team` or an address; empty where nobody owns it. */
  readonly ownersOf: (path: string) => readonly string[];
}

/** Where GitHub looks for owners of code, in its order; the first that is there counts. */
export const codeOwnerPaths = [
  ".github/CODEOWNERS",
  "CODEOWNERS",
  "docs/CODEOWNERS",
] as const;

/** Lines that are read; GitHub itself stops at 3 MB. */
const maxLines = 20_000;

interface Rule {
  readonly matches: (path: string) => boolean;
  readonly owners: readonly string[];
}

/**
 * Reads CODEOWNERS. The last line that takes a path decides, also where it names nobody; lines that GitHub would skip
 * are skipped.
 *
 * @see https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function parseCodeOwners(text: string): CodeOwners {
  const rules = text
    .split(/\r?\n/, maxLines)
    .flatMap((line): Rule[] => ruleOf(line))
    .reverse();
  return {
    ownersOf: (path) =>
      rules.find(({ matches }) => matches(path))?.owners ?? [],
  };
}

function ruleOf(line: string): Rule[] {
  const words = wordsOf(line);
  const [pattern, ...owners] = words;
  if (pattern === undefined || isRefused(pattern)) return [];
  if (!owners.every(isOwner)) return [];
  return [{ matches: globMatcher(globsOf(pattern)), owners }];
}

/** Words apart by blanks; a backslash keeps a blank or a `#` within its word, and a comment ends the line. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  let word = "";
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === "\\" && /[ \t#]/.test(line.charAt(at + 1))) {
      word += line.charAt(at + 1);
      at += 1;
    } else if (/\s/.test(char)) {
      if (word !== "") words.push(word);
      word = "";
    } else if (char === "#" && word === "") return words;
    else word += char;
  }
  return word === "" ? words : [...words, word];
}

/** GitHub knows neither negation nor ranges of characters here. */
function isRefused(pattern: string): boolean {
  return (
    pattern.startsWith("!") ||
    pattern.includes("[") ||
    pattern.length > maxPatternLength - 10
  );
}

function isOwner(word: string): boolean {
  return /^@[\w.-]+(?:\/[\w.-]+)?$|^[^\s@]+@[^\s@]+$/.test(word);
}

/**
 * The same pattern in our own words. One with a slash before its end is told from the root, any other matches at every
 * depth; a folder takes all that is in it, but a star at the end only what lies directly there.
 */
function globsOf(pattern: string): readonly string[] {
  const bare = pattern.replace(/^\/+/, "").replace(/\/+$/, "");
  const isAnchored = pattern.replace(/\/+$/, "").includes("/");
  const isFolder = pattern.endsWith("/");
  const escaped = bare.replace(/[{},]/g, "\\$&");
  const base = isAnchored ? escaped : `**/${escaped}`;
  if (bare === "") return [];
  if (isFolder) return [`${base}/**`];
  const takesChildrenOnly = bare.endsWith("/*") || bare.endsWith("**");
  return takesChildrenOnly || bare === "*" ? [base] : [base, `${base}/**`];
}
