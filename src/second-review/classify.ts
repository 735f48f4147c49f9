import { compareText } from "#gate/compare-text.js";
import { globMatcher } from "#gate/glob.js";
import {
  sensitiveCategories,
  type ReviewPolicy,
  type SensitiveCategory,
} from "#gate/review-policy.js";
import type { FileChange, Snapshot } from "#gate/snapshot.js";
import { contentHits } from "./content-hits.js";
import { isControlFile } from "./control-files.js";
import { mayBeDataModel } from "./data-models.js";
import type { ChangedFileFacts } from "./facts.js";
import { natureOf } from "./file-nature.js";
import { hitOn, type Hit } from "./hit.js";
import { isManifest } from "./manifest-hits.js";
import { codePathSignals, modelsFolder, pathSignals } from "./strong-paths.js";
import { unseenHits } from "./unseen.js";
import { wrappersOf } from "./wrappers.js";

/** A changed file, what it is sensitive for, and everything that says so. */
export interface ClassifiedFile extends ChangedFileFacts {
  readonly hits: readonly Hit[];
}

/** Which of a repository's own rules bear on the classification. */
export type ClassificationPolicy = Pick<
  ReviewPolicy,
  "sensitivePaths" | "ignoredPaths"
>;

/**
 * Tells of each changed file whether it is auth, payment, data or control code, from both sides of the change: a removed
 * guard leaves an innocent file behind. What could not be analysed counts as sensitive.
 */
export function classify(
  snapshot: Snapshot,
  policy: ClassificationPolicy,
): readonly ClassifiedFile[] {
  const rules = rulesOf(policy);
  const wrappers = wrappersOf(snapshot);
  return snapshot.changes.map((change) => {
    const content = contentHits(change, wrappers);
    const hits = distinct([
      ...controlHits(change),
      ...content.filter(isOfManifest),
      ...[
        ...pathsOf(change).flatMap((path) => [
          ...strongPathHits(change, path),
          ...rules.configuredHits(path),
        ]),
        ...content,
        ...unseenHits(change, snapshot),
      ].filter(({ path }) => !rules.isIgnored(path)),
    ]);
    const found = new Set(hits.map(({ category }) => category));
    const categories = sensitiveCategories.filter((each) => found.has(each));
    return { path: change.path, categories, hits };
  });
}

/** Both names of a renamed file: moving code away must not take it out of sight. */
function pathsOf({ path, previousPath }: FileChange): readonly string[] {
  return previousPath === undefined || previousPath === path
    ? [path]
    : [path, previousPath];
}

function controlHits(change: FileChange): Hit[] {
  return pathsOf(change)
    .filter(isControlFile)
    .map((path) => wholeFileHit(change, path, "control", "a control file"));
}

/** Tests may be edited freely; who deletes them takes a guard away from the code that they hold. */
function strongPathHits(change: FileChange, path: string): Hit[] {
  const isTest = natureOf(path) === "test";
  if (isTest && change.status !== "removed") return [];
  const signals = isTest ? codePathSignals(path) : pathSignals(path);
  const isModel = mayBeDataModel(path, [change.before, change.after]);
  return signals
    .filter(({ signal }) => isModel || signal !== modelsFolder)
    .map(({ category, signal }) =>
      wholeFileHit(change, path, category, signal),
    );
}

/** What a package manager runs by itself is control code, in whatever file it stands. */
function isOfManifest({ category, path }: Hit): boolean {
  return category === "control" && isManifest(path);
}

function wholeFileHit(
  change: FileChange,
  path: string,
  category: SensitiveCategory,
  signal: string,
): Hit {
  const isBefore = change.status === "removed" || path !== change.path;
  const [first] = isBefore ? change.removed : change.added;
  return hitOn({ path, isBefore }, category, first?.start ?? 1, signal);
}

interface Rules {
  readonly isIgnored: (path: string) => boolean;
  readonly configuredHits: (path: string) => readonly Hit[];
}

/** The repository's own patterns; ignoring has no power over control files, which are found before it is asked. */
function rulesOf({
  sensitivePaths,
  ignoredPaths,
}: ClassificationPolicy): Rules {
  const added = sensitiveCategories.map((category) => ({
    category,
    matches: globMatcher(sensitivePaths[category] ?? []),
  }));
  return {
    isIgnored: globMatcher(ignoredPaths),
    configuredHits: (path) =>
      added
        .filter(({ matches }) => matches(path))
        .map(({ category }) =>
          hitOn({ path, isBefore: false }, category, 1, "the configuration"),
        ),
  };
}

/** Each signal of a file once, at its first line. */
function distinct(hits: readonly Hit[]): readonly Hit[] {
  const first = new Map<string, Hit>();
  const keyOf = ({ category, path, isBefore, signal }: Hit) =>
    JSON.stringify([category, path, isBefore, signal]);
  for (const hit of [...hits].sort(byPlace))
    if (!first.has(keyOf(hit))) first.set(keyOf(hit), hit);
  return [...first.values()];
}

function byPlace(one: Hit, other: Hit): number {
  return (
    sensitiveCategories.indexOf(one.category) -
      sensitiveCategories.indexOf(other.category) ||
    compareText(one.path, other.path) ||
    Number(one.isBefore) - Number(other.isBefore) ||
    one.line - other.line ||
    compareText(one.signal, other.signal)
  );
}
