/**
 * The scripts of a Vue, Svelte or Astro file, at the lines where they stand; all else is blanked.
 *
 * @returns undefined for other files.
 */
export function embeddedScript(path: string, text: string): string | undefined {
  if (/\.astro$/i.test(path)) return frontmatter(text);
  return /\.(vue|svelte)$/i.test(path) ? scriptElements(text) : undefined;
}

function frontmatter(text: string): string {
  const fence = /^\s*---[ \t]*\r?\n/.exec(text);
  if (!fence) return blank(text);
  const start = fence[0].length;
  const end = text.indexOf("\n---", start - 1);
  return end < 0
    ? blank(text)
    : blank(text.slice(0, start)) +
        text.slice(start, end) +
        blank(text.slice(end));
}

function scriptElements(text: string): string {
  let result = "";
  let at = 0;
  const lower = text.toLowerCase();
  for (;;) {
    const open = lower.indexOf("<script", at);
    const start = open < 0 ? -1 : lower.indexOf(">", open) + 1;
    const end = start <= 0 ? -1 : lower.indexOf("</script", start);
    if (end < 0) return result + blank(text.slice(at));
    result += blank(text.slice(at, start)) + text.slice(start, end);
    at = end;
  }
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}
