import type { FileFacts } from "./facts.js";
import { codeFacts } from "./code.js";
import type { CodeFacts } from "./code-facts.js";
import { type FileKind, fileKind } from "./file-kind.js";
import { inlineSuppressions } from "./inline-suppressions.js";
import { isComponent } from "./components.js";
import type { Json, Marker, MarkerInput } from "./marker.js";
import { NotAnalysed } from "./not-analysed.js";
import { moduleFacts } from "./module.js";
import { fileSchema } from "./schema.js";
import { fileSql } from "./sql-files.js";
import { hasScript, parseScript, type ts } from "./syntax.js";

/** Text of one file with its content id. */
export interface FileText {
  readonly path: string;
  readonly text: string;
  readonly blobId: string;
  /** SHA-256 of the bytes that the text was read from, where whoever read them worked it out. */
  readonly contentHash?: string;
}

/** How to parse: whose marks are wanted, and how secrets are fingerprinted. */
export interface ParseOptions {
  readonly markers: readonly Marker[];
  readonly fingerprint: (secret: string) => string;
  /** Files that somebody says a program wrote, besides those whose names tell. */
  readonly isGenerated?: (path: string) => boolean;
}

/** One file's text to its facts. Pure; never throws for what a file contains. */
export function parseFile(file: FileText, options: ParseOptions): FileFacts {
  const base = baseOf(file, options);
  const { kind } = base;
  const input = inputOf(file, kind, options);
  const { marks, problems } = marked(input, options);
  const module =
    hasScript(file.path) && kind !== "generated"
      ? attempt(problems, () => moduleFacts(file.text, input.syntax))
      : undefined;
  const code = hasCode(file.path, kind)
    ? attempt(problems, () => codeOf(input))
    : undefined;
  const sql = attempt(problems, () => fileSql(input));
  const schema = attempt(problems, () => fileSchema(input));
  const suppressions = inlineSuppressions(file.path, file.text);
  return {
    ...base,
    marks,
    ...(suppressions.length > 0 && { suppressions }),
    ...(module && { module }),
    ...(code && { code }),
    ...(sql && { sql }),
    ...(schema && { schema }),
    ...problemOf(problems),
  };
}

/** What the markers note of one file, and nothing else of it. Pure; never throws for what a file contains. */
export function markFile(file: FileText, options: ParseOptions): FileFacts {
  const base = baseOf(file, options);
  const { marks, problems } = marked(
    inputOf(file, base.kind, options),
    options,
  );
  return { ...base, marks, ...problemOf(problems) };
}

/** What is known of a file that ends whoever parses it: nothing, which is a gap. */
export function failedFacts(file: FileText, options: ParseOptions): FileFacts {
  return { ...baseOf(file, options), marks: {}, problem: itFailed };
}

const itFailed = "its analysis failed";

function baseOf(
  { path, blobId }: FileText,
  { isGenerated }: ParseOptions,
): Pick<FileFacts, "path" | "blobId" | "kind"> {
  const kind = isGenerated?.(path) === true ? "generated" : fileKind(path);
  return { path, blobId, kind };
}

function inputOf(
  file: FileText,
  kind: FileKind,
  { fingerprint }: ParseOptions,
): MarkerInput {
  const { path, text } = file;
  return { path, text, kind, syntax: lazySyntax(file), fingerprint };
}

function marked(input: MarkerInput, { markers }: ParseOptions) {
  const marks: Record<string, readonly Json[]> = {};
  const problems: string[] = [];
  for (const marker of markers) {
    if (!marker.wants(input)) continue;
    attempt(problems, () => (marks[marker.name] = marker.mark(input)));
  }
  return { marks, problems };
}

function problemOf([problem]: readonly string[]): Pick<FileFacts, "problem"> {
  return problem === undefined ? {} : { problem };
}

/** Tests, generated code and declarations do nothing in production. */
function hasCode(path: string, kind: FileKind): boolean {
  return (
    hasScript(path) &&
    kind !== "test" &&
    kind !== "generated" &&
    !path.endsWith(".d.ts")
  );
}

function codeOf(input: MarkerInput): CodeFacts | undefined {
  const source = input.syntax();
  const code = source && codeFacts(source);
  return code && isComponent(input.path) ? { ...code, hasMarkup: true } : code;
}

/** A crash on one file costs that file, by name, and nothing else. */
function attempt<T>(problems: string[], act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    problems.push(error instanceof NotAnalysed ? error.message : itFailed);
    return undefined;
  }
}

function lazySyntax(file: FileText): () => ts.SourceFile | undefined {
  if (!hasScript(file.path)) return () => undefined;
  let parsed: ts.SourceFile | undefined;
  return () => (parsed ??= parseScript(file.path, file.text));
}
