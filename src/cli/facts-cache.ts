import { hash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { FactsCache } from "#model/build-project.js";
import type { FileFacts } from "#parse/facts.js";
import type { FileText } from "#parse/parse-file.js";
import { buildStamp } from "./build-stamp.js";
import { cacheFolder, type CacheEnvironment } from "./cache-folder.js";
import {
  joinPack,
  openPack,
  type Pack,
  readLine,
  writeLine,
} from "./facts-pack.js";
import { readPrivate, shrinkFolder, writePrivate } from "./private-file.js";

/** Facts of one repository, and of all of them, that are kept; about five and forty large repositories' worth of code. */
const maxPackBytes = 96 * 1024 * 1024;
const maxFolderBytes = 768 * 1024 * 1024;

/** Whose facts are kept, and where. */
export interface KeptFor {
  /** The folder that is judged, absolute. */
  readonly folder: string;
  /** Makes fingerprints of secrets, which the facts hold: those made with one key are never read with another. */
  readonly fingerprint?: (secret: string) => string;
  readonly environment?: CacheEnvironment;
}

/** Facts of files that were parsed before, between runs. */
export interface KeptFacts extends FactsCache {
  /** Whether earlier runs left nothing. */
  readonly isEmpty: boolean;
  /** Whether the facts of a file are there, without a look at them. */
  readonly has: (file: FileText, version: string) => boolean;
  /** As `set`, for this run alone. */
  readonly setPassing: FactsCache["set"];
  /** How many files had to be parsed. */
  readonly parsed: () => number;
  /** Writes what is new, so that the next run finds it. Failing costs the next run time, and nothing else. */
  readonly keep: () => void;
}

/** Facts that are kept as long as the run. */
export function unkeptFacts(): KeptFacts {
  return new FactsOnDisk(undefined, new Map());
}

/**
 * Opens the facts that earlier runs kept of a folder. They are found by the hash of what is parsed, computed here: neither
 * the names that git gives to contents nor anything in the judged folder has a say.
 */
export function openKeptFacts(keptFor: KeptFor): KeptFacts {
  const place = placeOf(keptFor);
  if (place === undefined) return unkeptFacts();
  const bytes = readPrivate(place.file);
  return new FactsOnDisk(
    place,
    bytes ? openPack(bytes, place.title) : new Map<string, Buffer>(),
  );
}

interface Place {
  readonly folder: string;
  readonly file: string;
  readonly title: string;
}

function placeOf(keptFor: KeptFor): Place | undefined {
  const { folder: judged, fingerprint, environment } = keptFor;
  const home = cacheFolder(judged, environment);
  if (home === undefined) return undefined;
  const folder = join(home, "facts");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    return undefined;
  }
  const owner = fingerprint?.("facts") ?? "";
  const file = join(folder, hashOf(`${judged}\0${owner}`));
  return { folder, file, title: `vibegate facts 2 ${buildStamp()}` };
}

class FactsOnDisk implements KeptFacts {
  readonly isEmpty: boolean;
  readonly #place: Place | undefined;
  readonly #before: Pack;
  readonly #used = new Map<string, Buffer>();
  readonly #fresh = new Map<string, FileFacts>();
  readonly #passing = new Map<string, FileFacts>();
  readonly #keys = new WeakMap<FileText, string>();

  constructor(place: Place | undefined, before: Pack) {
    this.#place = place;
    this.#before = before;
    this.isEmpty = before.size === 0;
  }

  readonly get = (file: FileText, version: string): FileFacts | undefined => {
    const key = this.#keyOf(file, version);
    const fresh = this.#fresh.get(key) ?? this.#passing.get(key);
    if (fresh) return fresh;
    const line = this.#before.get(key);
    const facts = line && (readLine(line) as FileFacts | undefined);
    if (!line || !facts) return undefined;
    this.#used.set(key, line);
    // The same content may stand under many names of git's, never under another path.
    return { ...facts, blobId: file.blobId };
  };

  readonly set = (file: FileText, version: string, facts: FileFacts): void => {
    this.#fresh.set(this.#keyOf(file, version), facts);
  };

  readonly has = (file: FileText, version: string): boolean => {
    const key = this.#keyOf(file, version);
    return this.#fresh.has(key) || this.#before.has(key);
  };

  readonly setPassing: FactsCache["set"] = (file, version, facts) => {
    this.#passing.set(this.#keyOf(file, version), facts);
  };

  readonly parsed = (): number => this.#fresh.size + this.#passing.size;

  readonly keep = (): void => {
    if (!this.#place || this.#fresh.size === 0) return;
    const { folder, file, title } = this.#place;
    try {
      writePrivate(file, joinPack(title, this.#lines(), maxPackBytes));
      shrinkFolder(folder, maxFolderBytes);
    } catch {
      // A full disk or a home that is read-only: the next run parses again.
    }
  };

  /** What this run used first: the rest may be of files that are gone. */
  *#lines(): Generator<Buffer> {
    for (const [key, facts] of this.#fresh) yield writeLine(key, facts);
    yield* this.#used.values();
    for (const [key, line] of this.#before)
      if (!this.#used.has(key) && !this.#fresh.has(key)) yield line;
  }

  #keyOf(file: FileText, version: string): string {
    const known = this.#keys.get(file);
    if (known !== undefined) return known;
    const content = file.contentHash ?? hashOf(file.text);
    const key = hashOf(`${version}\0${file.path}\0${content}`);
    this.#keys.set(file, key);
    return key;
  }
}

function hashOf(text: string): string {
  return hash("sha256", text, "base64url");
}
