import type { LocalRepository } from "#support/local-repository.js";

/** One hostile input, and how to look at it. */
export interface HostileCase {
  /** Family and what is wrong, for example `parse: nested brackets`. */
  readonly name: string;
  /** Fills the work tree of a repository whose main branch has an innocent first commit. */
  readonly build: (repository: LocalRepository, tools: HostileTools) => void;
  /**
   * `audit`: everything, with nothing committed. `check`: what was built is committed on a branch and held against main.
   * Otherwise the arguments themselves, after `--format json`.
   */
  readonly look?: "audit" | "check" | readonly string[];
  /** Whether the look is refused as wrong usage: then there is no report. */
  readonly isRefused?: boolean;
  /** Whether the planted credential lies where this look cannot find it. */
  readonly hidesPlanted?: boolean;
}

/** What a hostile repository may make use of. */
export interface HostileTools {
  /** Absolute path of a program that leaves a trace when anybody runs it. */
  readonly canary: string;
  /** A folder outside the repository with a file `secret.ts` that holds a credential. */
  readonly outside: string;
  /** A new credential of a live look that no stream may show. */
  readonly secret: () => string;
}

/** A case that is only files. */
export function filesCase(
  name: string,
  files: (tools: HostileTools) => Readonly<Record<string, string | Buffer>>,
  look?: HostileCase["look"],
  isRefused = false,
): HostileCase {
  return {
    name,
    build: (repository, tools) => {
      repository.write(files(tools));
    },
    ...(look !== undefined && { look }),
    isRefused,
  };
}
