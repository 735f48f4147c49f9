import { checks } from "#checks/index.js";
import type { Gap, Snapshot } from "#gate/snapshot.js";
import { type BuildOptions, historyFacts } from "#model/build-project.js";
import type { CommittedFacts } from "#model/project.js";
import { readHistory } from "#worktree/read-history.js";
import { NewLines } from "./new-lines.js";

/** What the history of a repository holds besides its head. */
export interface ScannedHistory {
  readonly history: readonly CommittedFacts[];
  readonly gaps: readonly Gap[];
}

/**
 * Looks at every content that the history holds and the snapshot does not, and keeps what the checks note of it.
 *
 * @throws ReadingError when the folder is no git repository.
 */
export async function scanHistory(
  path: string | undefined,
  snapshot: Snapshot,
  building: Pick<BuildOptions, "fingerprint">,
): Promise<ScannedHistory> {
  const history: CommittedFacts[] = [];
  const lines = new NewLines();
  const reading = await readHistory({
    ...(path !== undefined && { path }),
    known: new Set(snapshot.files.map(({ blobId }) => blobId)),
    visit: (file) => {
      if (!lines.hasCandidate(file.text)) return;
      const noted = historyFacts(file, { checks, ...building });
      if (Object.values(noted.facts.marks).some((marks) => marks.length > 0))
        history.push(noted);
    },
  });
  return { history, gaps: reading.gaps };
}
