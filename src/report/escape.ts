/**
 * Characters that steer a terminal, reorder text or cannot be seen: C0, C1, bidi controls, zero-width, fillers, tags,
 * lone surrogates. The variation selector of emoji (U+FE0F) is left: it only picks a picture.
 */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]|\p{Surrogate}/gu;

/** Breaks what GitHub would turn into a link or a notification, and is not seen itself. */
const zeroWidth = "\u200b";

/** Text from a repository on one line, with each steering or invisible character made visible as its code point. */
export function plain(text: string): string {
  return text.replace(unseen, (character) =>
    character === "\n" || character === "\t"
      ? " "
      : `<${codePoint(character)}>`,
  );
}

function codePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** For a terminal: nothing in it can move the cursor, change colours or reorder the line. */
export function forTerminal(text: string): string {
  return plain(text);
}

/** For an annotation's title and message, which are plain text: nobody is notified and nothing is linked. */
export function forAnnotation(text: string): string {
  return withoutLinks(plain(text));
}

/** For running Markdown text: no markup, no HTML, no mention, no link, no reference of an issue. */
export function forMarkdown(text: string): string {
  return withoutLinks(plain(text))
    .replace(/[\\`*_{}[\]~|^=$<&]/g, entity)
    .replace(/^(\s*)([-+#>]|\d+[.)])/, `$1${zeroWidth}$2`);
}

/** For Markdown as code, within a fence longer than any run of back-ticks in it. Not for cells of a table. */
export function forMarkdownCode(text: string): string {
  const shown = plain(text) || " ";
  const runs = shown.match(/`+/g) ?? [];
  const longest = Math.max(0, ...runs.map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  // One blank on either side is taken away again; without, a back-tick at the edge would belong to the fence.
  const needsRoom = /^[` ]|[` ]$/.test(shown);
  return needsRoom ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
}

/** For a cell of a Markdown table as code, where that is possible: a table is cut at pipes before code is seen. */
export function forTableCode(text: string): string {
  return /[|\\]/.test(text) ? forMarkdown(text) : forMarkdownCode(text);
}

/** For HTML text and quoted attributes. */
export function forHtml(text: string): string {
  return plain(text).replace(/[&<>"'`]/g, entity);
}

/** For a part of an address: each name of a path on its own. */
export function forUrlPath(path: string): string {
  return path
    .split("/")
    .map((name) => encodeURIComponent(name.toWellFormed()))
    .join("/")
    .replace(/[()'*!~]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
}

/**
 * For JSON that people look at: C1 and bidi controls, which JSON lets stand, become escapes of the same value.
 *
 * @param json - A finished JSON document.
 */
export function withVisibleControls(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) =>
      `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function entity(mark: string): string {
  return `&#${String(mark.charCodeAt(0))};`;
}

/** GitHub links names, numbers and addresses in the finished text, so escaping alone does not stop it. */
function withoutLinks(text: string): string {
  return text
    .replace(/[@#]/g, (mark) => mark + zeroWidth)
    .replace(/:(?=\/\/)|\bGH-/gi, (mark) => mark + zeroWidth)
    .replace(/\b(www|mailto|xmpp)(?=[.:])/gi, (word) => word + zeroWidth);
}
