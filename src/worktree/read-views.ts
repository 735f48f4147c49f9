import { hash } from "node:crypto";
import {
  assembleSnapshot,
  type SnapshotFrame,
} from "#gate/assemble-snapshot.js";
import {
  decodeText,
  type DecodedText,
  maxFileBytes,
} from "#gate/decode-text.js";
import { planReads, type ReadPlan } from "#gate/read-plan.js";
import type { Gap, Snapshot } from "#gate/snapshot.js";
import type { Wanted } from "#gate/wanted.js";
import type { ListedCommits } from "./commit-changes.js";
import { linkProblem } from "./links.js";
import { linkTreeOf } from "./link-tree.js";
import { noText, type View } from "./view.js";

/** Bytes read for one look; what lies beyond is named, not read. */
const maxTotalBytes = 512_000_000;

/** What is to be judged: one state, or what lies between two. */
export interface Views {
  readonly head: View;
  /** Absent when everything is judged. */
  readonly base?: View;
  readonly commits?: ListedCommits;
}

/** Reads what the checks want of the views, all at once, and freezes it. */
export async function readViews(
  frame: SnapshotFrame,
  { head, base, commits }: Views,
  wanted: Wanted,
): Promise<Snapshot> {
  const trees = {
    head: head.entries,
    ...(base && { base: base.entries }),
    commits: commits?.commits ?? [],
  };
  const planned = planReads(trees, wanted);
  const plan = { ...planned, gaps: await gapsOf(planned, head) };
  const texts = await readTexts(plan, head);
  return assembleSnapshot(frame, {
    plan,
    paths: head.entries.map(({ path }) => path),
    textOf: (id) =>
      head.obstacles.get(id) ??
      base?.obstacles.get(id) ??
      texts.get(id) ??
      absent,
    gaps: wholeGaps(head, commits),
  });
}

const absent = noText("its content is not in this clone");

const beyondBudget: DecodedText = {
  gap: {
    kind: "truncated",
    because: "there is more to read than fits in one look",
  },
};

/** Old and new contents come from the same place: a work tree asks its repository for what it does not hold itself. */
async function readTexts(
  { blobs }: ReadPlan,
  head: View,
): Promise<Map<string, DecodedText>> {
  const texts = new Map<string, DecodedText>();
  const affordable: string[] = [];
  let total = 0;
  for (const { id, size } of blobs.values()) {
    if (size === undefined || size > maxFileBytes) continue;
    total += size;
    if (total > maxTotalBytes) texts.set(id, beyondBudget);
    else affordable.push(id);
  }
  for (const [id, bytes] of await head.read(affordable))
    texts.set(id, withHash(decodeText(bytes), bytes));
  return texts;
}

/** Hashing bytes is several times as fast as hashing text. */
function withHash(decoded: DecodedText, bytes: Uint8Array): DecodedText {
  if (!("text" in decoded)) return decoded;
  return { ...decoded, contentHash: hash("sha256", bytes, "base64url") };
}

/** A link within the tree hides nothing: what it leads to stands there under its own name. */
async function gapsOf({ gaps }: ReadPlan, head: View): Promise<Gap[]> {
  if (!gaps.some(({ kind }) => kind === "symlink")) return [...gaps];
  const tree = await linkTreeOf(head);
  return gaps.flatMap((gap) => {
    if (gap.kind !== "symlink") return [gap];
    const because = linkProblem(gap.path, tree);
    return because === undefined ? [] : [{ ...gap, because }];
  });
}

function wholeGaps(head: View, commits: ListedCommits | undefined): Gap[] {
  const sentences = [
    head.isCut && "the folder holds more files than are looked at",
    commits?.isCut === true &&
      "not every commit of the change is in this clone, or there are too many; `git fetch --unshallow` brings what is missing",
  ];
  return sentences.flatMap((because): Gap[] =>
    because === false ? [] : [{ path: "", kind: "truncated", because }],
  );
}
