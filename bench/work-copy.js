import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const script = /\.[cm]?[jt]sx?$/;

/** Runs git in a folder. @returns what it printed. */
export function git(folder, ...args) {
  const who = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"];
  return execFileSync("git", ["-C", folder, ...who, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 30,
    stdio: ["ignore", "pipe", "ignore"],
  });
}

/**
 * Writes the files of a repository's head that are in the clone to a fresh repository of one commit.
 *
 * @returns the paths of its scripts.
 */
export function copyHead(repository, folder) {
  mkdirSync(folder, { recursive: true });
  const listed = git(repository, "ls-tree", "-r", "-z", "-l", "HEAD").split(
    "\0",
  );
  for (const line of listed.filter(Boolean)) {
    const [mode, , id, size] = line.split("\t")[0].split(/ +/);
    const path = line.slice(line.indexOf("\t") + 1);
    if (!mode.startsWith("100") || !/^\d+$/.test(size)) continue;
    const content = execFileSync(
      "git",
      ["-C", repository, "cat-file", "blob", id],
      {
        maxBuffer: 1 << 30,
      },
    );
    write(folder, path, content);
  }
  commitAll(folder);
  return scriptsOf(folder);
}

/** Every script that is in a repository, sorted. */
export function scriptsOf(folder) {
  return git(folder, "ls-files", "-z")
    .split("\0")
    .filter((path) => script.test(path) && !path.endsWith(".d.ts"));
}

/** Copies some files of a folder into a fresh repository of one commit. */
export function copyFiles(folder, paths, target) {
  for (const path of paths) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    cpSync(join(folder, path), join(target, path));
  }
  commitAll(target);
}

/** Adds a line that changes nothing to the end of some files. */
export function touch(folder, paths, word) {
  for (const path of paths) {
    const text = readFileSync(join(folder, path), "utf8");
    writeFileSync(join(folder, path), `${text}\n// ${word}\n`);
  }
}

function write(folder, path, content) {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
}

function commitAll(folder) {
  git(folder, "init", "--quiet");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "all");
}
