import type { BranchRules } from "./branch-rules.js";
import type { LineRange } from "./finding.js";

/** A file as text, at one commit or in one folder. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Git blob id of the content; equal ids mean equal bytes. */
  readonly blobId: string;
  /** SHA-256 of the bytes that the text was read from, where whoever read them worked it out. */
  readonly contentHash?: string;
}

/** A file, link or submodule as git names it. */
export interface GitObject {
  /** Git's six digits: `100644`, `100755`, `120000` (link) or `160000` (submodule). */
  readonly mode: string;
  readonly id: string;
  /** Bytes, where known. */
  readonly size?: number;
}

/** What a change did to one path, computed by comparing two trees. */
export interface FileChange {
  readonly path: string;
  readonly status: "added" | "modified" | "removed" | "renamed";
  /** Where the content came from, when renamed. */
  readonly previousPath?: string;
  /** Text before the change; absent when there was none or it could not be read (then a gap says so). */
  readonly before?: SourceFile;
  /** Text after the change; absent when there is none or it was not read. */
  readonly after?: SourceFile;
  /** What git keeps under the old path, whether it was read or not; absent when there was nothing. */
  readonly beforeObject?: GitObject;
  /** What git keeps under the new path; absent when there is nothing any more. */
  readonly afterObject?: GitObject;
  /** Lines of the new text that the change added or altered; empty for removals. */
  readonly added: readonly LineRange[];
  /** Lines of the old text that the change removed or altered; empty for additions. */
  readonly removed: readonly LineRange[];
}

/** One commit of a change with the files it wrote. */
export interface CommitContent {
  readonly sha: string;
  /** Files that this commit added or modified, as it left them. */
  readonly files: readonly CommittedFile[];
}

/** A file as one commit left it. */
export interface CommittedFile extends SourceFile {
  /** Lines that this commit added against its first parent. */
  readonly added: readonly LineRange[];
}

/** Why something could not be read or analysed. */
export type GapKind =
  | "too-large"
  | "binary"
  | "lfs-pointer"
  | "submodule"
  | "symlink"
  | "truncated"
  | "unreadable"
  | "not-analysed";

/** Something that could not be seen. Named in every report; never counts as a pass. */
export interface Gap {
  /** Path from the root; empty when it is about the whole repository. */
  readonly path: string;
  readonly kind: GapKind;
  /** One clause that completes "… was not read because …". */
  readonly because: string;
}

/** Everything the checks may know, read before any of them runs. Frozen; the same snapshot gives the same verdict. */
export interface Snapshot {
  /** The only clock: ISO 8601, UTC. */
  readonly takenAt: string;
  /** `owner/name`, or the folder's name for a local one. */
  readonly repository: string;
  /** `change`: judged as a difference between two commits. `repository`: judged whole. */
  readonly scope: "change" | "repository";
  /** Commit that is judged; absent in a plain folder or with uncommitted changes. */
  readonly head?: string;
  /** Merge base that the change is measured from; absent for `repository`. */
  readonly base?: string;
  /** Every path of the judged tree, read or not. */
  readonly paths: readonly string[];
  /** The files that were read, sorted by path. */
  readonly files: readonly SourceFile[];
  /** Empty for `repository`. */
  readonly changes: readonly FileChange[];
  /** Commits of the change from old to new; empty for `repository`. */
  readonly commits: readonly CommitContent[];
  readonly gaps: readonly Gap[];
  /** Whether commits and history could be seen at all; false in a plain folder. */
  readonly hasHistory: boolean;
  /** What the host enforces on the default branch; absent where nobody could ask, as in a clone. */
  readonly branchRules?: BranchRules;
}
