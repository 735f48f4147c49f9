import type { Gap } from "#gate/snapshot.js";
import { decodeText, maxFileBytes } from "#gate/decode-text.js";
import { isMedia } from "#gate/media.js";
import { findPlace, type Repository } from "./find-repository.js";
import { gitText, startGit, GitError } from "./git.js";
import { type ObjectStore, withObjectStore } from "./object-store.js";
import { blobSizes, eachBlob } from "./read-blobs.js";
import { ReadingError } from "./reading-error.js";

/** A content that some commit wrote, at the first commit that did. */
export interface HistoricFile {
  readonly blobId: string;
  readonly path: string;
  readonly commit: string;
  readonly text: string;
}

/** What was seen of a history. */
export interface HistoryReading {
  readonly commits: number;
  readonly files: number;
  readonly gaps: readonly Gap[];
}

/** What to read, and who looks at it. */
export interface HistoryRequest {
  /** Folder of the repository; without one, the repository around the current folder. */
  readonly path?: string;
  /** Contents that were read elsewhere. */
  readonly known: ReadonlySet<string>;
  /** Called once for each content, and done with it when it returns: nothing is kept. */
  readonly visit: (file: HistoricFile) => void;
}

interface Origin {
  readonly path: string;
  readonly commit: string;
}

/**
 * Reads every text that any branch or tag of a repository ever held, each once, one after the other.
 *
 * @throws ReadingError when the folder is no git repository.
 */
export async function readHistory(
  request: HistoryRequest,
): Promise<HistoryReading> {
  const { repository, folder } = await findPlace(request.path);
  if (!repository)
    throw new ReadingError(
      `${JSON.stringify(folder)} is no git repository, so it has no history to read.`,
    );
  return withObjectStore(repository, async (store) => {
    const tips = await tipsOf(repository);
    const { commits, origins } = await originsOf(store, tips);
    const wanted = [...origins.keys()].filter((id) => !request.known.has(id));
    return readAll(store, { ...request, origins, wanted, commits });
  });
}

/** The commits that branches, tags and the head point at; what was stashed is nobody else's. */
async function tipsOf(repository: Repository): Promise<string[]> {
  const refs = await gitText(repository, [
    "for-each-ref",
    "--format=%(objectname) %(*objectname) %(refname)",
  ]);
  const head = await gitText(repository, [
    "rev-parse",
    "--verify",
    "HEAD",
  ]).catch(() => "");
  const named = refs
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([, , name = ""]) => name !== "" && name !== "refs/stash")
    .map(([id = "", target = ""]) => (target === "" ? id : target));
  return [...new Set([head, ...named])].filter((id) => id !== "");
}

async function originsOf(
  store: ObjectStore,
  tips: readonly string[],
): Promise<{ commits: number; origins: Map<string, Origin> }> {
  const origins = new Map<string, Origin>();
  let commits = 0;
  let commit = "";
  let entry: string[] | undefined;
  const take = (token: string) => {
    if (entry) {
      const [, mode = "", , id = ""] = entry;
      entry = undefined;
      if (isText(mode, token) && !origins.has(id))
        origins.set(id, { path: token, commit });
    } else if (token.startsWith("\u0001")) {
      commit = token.slice(1).trim();
      commits++;
    } else if (token.trimStart().startsWith(":"))
      entry = token.trimStart().split(" ");
  };
  await eachToken(store, logArguments, tips, take);
  return { commits, origins };
}

const logArguments = [
  ...["log", "--stdin", "--reverse", "--raw", "-z", "--no-abbrev", "--root"],
  ...["--no-renames", "--diff-filter=AMT", "--diff-merges=first-parent"],
  "--format=%x01%H",
];

function isText(mode: string, path: string): boolean {
  return (
    mode.startsWith("100") &&
    !isMedia(path) &&
    !/(?:^|\/)node_modules\//.test(path)
  );
}

/** Runs git and hands on its output, token by token as they end in NUL. */
function eachToken(
  store: ObjectStore,
  args: readonly string[],
  input: readonly string[],
  take: (token: string) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const process = startGit(store.place, args);
    let rest: Buffer = Buffer.alloc(0);
    process.stdout.on("data", (chunk: Buffer) => {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (
        let end = bytes.indexOf(0, start);
        end >= 0;
        end = bytes.indexOf(0, start)
      ) {
        take(bytes.toString("utf8", start, end));
        start = end + 1;
      }
      rest = bytes.subarray(start);
    });
    process.on("error", reject);
    process.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new GitError("log", code ?? -1, "the history is unreadable"));
    });
    process.stderr.resume();
    process.stdin.on("error", () => undefined);
    process.stdin.end(input.map((id) => `${id}\n`).join(""));
  });
}

interface Reading extends HistoryRequest {
  readonly origins: ReadonlyMap<string, Origin>;
  readonly wanted: readonly string[];
  readonly commits: number;
}

async function readAll(
  store: ObjectStore,
  { origins, wanted, commits, visit }: Reading,
): Promise<HistoryReading> {
  const sizes = await blobSizes(store, wanted);
  const readable = wanted.filter(
    (id) => (sizes.get(id) ?? Infinity) <= maxFileBytes,
  );
  let files = 0;
  await eachBlob(store, readable, (blobId, bytes) => {
    const origin = origins.get(blobId);
    const decoded = decodeText(bytes);
    if (!origin || !("text" in decoded)) return;
    files++;
    visit({ blobId, ...origin, text: decoded.text });
  });
  const tooLarge = wanted.length - readable.length;
  return {
    ...{ commits, files },
    gaps: [
      ...(store.isShallow
        ? [
            gapOf(
              "truncated",
              "the clone is shallow, so its older history could not be seen; run git fetch --unshallow",
            ),
          ]
        : []),
      ...(tooLarge > 0
        ? [
            gapOf(
              "too-large",
              `${String(tooLarge)} contents of its history are larger than ${String(maxFileBytes / 1_000_000)} MB or missing`,
            ),
          ]
        : []),
    ],
  };
}

function gapOf(kind: Gap["kind"], because: string): Gap {
  return { path: "", kind, because };
}
