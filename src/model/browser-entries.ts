import { joinPath, parentFolder } from "./paths.js";
import type { Project } from "./project.js";

const known = new WeakMap<Project, ReadonlySet<string>>();

/**
 * Files of the project that a browser loads because a page or the manifest of a browser extension names them:
 * `<script src="/src/main.ts">`, a content script.
 */
export function browserEntries(project: Project): ReadonlySet<string> {
  const before = known.get(project);
  if (before) return before;
  const found = new Set<string>();
  for (const { path, text } of project.snapshot.files) {
    const words = path.endsWith(".html")
      ? scriptsOfPage(text)
      : /(?:^|\/)manifest(?:\.\w+)?\.json$/.test(path)
        ? scriptsOfExtension(text)
        : [];
    for (const word of words) {
      const name = word.replace(/^\/+/, "").replace(/[?#].*$/, "");
      for (const folder of [parentFolder(path), ""]) {
        const target = joinPath(folder, name);
        if (target !== undefined && project.files.has(target))
          found.add(target);
      }
    }
  }
  known.set(project, found);
  return found;
}

/** Characters of a page that are looked at. */
const maxCharacters = 200_000;

function scriptsOfPage(text: string): string[] {
  return [
    ...text
      .slice(0, maxCharacters)
      .matchAll(/<script\b[^>]{0,300}?\bsrc\s*=\s*["']([^"']{1,300})["']/gi),
  ].flatMap(([, source]) =>
    source === undefined || /^(?:https?:)?\/\//.test(source) ? [] : [source],
  );
}

/** @see https://developer.chrome.com/docs/extensions/reference/manifest */
function scriptsOfExtension(text: string): string[] {
  if (!text.includes('"manifest_version"')) return [];
  return [
    ...text
      .slice(0, maxCharacters)
      .matchAll(/"([\w./-]{1,200}\.[cm]?[jt]sx?)"/g),
  ].flatMap(([, source]) => source ?? []);
}
