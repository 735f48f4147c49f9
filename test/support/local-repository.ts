import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A git repository in a temporary folder, with a fixed author and clock: equal steps give equal commit ids. */
export class LocalRepository {
  readonly folder: string;
  #minutes = 0;

  /** Empty, as `git init` lays it out; or as another is now. */
  constructor(like?: LocalRepository) {
    this.folder = temporaryFolder();
    if (like) {
      cpSync(like.folder, this.folder, { recursive: true });
      this.#minutes = like.#minutes;
      return;
    }
    for (const folder of ["objects/info", "objects/pack", "refs/heads"])
      mkdirSync(join(this.folder, ".git", folder), { recursive: true });
    mkdirSync(join(this.folder, ".git/refs/tags"));
    this.write({
      ".git/HEAD": "ref: refs/heads/main\n",
      ".git/config": newConfig,
    });
  }

  /** Runs git in the work tree. @returns what it printed, without the last line break. */
  git(...args: readonly string[]): string {
    return this.gitWithInput("", ...args);
  }

  /** As `git`, with bytes on its standard input. */
  gitWithInput(input: string | Buffer, ...args: readonly string[]): string {
    const time = `2026-01-01T00:${String(this.#minutes).padStart(2, "0")}:00Z`;
    const output = execFileSync("git", args, {
      cwd: this.folder,
      input,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "pipe"],
      env: {
        ...gitEnvironment,
        GIT_AUTHOR_DATE: time,
        GIT_COMMITTER_DATE: time,
      },
    });
    return output.replace(/\n$/, "");
  }

  /** Writes files of the work tree; paths with forward slashes. */
  write(files: Readonly<Record<string, string | Buffer>>): this {
    for (const [path, content] of Object.entries(files)) {
      const absolute = join(this.folder, path);
      mkdirSync(dirname(absolute), { recursive: true });
      writeFileSync(absolute, content);
    }
    return this;
  }

  /** Commits everything that stands in the work tree. @returns the commit's id. */
  commit(files: Readonly<Record<string, string | Buffer>> = {}): string {
    this.write(files);
    this.#minutes++;
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", "step");
    return this.#head();
  }

  /** What a commit has just written, so it stands in a file of its own. */
  #head(): string {
    const read = (name: string) =>
      readFileSync(join(this.folder, ".git", name), "utf8").trim();
    const head = read("HEAD");
    return head.startsWith("ref: ") ? read(head.slice("ref: ".length)) : head;
  }
}

const newConfig = `[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = false
\tlogallrefupdates = true
`;

const gitEnvironment = {
  PATH: process.env.PATH,
  LC_ALL: "C",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  // Nothing tidies up behind a commit: that is one more process each time.
  GIT_CONFIG_COUNT: "1",
  GIT_CONFIG_KEY_0: "maintenance.auto",
  GIT_CONFIG_VALUE_0: "false",
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.com",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.com",
};

const folders: string[] = [];

/** An empty folder that `removeTemporaryFolders` takes away again. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "vibegate-test-")));
  folders.push(folder);
  return folder;
}

/** For `afterAll`. */
export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  }
}
