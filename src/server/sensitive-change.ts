import { createHash } from "node:crypto";
import type { ReviewPolicy } from "#gate/review-policy.js";
import type { Snapshot } from "#gate/snapshot.js";
import { classify, type ClassifiedFile } from "#second-review/classify.js";
import { fingerprintOf } from "#second-review/fingerprint.js";

/** What the second reviewer's rule has to know of a change, without any of its text. */
export interface SensitiveChange {
  readonly fingerprint: string;
  /** Over the sensitive files alone. */
  readonly sensitiveFingerprint: string;
  readonly files: readonly ClassifiedFile[];
  /** Why the list of files may lack some; each a clause. */
  readonly missing: readonly string[];
}

/** Classifies a change and takes its fingerprints. */
export function sensitiveChange(
  snapshot: Snapshot,
  policy: ReviewPolicy,
): SensitiveChange {
  const files = classify(snapshot, policy);
  const sensitive = new Set(
    files
      .filter(({ categories }) => categories.length > 0)
      .map(({ path }) => path),
  );
  const { changes } = snapshot;
  const some = changes.filter(({ path }) => sensitive.has(path));
  return {
    fingerprint: fingerprintOf(changes, sha256),
    sensitiveFingerprint: fingerprintOf(some, sha256),
    files: files.map(briefly),
    missing: snapshot.gaps
      .filter(({ path, kind }) => path === "" && kind === "truncated")
      .map(({ because }) => because),
  };
}

/** What is remembered of a file: of each category the first hit, which is what reports show. */
function briefly({ path, categories, hits }: ClassifiedFile): ClassifiedFile {
  const first = categories.flatMap(
    (category) => hits.find((hit) => hit.category === category) ?? [],
  );
  return { path, categories, hits: first };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
