import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** The bytes of a file of our own; undefined where there is none, or where it is a link or somebody else's. */
export function readPrivate(path: string): Buffer | undefined {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch {
    return undefined;
  }
  try {
    const found = fstatSync(file);
    const isOurs =
      process.getuid?.() === undefined || found.uid === process.getuid();
    return found.isFile() && isOurs ? readFileSync(file) : undefined;
  } finally {
    closeSync(file);
  }
}

/** Puts bytes under a name at once: a reader sees the old file or the new one, whoever writes at the same time. */
export function writePrivate(path: string, bytes: Buffer): void {
  const draft = `${path}.${randomBytes(6).toString("hex")}.draft`;
  try {
    writeFileSync(draft, bytes, { flag: "wx", mode: 0o600 });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Removes files of a folder that holds files only, those first that were written longest ago, until the rest fits. */
export function shrinkFolder(folder: string, maxBytes: number): void {
  const files = readdirSync(folder)
    .map((name) => ({ path: join(folder, name), ...sizeAndAge(folder, name) }))
    .sort((one, other) => other.writtenMs - one.writtenMs);
  let total = 0;
  for (const { path, size } of files) {
    total += size;
    if (total > maxBytes) rmSync(path, { force: true });
  }
}

function sizeAndAge(folder: string, name: string) {
  const found = statSync(join(folder, name), { throwIfNoEntry: false });
  return { size: found?.size ?? 0, writtenMs: found?.mtimeMs ?? 0 };
}
