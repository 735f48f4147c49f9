import { createHash } from "node:crypto";
import { globMatcher } from "#gate/glob.js";
import { sensitiveCategories, type ReviewPolicy } from "#gate/review-policy.js";
import { isControlFile } from "#second-review/control-files.js";
import { pathSignals } from "#second-review/strong-paths.js";
import type {
  ChangedFileFacts,
  CommentFacts,
  CommitFacts,
  PushFacts,
  QueueMember,
  RecordedReview,
  ReviewedFacts,
  TwinFacts,
} from "#second-review/facts.js";
import { listOf, nodeOf, textOf, textsOf, type Node } from "./scenario-file.js";

/** What GitHub and our store would hold at one point of a scenario. */
export interface World {
  people: Node;
  config: Node;
  readonly number: number;
  readonly author: unknown;
  readonly requesters: readonly string[];
  base: string;
  head: string;
  files: readonly Node[];
  /** Minutes since the scenario began. */
  minutes: number;
  /** When we saw the present head; absent when nobody told us of it. */
  headSeenAt: number | undefined;
  commits: readonly CommitFacts[];
  readonly pushes: PushFacts[];
  readonly reviews: ReviewedFacts[];
  readonly records: RecordedReview[];
  readonly comments: CommentFacts[];
  readonly twins: TwinFacts[];
  queue: readonly QueueMember[];
  /** Diffs by the head that had them. */
  readonly filesByHead: Map<string, readonly Node[]>;
  /** Names of faults of the next evaluation. */
  faults: string[];
  /** Whether the next event of the kind does not reach us. */
  losesNext: "review" | "push" | undefined;
}

/** ISO 8601 of a minute of the scenario. */
export function timeAt(minutes: number): string {
  return new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString();
}

/** Names a diff: equal labels are equal patches. */
export function diffOf(files: readonly Node[]): string {
  const entries = files.map((file) =>
    JSON.stringify([
      textOf(file.path),
      textOf(file.status),
      textOf(file.was) ?? "",
      textOf(file.diff) ?? "",
    ]),
  );
  const text = entries.sort().join("\n");
  return createHash("sha256").update(text).digest("hex");
}

/** The files with what they are sensitive for: what the scenario says, what steers the gate, what the policy adds. */
export function filesOf(
  files: readonly Node[],
  policy: Pick<ReviewPolicy, "sensitivePaths" | "ignoredPaths">,
): readonly ChangedFileFacts[] {
  const isIgnored = globMatcher(policy.ignoredPaths);
  return files.map((file) => {
    const path = textOf(file.path) ?? "";
    const paths = [path, ...textsOf(file.was)];
    const told = file.touches === undefined ? undefined : textsOf(file.touches);
    const found = new Set(
      told ?? paths.flatMap(pathSignals).map(({ category }) => category),
    );
    for (const category of sensitiveCategories) {
      const matches = globMatcher(policy.sensitivePaths[category] ?? []);
      if (paths.some(matches)) found.add(category);
    }
    const isControl = found.has("control") || paths.some(isControlFile);
    const categories = sensitiveCategories.filter((category) =>
      category === "control"
        ? isControl
        : found.has(category) && !isIgnored(path),
    );
    return { path, categories };
  });
}

/** The mappings of a list. */
export function nodesOf(value: unknown): readonly Node[] {
  return listOf(value).map(nodeOf);
}
