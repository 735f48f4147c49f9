import type { PlacedSuppression } from "#gate/inline-suppression.js";
import { defaultSettings, type Settings } from "#gate/settings.js";
import type { Gap, Snapshot } from "#gate/snapshot.js";
import type { FileFacts } from "#parse/facts.js";
import type { Marker } from "#parse/marker.js";
import { type FileText, markFile } from "#parse/parse-file.js";
import { withOwners } from "./code-owners.js";
import type { AppCheck } from "./define-check.js";
import { parsingOf } from "./parsing.js";
import type { CommittedFacts, Project } from "./project.js";

/** Where facts are kept between runs, by path and content, and by the version of the markers that took them. */
export interface FactsCache {
  readonly get: (file: FileText, version: string) => FileFacts | undefined;
  readonly set: (file: FileText, version: string, facts: FileFacts) => void;
}

/** What building a project takes besides the snapshot. */
export interface BuildOptions {
  readonly checks: readonly AppCheck[];
  readonly fingerprint?: (secret: string) => string;
  readonly cache?: FactsCache;
  /** What was noted of contents that the history holds, besides those of the change's commits. */
  readonly history?: readonly CommittedFacts[];
  /** What the repository says of itself; the policy has it. */
  readonly settings?: Settings;
}

/**
 * Parses the snapshot's files and links their facts.
 *
 * @returns the project; its snapshot also names, as gaps, the files that could not be analysed.
 */
export function buildProject(
  snapshot: Snapshot,
  options: BuildOptions,
): Project {
  const parse = cachedParser(options);
  const files = new Map(snapshot.files.map((file) => [file.path, parse(file)]));
  const commits = snapshot.commits.flatMap(({ sha, files: written }) =>
    written.map((file): CommittedFacts => ({ sha, file, facts: parse(file) })),
  );
  const gaps = [...snapshot.gaps, ...[...files.values()].flatMap(gapOf)];
  return {
    snapshot: Object.freeze({ ...snapshot, gaps }),
    ...{ files, commits: [...(options.history ?? []), ...commits] },
    settings: options.settings ?? defaultSettings,
    suppressions: withOwners(
      [...files.values()].flatMap(suppressionsOf),
      snapshot,
    ),
  };
}

/**
 * What the checks that look at every commit note of one content of the history. The text is not kept.
 *
 * @param commit - The first commit that wrote it.
 */
export function historyFacts(
  { text, ...origin }: FileText & { readonly commit: string },
  {
    checks,
    fingerprint = () => "",
  }: Pick<BuildOptions, "checks" | "fingerprint">,
): CommittedFacts {
  const markers = checks
    .filter(({ needs }) => needs.commits === true)
    .flatMap(({ name, marker }): Marker[] =>
      marker ? [{ name, ...marker }] : [],
    );
  const { path, blobId, commit } = origin;
  const facts = markFile({ path, blobId, text }, { markers, fingerprint });
  const everything = { start: 1, end: Number.MAX_SAFE_INTEGER };
  return {
    sha: commit,
    file: { path, blobId, text: "", added: [everything] },
    facts,
  };
}

function suppressionsOf({
  path,
  suppressions = [],
}: FileFacts): PlacedSuppression[] {
  return suppressions.map((one) => ({ path, ...one }));
}

function cachedParser(options: BuildOptions): (file: FileText) => FileFacts {
  const { versionFor, parse } = parsingOf(options);
  const cache = options.cache ?? memoryCache();
  return (file) => {
    const version = versionFor(file.path);
    const known = cache.get(file, version);
    if (known) return known;
    const facts = parse(file);
    cache.set(file, version, facts);
    return facts;
  };
}

/** Keeps facts for as long as it is held itself. */
function memoryCache(): FactsCache {
  const facts = new Map<string, FileFacts>();
  return {
    get: ({ blobId, path }, version) =>
      facts.get(`${blobId} ${path} ${version}`),
    set: ({ blobId, path }, version, value) =>
      void facts.set(`${blobId} ${path} ${version}`, value),
  };
}

function gapOf(facts: FileFacts): Gap[] {
  if (facts.problem === undefined) return [];
  return [{ path: facts.path, kind: "not-analysed", because: facts.problem }];
}
