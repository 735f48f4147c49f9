// Runs in a thread of a process of its own, see analysis-process.ts: judges and classifies snapshots, and keeps the facts of the files that it has seen.
import { createHmac } from "node:crypto";
import { parentPort } from "node:worker_threads";
import { LRUCache } from "lru-cache";
import { checks } from "#checks/index.js";
import type { Policy } from "#gate/policy.js";
import type { ReviewPolicy } from "#gate/review-policy.js";
import type { Snapshot } from "#gate/snapshot.js";
import type { Verdict } from "#gate/verdict.js";
import type { FactsCache } from "#model/build-project.js";
import { judgeSnapshot } from "#model/judge-snapshot.js";
import type { FileFacts } from "#parse/facts.js";
import type { FileText } from "#parse/parse-file.js";
import type { AnalysisMessage } from "./analysis.js";
import { type SensitiveChange, sensitiveChange } from "./sensitive-change.js";

/** What the thread is asked: judge this under that. */
export interface JudgeRequest {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  /** Key that values of secrets are fingerprinted with; of one installation only. */
  readonly fingerprintKey: string;
}

/** What the thread is asked besides: what of this change needs a second reviewer. */
export interface ClassifyRequest {
  readonly snapshot: Snapshot;
  readonly review: ReviewPolicy;
}

/** Characters of facts, as JSON, that are kept between jobs; a quarter of the thread's heap. */
const maxCachedCharacters = 64 * 1024 * 1024;

const facts = new LRUCache<string, FileFacts>({
  maxSize: maxCachedCharacters,
  sizeCalculation: (value) => JSON.stringify(value).length,
});

function answerTo(
  request: JudgeRequest | ClassifyRequest,
): Verdict | SensitiveChange {
  return "review" in request
    ? sensitiveChange(request.snapshot, request.review)
    : judge(request);
}

function judge({ snapshot, policy, fingerprintKey }: JudgeRequest): Verdict {
  const fingerprint = (secret: string): string =>
    createHmac("sha256", fingerprintKey).update(secret).digest("hex");
  const cache = cacheOf(fingerprint("cache"));
  return judgeSnapshot(snapshot, policy, { checks, fingerprint, cache });
}

/** Facts hold fingerprints, so those made with one key are never given to the holder of another. */
function cacheOf(owner: string): FactsCache {
  const keyOf = ({ blobId, path }: FileText, version: string) =>
    `${owner} ${blobId} ${path} ${version}`;
  return {
    get: (file, version) => facts.get(keyOf(file, version)),
    set: (file, version, value) => {
      facts.set(keyOf(file, version), value);
    },
  };
}

parentPort?.on(
  "message",
  ({
    id,
    request,
  }: {
    id: number;
    request: JudgeRequest | ClassifyRequest;
  }) => {
    parentPort?.postMessage(answer(id, request));
  },
);

function answer(
  id: number,
  request: JudgeRequest | ClassifyRequest,
): AnalysisMessage {
  try {
    return { id, reply: answerTo(request) };
  } catch (failure) {
    return { id, failure };
  }
}
