/** Files of components that hold scripts among markup. */
const component = /\.(vue|svelte|astro)$/i;

/** Whether the path names a Vue, Svelte or Astro file. */
export function isComponent(path: string): boolean {
  return component.test(path);
}

/** The scripts of a component file, where they stand. */
export interface ComponentScripts {
  /**
   * As long as the file, with everything but the scripts turned into blanks: each position and each line is that of the
   * file itself.
   */
  readonly text: string;
  /** Whether the scripts may hold markup of their own. */
  readonly isJsx: boolean;
}

/**
 * The scripts of a Vue or Svelte file, together, as their compilers join them; of an Astro file its frontmatter. In
 * linear time, whatever the text holds.
 */
export function componentScripts(path: string, text: string): ComponentScripts {
  const blocks = /\.astro$/i.test(path) ? frontmatter(text) : elements(text);
  const parts: string[] = [];
  let end = 0;
  for (const block of blocks) {
    parts.push(blanked(text, end, block.start));
    parts.push(text.slice(block.start, block.end));
    end = block.end;
    // Ends the last statement, whether it has a semicolon or not.
    if (end < text.length) parts.push(";");
    if (end < text.length) end += 1;
  }
  parts.push(blanked(text, end, text.length));
  return {
    text: parts.join(""),
    isJsx: blocks.some(({ isJsx }) => isJsx),
  };
}

interface Block {
  readonly start: number;
  readonly end: number;
  readonly isJsx: boolean;
}

/** What stands between two lines of three dashes at the top. */
function frontmatter(text: string): Block[] {
  const opened = /^\uFEFF?\s*---[^\S\n]*\n/.exec(text);
  if (!opened) return [];
  const start = opened[0].length;
  const closing = /^---/gm;
  closing.lastIndex = start;
  const end = closing.exec(text)?.index ?? text.length;
  return [{ start, end, isJsx: false }];
}

const opening = /<!--|<script(?=[\s>])/gi;

/** The `<script>` elements that hold code, in order; those in comments do not count. */
function elements(text: string): Block[] {
  const blocks: Block[] = [];
  opening.lastIndex = 0;
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    const next =
      found[0] === "<!--"
        ? endOfComment(text, opening.lastIndex)
        : addElement(text, opening.lastIndex, blocks);
    if (next === undefined) break;
    opening.lastIndex = next;
  }
  return blocks;
}

function endOfComment(text: string, from: number): number | undefined {
  const end = text.indexOf("-->", from);
  return end < 0 ? undefined : end + 3;
}

/** @returns where to go on; undefined where the element, or its tag, never ends. */
function addElement(
  text: string,
  from: number,
  blocks: Block[],
): number | undefined {
  const start = endOfTag(text, from);
  if (start === undefined) return undefined;
  const attributes = text.slice(from, start - 1);
  if (attributes.endsWith("/")) return start;
  const closing = /<\/script/gi;
  closing.lastIndex = start;
  const end = closing.exec(text)?.index ?? text.length;
  if (holdsCode(attributes)) {
    const isJsx = /\blang\s*=\s*["']?[jt]sx\b/.test(attributes);
    blocks.push({ start, end, isJsx });
  }
  return end === text.length ? undefined : closing.lastIndex;
}

/** Behind the `>` that ends a tag: one within quotes does not, as in `generic="T extends Map<string, U>"`. */
function endOfTag(text: string, from: number): number | undefined {
  const stop = /[>"']/g;
  stop.lastIndex = from;
  for (let found = stop.exec(text); found; found = stop.exec(text)) {
    if (found[0] === ">") return stop.lastIndex;
    const end = text.indexOf(found[0], stop.lastIndex);
    if (end < 0) return undefined;
    stop.lastIndex = end + 1;
  }
  return undefined;
}

/** Data in a script element is no code. */
function holdsCode(attributes: string): boolean {
  const type = /\btype\s*=\s*["']?([\w/.+-]+)/.exec(attributes)?.[1];
  return (
    type === undefined ||
    /^(?:module|(?:text|application)\/(?:javascript|typescript|ecmascript))$/i.test(
      type,
    )
  );
}

function blanked(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/[^\n]/g, " ");
}
