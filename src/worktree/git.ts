import { spawn } from "node:child_process";
import { parse } from "node:path";
import { ReadingError } from "./reading-error.js";

/** A failed git command: what it was, how it ended, and what it said. */
export class GitError extends Error {
  override readonly name = "GitError";
  readonly exitCode: number;
  /** What git said, in its own words. */
  readonly complaint: string;

  constructor(command: string, exitCode: number, complaint: string) {
    super(`git ${command} failed: ${complaint.trim()}`);
    this.exitCode = exitCode;
    this.complaint = complaint.trim();
  }
}

/** Where a git command looks, besides its arguments. */
export interface GitPlace {
  readonly gitDir: string;
  readonly workTree?: string;
  /** Extra environment, for example the object store of another git directory. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * A repository's own configuration may name programs to run (fsmonitor, hooks, a remote's upload-pack), and a nested
 * bare repository may pose as the real one. None of that is wanted for reading objects.
 */
const safeFlags = [
  ["core.fsmonitor", "false"],
  ["core.hooksPath", "/dev/null"],
  ["core.untrackedCache", "false"],
  ["safe.bareRepository", "explicit"],
  ["protocol.allow", "never"],
].flatMap(([key, value]) => ["-c", `${key ?? ""}=${value ?? ""}`]);

/** The environment of every git that we start: nothing of the caller's GIT_* variables, no system or user configuration. */
function safeEnvironment(place: GitPlace): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.toUpperCase().startsWith("GIT_"),
  );
  return {
    ...Object.fromEntries(inherited),
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_TERMINAL_PROMPT: "0",
    // Git before 2.45 fetches missing objects whatever we say; with no protocol allowed it cannot.
    GIT_ALLOW_PROTOCOL: "none",
    ...place.environment,
  };
}

/** Starts a git that reads; its standard streams are pipes. */
export function startGit(place: GitPlace, args: readonly string[]) {
  const where = [
    `--git-dir=${place.gitDir}`,
    ...(place.workTree === undefined ? [] : [`--work-tree=${place.workTree}`]),
  ];
  return spawn("git", ["--no-pager", ...safeFlags, ...where, ...args], {
    // Never inside the repository: its folders must not be mistaken for programs or git directories.
    cwd: parse(place.gitDir).root,
    env: safeEnvironment(place),
    stdio: ["pipe", "pipe", "pipe"],
  });
}

/**
 * Runs one git command to its end.
 *
 * @param input - Text for its standard input.
 * @returns its whole standard output as bytes.
 * @throws GitError when it ends with another code than 0.
 * @throws ReadingError when there is no git on this machine.
 */
export function git(
  place: GitPlace,
  args: readonly string[],
  input = "",
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const process = startGit(place, args);
    const output: Buffer[] = [];
    let complaint = "";
    process.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    process.stderr.on("data", (chunk: Buffer) => {
      complaint = (complaint + chunk.toString("utf8")).slice(0, 4_000);
    });
    process.on("error", (cause) => {
      reject(
        new ReadingError("Git could not be started; is it installed?", {
          cause,
        }),
      );
    });
    process.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(output));
      else reject(new GitError(args[0] ?? "", code ?? -1, complaint));
    });
    // A command that ends early closes its input; its exit code tells the story.
    process.stdin.on("error", () => undefined);
    process.stdin.end(input);
  });
}

/** As `git`, with the output as text without the last line break. */
export async function gitText(
  place: GitPlace,
  args: readonly string[],
): Promise<string> {
  return (await git(place, args)).toString("utf8").replace(/\n$/, "");
}
