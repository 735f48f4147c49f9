/** Characters that steer a terminal, reorder text or cannot be seen: C0, C1, bidi controls, zero-width, separators. */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]|\p{Surrogate}/gu;

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

/**
 * For an annotation's message or title, which GitHub shows as plain text but may link: mentions and references of
 * issues are broken by an invisible character.
 */
export function forAnnotation(text: string): string {
  return withoutMentions(plain(text));
}

/** For running Markdown text: no markup, no HTML, no mention, no link, no reference of an issue. */
export function forMarkdown(text: string): string {
  return withoutMentions(plain(text)).replace(
    /[\\`*_{}[\]()<>#+\-!|~&$:.=^]/g,
    (mark) => markdownEscapes[mark] ?? `\\${mark}`,
  );
}

/** Marks that a backslash does not disarm everywhere: GitHub links bare addresses and reads HTML before Markdown. */
const markdownEscapes: Readonly<Record<string, string>> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  ":": "&#58;",
  ".": "&#46;",
  "(": "(",
  ")": ")",
  "-": "-",
  "!": "!",
  "=": "=",
  $: "&#36;",
};

/** For Markdown as code: inside a fence longer than any run of back-ticks in it. */
export function forMarkdownCode(text: string): string {
  const shown = plain(text) || " ";
  const runs = shown.match(/`+/g) ?? [];
  const longest = Math.max(0, ...runs.map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const needsRoom = /^`|`$|^ .* $/.test(shown);
  return needsRoom ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
}

/** For a cell of a Markdown table that already holds finished Markdown: pipes and line breaks end no cell. */
export function forTableCell(markdown: string): string {
  return markdown.replaceAll("\n", " ").replace(/(?<!\\)\|/g, "\\|");
}

/** For HTML text and double-quoted attributes. */
export function forHtml(text: string): string {
  return plain(text).replace(
    /[&<>"'`]/g,
    (mark) => `&#${String(mark.charCodeAt(0))};`,
  );
}

function withoutMentions(text: string): string {
  return text.replace(/[@#](?=[\p{L}\p{N}])/gu, (mark) => `${mark}\u200b`);
}
