import type { InlineSuppression } from "#gate/inline-suppression.js";
import { type CommentStyle, commentStyles } from "./comment-styles.js";

const word = "vibegate-ignore";

/** Longest comment that is read, in characters. */
const maxLength = 2_000;

/** Comments of one file that are read; a file with more wants its rule switched off. */
const maxComments = 500;

/** Shortest reason that says anything, as in the configuration file. */
const minReason = 10;

/**
 * The `vibegate-ignore` comments of a file, in the comment syntax of its language:
 *
 *     vibegate-ignore check/rule until=2027-01-31 reason="public demo key" owner=@dana
 *
 * A comment alone on its line is about the next line that says something, any other about its own.
 */
export function inlineSuppressions(
  path: string,
  text: string,
): readonly InlineSuppression[] {
  if (!text.includes(word)) return [];
  const styles = commentStyles(path);
  if (styles.length === 0) return [];
  const lines = text.split("\n");
  const following = linesThatFollow(lines);
  const found: InlineSuppression[] = [];
  for (const [index, line] of lines.entries()) {
    if (found.length >= maxComments) break;
    const comment = commentIn(line, index, following[index] ?? index, styles);
    if (comment) found.push(comment);
  }
  return found;
}

function commentIn(
  line: string,
  index: number,
  following: number,
  styles: readonly CommentStyle[],
): InlineSuppression | undefined {
  const at = line.indexOf(word);
  if (at < 0 || !/^(?:\s|$|[*\-/}>])/.test(line.slice(at + word.length)))
    return undefined;
  const before = line.slice(0, at).trimEnd();
  const style = styles.find(({ open }) => before.endsWith(open));
  if (!style) return undefined;
  const ahead = before.slice(0, -style.open.length);
  // A text that only quotes such a comment is none.
  if (/["'`]$/.test(ahead)) return undefined;
  const body = bodyOf(line.slice(at + word.length), style);
  const isAlone = /^[\s{]*$/.test(ahead) && /^[\s}]*$/.test(body.after);
  return {
    line: index + 1,
    target: isAlone ? following : index + 1,
    ...meaningOf(body.text),
  };
}

/** What stands in the comment, and what stands behind it on its line. */
function bodyOf(
  rest: string,
  { close }: CommentStyle,
): { readonly text: string; readonly after: string } {
  const end = close === undefined ? -1 : rest.indexOf(close);
  if (end < 0 || close === undefined) return { text: rest.trim(), after: "" };
  return {
    text: rest.slice(0, end).trim(),
    after: rest.slice(end + close.length),
  };
}

/** For each line the next one, from 1, that is neither empty nor such a comment itself. */
function linesThatFollow(lines: readonly string[]): number[] {
  const following = new Array<number>(lines.length);
  let next = lines.length + 1;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    following[index] = next;
    const line = lines[index] ?? "";
    if (line.trim() !== "" && !line.includes(word)) next = index + 1;
  }
  return following;
}

type Meaning = Omit<InlineSuppression, "line" | "target">;

const fieldNames = ["until", "reason", "owner"] as const;
type FieldName = (typeof fieldNames)[number];

function meaningOf(text: string): Meaning {
  if (text.length > maxLength)
    return { check: "", problem: "It is too long to be read." };
  const [subject = ""] = text.split(/\s/, 1);
  const named = /^([a-z0-9.-]{1,64})(?:\/([a-z0-9-]{1,64}))?$/.exec(subject);
  if (!named)
    return {
      check: "",
      problem: "It names no check: write check or check/rule first.",
    };
  const [, check = "", rule] = named;
  const fields = fieldsOf(text.slice(subject.length));
  const about = { check, ...(rule !== undefined && { rule }) };
  if (typeof fields === "string") return { ...about, problem: fields };
  const problem = flawOf(fields);
  return { ...about, ...fields, ...(problem !== undefined && { problem }) };
}

type Fields = Partial<Record<FieldName, string>>;

/** The fields of a comment, or what is wrong with them. */
function fieldsOf(text: string): Fields | string {
  const fields: Fields = {};
  const pattern = /\s*([a-z]{1,20})=(?:"([^"]*)"|'([^']*)'|([^\s"']+))/y;
  let rest = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const name = fieldNames.find((one) => one === match?.[1]);
    if (name === undefined)
      return 'It may say until=YYYY-MM-DD, reason="..." and owner=@account.';
    if (fields[name] !== undefined) return `It says ${name} twice.`;
    fields[name] = (match[2] ?? match[3] ?? match[4] ?? "").trim();
    rest = pattern.lastIndex;
  }
  if (text.slice(rest).trim() === "") return fields;
  return 'It may say until=YYYY-MM-DD, reason="..." and owner=@account, and the reason needs quotes.';
}

function flawOf({ until, reason, owner }: Fields): string | undefined {
  if (until === undefined) return "It has no last day: add until=YYYY-MM-DD.";
  if (reason === undefined) return 'It has no reason: add reason="...".';
  if (reason.length < minReason)
    return `Its reason has fewer than ${String(minReason)} characters.`;
  if (owner !== undefined && !/^@[\w-]+(?:\/[\w.-]+)?$/.test(owner))
    return "Its owner is no account or team: write owner=@account.";
  return undefined;
}
