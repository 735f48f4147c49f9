/** Endings of files that are pictures, fonts, sound, film, documents or compiled programs. */
const endings: ReadonlySet<string> = new Set(
  [
    "png jpg jpeg gif webp avif ico icns bmp tif tiff heic heif",
    "woff woff2 ttf otf eot",
    "pdf docx xlsx pptx odt psd sketch",
    "jar class wasm so dylib dll exe",
    "mp3 m4a aac ogg oga wav flac mp4 m4v mov webm ogv",
  ].flatMap((some) => some.split(" ")),
);

/** Files that programs keep for themselves, in a form that only they read. */
const programFiles: ReadonlySet<string> = new Set(["bun.lockb", ".DS_Store"]);

/**
 * Whether a path names a picture, a font, sound, film, a document, a compiled program or a program's own notes: there is
 * nothing in it that any check could read, so that it could not be read is no gap. A text under such a name is read like
 * any other.
 */
export function isMedia(path: string): boolean {
  if (programFiles.has(path.slice(path.lastIndexOf("/") + 1))) return true;
  const dot = path.lastIndexOf(".");
  return dot >= 0 && endings.has(path.slice(dot + 1).toLowerCase());
}
