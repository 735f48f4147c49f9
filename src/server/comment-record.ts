import type { z } from "zod";
import type { Records, RecordWrite } from "#queue/records.js";
import { bypassReason } from "#second-review/bypass.js";
import { readsLikeConsent } from "#second-review/reasons.js";
import { listAll } from "./list-all.js";
import type { issueCommentEvent } from "./payloads.js";
import type { EventActor } from "./push-record.js";
import type { IncomingEvent } from "./wishes.js";

/** Collection that comments with a meaning for the second reviewer are kept in. */
const collection = "comments";

/** A comment as it was when it was written. */
export interface CommentMemory {
  readonly id: number;
  /** Absent when the account was deleted. */
  readonly by?: EventActor;
  /** First line, cut. */
  readonly line: string;
  /** ISO 8601, as GitHub says it. */
  readonly at: string;
  readonly url?: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** Characters of a line that are kept. */
const longestLine = 500;

type CommentEvent = z.infer<typeof issueCommentEvent>;

/**
 * What to remember of a comment: one that asks for a bypass, or that reads like consent. Only the words that it was
 * created with count; that it was changed or removed since is remembered beside them.
 */
export function commentRecord(
  payload: CommentEvent,
  { receivedAt }: IncomingEvent,
): RecordWrite | undefined {
  const { action, repository, issue, comment, sender } = payload;
  if (issue.pull_request === undefined) return undefined;
  const key = `${prefixOf(repository.id, issue.number)}${String(comment.id)}`;
  if (action !== "created") {
    const words = payload.changes?.body?.from ?? comment.body ?? "";
    return isMeant(firstLine(words))
      ? { collection, key: `${key}/touched`, value: true }
      : undefined;
  }
  const line = firstLine(comment.body ?? "");
  // An app may write in somebody's name; then the sender is somebody else.
  if (!isMeant(line) || comment.user?.id !== sender.id) return undefined;
  const value: CommentMemory = {
    ...{ id: comment.id, by: comment.user, line },
    ...{ at: comment.created_at, receivedAt },
    ...(comment.html_url !== undefined && { url: comment.html_url }),
  };
  return { collection, key, value, onlyIfAbsent: true };
}

function firstLine(words: string): string {
  const [first = ""] = words.trim().split(/\r?\n/, 1);
  return first.slice(0, longestLine);
}

function isMeant(line: string): boolean {
  return bypassReason(line) !== undefined || readsLikeConsent(line);
}

/** The remembered comments of a pull request, and whether somebody changed them since. */
export async function rememberedComments(
  records: Records,
  repositoryId: number,
  number: number,
): Promise<readonly (CommentMemory & { readonly isTouched: boolean })[]> {
  const prefix = prefixOf(repositoryId, number);
  const found = await listAll(records, collection, prefix);
  const touched = new Set(
    found.flatMap(({ key, value }) =>
      value === true ? [key.replace(/\/touched$/, "")] : [],
    ),
  );
  return found.flatMap(({ key, value }) =>
    value === true
      ? []
      : [{ ...(value as CommentMemory), isTouched: touched.has(key) }],
  );
}

function prefixOf(repositoryId: number, number: number): string {
  return `${String(repositoryId)}/${String(number)}/`;
}
