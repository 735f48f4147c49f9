import type { PlacedSuppression } from "#gate/inline-suppression.js";
import type { Settings } from "#gate/settings.js";
import type { CommittedFile, Snapshot } from "#gate/snapshot.js";
import type { FileFacts } from "#parse/facts.js";
import type { Json } from "#parse/marker.js";

/** One file as one commit of the change left it. */
export interface CommittedFacts {
  readonly sha: string;
  readonly file: CommittedFile;
  readonly facts: FileFacts;
}

/** The app as the checks see it: the frozen snapshot and the linked facts of its files. */
export interface Project {
  readonly snapshot: Snapshot;
  /** Facts by path, for every file that was read. */
  readonly files: ReadonlyMap<string, FileFacts>;
  /** Facts of the files that the change's commits wrote, from old to new. */
  readonly commits: readonly CommittedFacts[];
  /** What the repository says of itself. */
  readonly settings: Settings;
  /** Comments in the files that ask to leave a finding alone. */
  readonly suppressions: readonly PlacedSuppression[];
}

/** The notes that a check's marker left on a file. */
export function marksOf<Mark extends Json>(
  facts: FileFacts,
  check: string,
): readonly Mark[] {
  return (facts.marks[check] ?? []) as readonly Mark[];
}
