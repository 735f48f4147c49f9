import { availableParallelism } from "node:os";
import { checks } from "#checks/index.js";
import type { Settings } from "#gate/settings.js";
import type { Snapshot } from "#gate/snapshot.js";
import { parsingOf } from "#model/parsing.js";
import type { FileFacts } from "#parse/facts.js";
import type { FileText } from "#parse/parse-file.js";
import { hasScript } from "#parse/syntax.js";
import type { KeptFacts } from "./facts-cache.js";
import type { FingerprintKey } from "./fingerprint-key.js";
import { largestFile, ParsePool } from "./parse-pool.js";

/** Scripts that one thread parses faster than others have started. */
const mostAlone = 200;
const mostThreads = 4;
/** One beside the analysis, which waits for it, gains nothing. */
const leastThreads = 2;

/** V8 compiles and collects garbage beside the analysis: of two processors, nothing is left for threads of ours. */
function threadsHere(): number {
  return Math.min(availableParallelism() - 1, mostThreads);
}

/** Takes the facts that are missing on the processors that are to spare, before the project is built of them. */
export class FactsPreparation {
  readonly #cache: KeptFacts;
  readonly #key: FingerprintKey | undefined;
  readonly #generatedPaths: readonly string[];
  readonly #size: number;
  #pool: ParsePool | undefined;

  constructor(
    cache: KeptFacts,
    key: FingerprintKey | undefined,
    settings: Pick<Settings, "generatedPaths"> | undefined,
    size = threadsHere(),
  ) {
    this.#cache = cache;
    this.#key = key;
    this.#generatedPaths = settings?.generatedPaths ?? [];
    this.#size = size;
  }

  /** Starts the threads while the files are still being read, where no facts are known and there are many to take. */
  expect(paths: readonly string[]): void {
    if (this.#cache.isEmpty && isMuch(paths)) this.#start();
  }

  /** Puts into the cache what it lacks of a snapshot's files, where that is much. */
  async fill({
    files,
    commits,
  }: Pick<Snapshot, "files" | "commits">): Promise<void> {
    if (this.#size < leastThreads) return;
    const settings = { generatedPaths: this.#generatedPaths };
    const { versionFor, failed } = parsingOf({ checks, settings });
    const all = [...commits.flatMap((commit) => commit.files), ...files];
    // A commit may have left a file as it stands now.
    const different = new Map(
      all.map((file) => [`${file.blobId} ${file.path}`, file]),
    );
    const missing = [...different.values()].filter(
      (file) =>
        file.text.length <= largestFile &&
        !this.#cache.has(file, versionFor(file.path)),
    );
    if (!isMuch(missing.map(({ path }) => path))) return this.close();
    const take = (file: FileText, json: string | undefined) => {
      const version = versionFor(file.path);
      if (json === undefined)
        this.#cache.setPassing(file, version, failed(file));
      else this.#cache.set(file, version, JSON.parse(json) as FileFacts);
    };
    try {
      await this.#start()?.parse(missing, take);
    } finally {
      await this.close();
    }
  }

  /** Ends what it has started. */
  async close(): Promise<void> {
    await this.#pool?.close();
    this.#pool = undefined;
  }

  #start(): ParsePool | undefined {
    if (this.#size < leastThreads) return undefined;
    return (this.#pool ??= new ParsePool(this.#size, {
      generatedPaths: this.#generatedPaths,
      ...(this.#key && { key: this.#key }),
    }));
  }
}

function isMuch(paths: readonly string[]): boolean {
  return paths.filter(hasScript).length > mostAlone;
}
