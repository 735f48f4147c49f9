import { spawn } from "node:child_process";

/** Nothing of the machine's own git set-up reaches the local GitHub. */
const cleanEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env["PATH"],
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C",
};

/** A git command that answered with an error. */
export class GitError extends Error {
  override name = "GitError";
  /** What git exits with; 128 for most refusals. */
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Arguments that every git command of the local GitHub starts with. */
function gitArguments(folder: string, rest: readonly string[]) {
  return ["--git-dir", folder, "-c", "core.quotePath=false", ...rest];
}

/** Starts git without a shell and without the machine's configuration. */
export function spawnGit(folder: string, rest: readonly string[]) {
  return spawn("git", gitArguments(folder, rest), {
    env: cleanEnvironment,
    stdio: ["pipe", "pipe", "pipe"],
  });
}

/**
 * Runs git to its end.
 *
 * @param folder - The bare repository.
 * @param input - Written to its standard input.
 * @returns Its standard output.
 * @throws GitError when it exits with anything but 0.
 */
export function runGit(
  folder: string,
  rest: readonly string[],
  input?: string | Buffer,
): Promise<Buffer> {
  const child = spawnGit(folder, rest);
  const output: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  // A git that stops reading early says why on its standard error.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(output));
      else {
        const said = Buffer.concat(complaints).toString("utf8").trim();
        reject(new GitError(`git ${rest[0] ?? ""}: ${said}`, code ?? -1));
      }
    });
  });
}
