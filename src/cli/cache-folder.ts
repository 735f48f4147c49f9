import { lstatSync, mkdirSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, relative } from "node:path";

/** The settings of the system that say where caches live. */
export type CacheEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * A folder for what may be thrown away, which nobody else can read or write.
 *
 * @param judged - The folder that is judged, absolute: what stands in there was written by others, so no cache is kept in it.
 * @returns undefined where there is no place that is safe; a run then starts from nothing.
 */
export function cacheFolder(
  judged: string,
  environment: CacheEnvironment = process.env,
): string | undefined {
  const folder = join(cacheHome(environment), "vibegate");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOwn(folder) || isWithin(realpathSync(folder), realpathSync(judged)))
      return undefined;
    return folder;
  } catch {
    // A home that cannot be written to is common in containers, and no reason not to answer.
    return undefined;
  }
}

/** @see https://specifications.freedesktop.org/basedir-spec/latest/ which says that a relative path is to be ignored. */
function cacheHome(environment: CacheEnvironment): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  if (XDG_CACHE_HOME !== undefined && isAbsolute(XDG_CACHE_HOME))
    return XDG_CACHE_HOME;
  if (process.platform === "win32" && LOCALAPPDATA !== undefined)
    return LOCALAPPDATA;
  return process.platform === "darwin"
    ? join(homedir(), "Library", "Caches")
    : join(homedir(), ".cache");
}

/** A real folder of our own that is closed to others. Windows knows neither owners nor modes here; profiles are private. */
function isOwn(folder: string): boolean {
  const found = lstatSync(folder);
  if (!found.isDirectory()) return false;
  if (process.getuid === undefined) return true;
  return found.uid === process.getuid() && (found.mode & 0o077) === 0;
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (!way.startsWith("..") && !isAbsolute(way));
}
