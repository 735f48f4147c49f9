import type { Part } from "./cut.js";

/** A list that a reader opens when it matters to him. */
export function collapsed(
  rank: number,
  title: string,
  entries: readonly string[],
): Part {
  const head = `<details><summary>${title}</summary>\n\n`;
  return { rank, head, entries, foot: "\n</details>\n\n", more };
}

/** The entry that stands for those that were cut. */
export function more(count: number): string {
  return `- and ${String(count)} more: \`vibegate check --format json\`\n`;
}
