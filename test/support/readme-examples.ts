import type { Files } from "./a-snapshot.js";

/** A small repository out of a check's README, with the lines that must fire. */
export interface Example {
  readonly title: string;
  readonly files: Files;
  /** `path:line`, sorted. */
  readonly expected: readonly string[];
}

/** The headings that every check's README has, in this order. */
export const readmeHeadings = [
  "What must hold",
  "Why",
  "Fails",
  "Holds",
  "How to fix",
  "What this check cannot see",
] as const;

const markerComment =
  /[ \t]*(?:\/\/|#|--|;|\/\*|<!--|\{\/\*)\s*finding\s*(?:\*\/\}|\*\/|-->)?\s*$/;

/** The second-level headings of a README, in their order. */
export function headingsOf(readme: string): string[] {
  return outsideFences(readme)
    .filter((line) => line.startsWith("## "))
    .map((line) => line.slice(3).trim());
}

/**
 * The examples under one heading. Every third-level heading starts a new repository; each code block names its file in
 * its info string, and marks the lines that must fire by a `finding` comment, or by `finding=LINE` in the info string
 * where the language has no comments.
 *
 * @param expand - Replaces `{{secret:kind}}`, so that no README holds anything that looks like a credential.
 */
export function examplesUnder(
  readme: string,
  heading: string,
  expand: (text: string) => string,
): Example[] {
  const section = sectionOf(readme, heading);
  const parts = section.split(/^### /m);
  return parts.flatMap((part, index) => {
    const blocks = [
      ...part.matchAll(/^```(\S*)[ \t]+(.+)\n([\s\S]*?)^```[ \t]*$/gm),
    ];
    if (blocks.length === 0) return [];
    const title = index === 0 ? heading : (part.split("\n")[0] ?? heading);
    return [exampleOf(title, blocks, expand)];
  });
}

function exampleOf(
  title: string,
  blocks: readonly RegExpMatchArray[],
  expand: (text: string) => string,
): Example {
  const files: Record<string, string> = {};
  const expected: string[] = [];
  for (const [, , info = "", body = ""] of blocks) {
    const path = info.replace(/\s+finding=[\d,]+\s*$/, "").trim();
    for (const line of /finding=([\d,]+)/.exec(info)?.[1]?.split(",") ?? [])
      expected.push(`${path}:${line}`);
    const lines = body.split("\n").map((line, index) => {
      if (!markerComment.test(line)) return line;
      expected.push(`${path}:${String(index + 1)}`);
      return line.replace(markerComment, "");
    });
    files[path] = expand(lines.join("\n"));
  }
  return { title, files, expected: expected.sort() };
}

function sectionOf(readme: string, heading: string): string {
  const lines = readme.split("\n");
  let fenced = false;
  let inside = false;
  return lines
    .filter((line) => {
      if (line.startsWith("```")) fenced = !fenced;
      const isHeading = !fenced && line.startsWith("## ");
      if (isHeading) inside = line.slice(3).trim() === heading;
      return inside && !isHeading;
    })
    .join("\n");
}

function outsideFences(readme: string): string[] {
  let fenced = false;
  return readme.split("\n").filter((line) => {
    if (line.startsWith("```")) fenced = !fenced;
    return !fenced;
  });
}
