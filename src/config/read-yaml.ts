import {
  Composer,
  type CST,
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from "yaml";
import { type ConfigProblem, inFileOrder, type Span } from "./problem.js";
import { TextPosition } from "./text-position.js";
import { openKind, openWords, syntaxWords } from "./syntax-words.js";
import { openedBefore, readTokens } from "./yaml-tokens.js";

/** Longest configuration file that is parsed, in bytes. */
export const maxConfigBytes = 65_536;

/** Keys and values of one file; far more than any configuration needs. */
const maxNodes = 10_000;

/** Where a key and its value stand. */
export interface Spans {
  /** Absent for the items of a list and for the whole file. */
  readonly key?: Span;
  readonly value: Span;
}

/** A YAML file as plain values, and where each of them stands. */
export interface YamlTree {
  /** Scalars, lists, and objects without a prototype; null for a file that says nothing. */
  readonly value: unknown;
  /** By {@link pathKey}. */
  readonly spans: ReadonlyMap<string, Spans>;
}

/** What reading a YAML text gives. */
export type YamlReading =
  | { readonly ok: true; readonly tree: YamlTree }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Name of a place in the tree. */
export function pathKey(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String));
}

/**
 * Reads the plain part of YAML: one document of keys, lists and scalars. What lets a file mean more than it shows
 * (aliases, anchors, tags, merge keys, directives) is refused, and so are size and depth that cost time.
 */
export function readYaml(text: string): YamlReading {
  const refused = (problem: ConfigProblem) =>
    ({ ok: false, problems: [problem] }) as const;
  if (Buffer.byteLength(text) > maxConfigBytes)
    return refused({
      ...{ line: 1, column: 1 },
      message: `The file is longer than ${String(maxConfigBytes / 1024)} KB, which is the most that is read.`,
      hint: "Shorten it; globs can stand for many paths.",
    });
  const position = new TextPosition(text);
  const { tokens, problems } = readTokens(text, position);
  if (problems.length > 0)
    return { ok: false, problems: inFileOrder(problems) };
  // Duplicate keys are found below: the library's own search is quadratic.
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false });
  const [document] = [...composer.compose(tokens, true, text.length)];
  if (!document) return { ok: true, tree: { value: null, spans: new Map() } };
  if (document.errors.length > 0)
    return {
      ok: false,
      problems: syntaxProblems(document, tokens, position),
    };
  const reader = new TreeReader(position);
  const value = reader.read(document.contents, []);
  if (reader.problems.length > 0)
    return { ok: false, problems: inFileOrder(reader.problems) };
  return { ok: true, tree: { value, spans: reader.spans } };
}

/** The first error is the cause, what follows is mostly its echo. */
function syntaxProblems(
  { errors }: Document.Parsed,
  tokens: readonly CST.Token[],
  position: TextPosition,
): ConfigProblem[] {
  return errors.slice(0, 1).map(({ code, pos, message }) => {
    const kind = openKind(code, message);
    const opened = kind && openedBefore(tokens, pos[0], kind);
    // What is not closed is met by the parser where the next key or the file's end is, and was forgotten where it opens.
    if (kind && opened !== undefined)
      return { ...position.span(opened, opened + 1), ...openWords[kind] };
    return { ...position.span(pos[0]), ...syntaxWords(code) };
  });
}

class TreeReader {
  readonly spans = new Map<string, Spans>();
  readonly problems: ConfigProblem[] = [];
  readonly #position: TextPosition;

  constructor(position: TextPosition) {
    this.#position = position;
  }

  read(node: Node | null, path: readonly string[], key?: Span): unknown {
    const value = node ? this.#spanOf(node) : (key ?? { line: 1, column: 1 });
    this.spans.set(pathKey(path), { ...(key && { key }), value });
    if (this.spans.size > maxNodes) {
      if (this.spans.size === maxNodes + 1)
        this.problems.push({
          ...value,
          message: "The file has too many keys.",
        });
      return null;
    }
    if (isMap(node)) return this.#readMap(node as YAMLMap.Parsed, path);
    if (isSeq(node))
      return node.items.map((item, index) =>
        this.read(item as ParsedNode, [...path, String(index)]),
      );
    return isScalar(node) ? this.#readScalar(node, value) : null;
  }

  #readMap(map: YAMLMap.Parsed, path: readonly string[]): unknown {
    const result = Object.create(null) as Record<string, unknown>;
    for (const { key, value } of map.items) {
      const span = this.#spanOf(key);
      const name = isScalar(key) ? nameOf(key) : undefined;
      if (name === undefined || name === "__proto__")
        this.problems.push({ ...span, message: "This cannot be a key." });
      else if (Object.hasOwn(result, name))
        this.problems.push({
          ...span,
          message: "This key stands here twice.",
          hint: "Keep one of the two.",
        });
      else result[name] = this.read(value, [...path, name], span);
    }
    return result;
  }

  #readScalar({ value }: Scalar, span: Span): unknown {
    if (typeof value === "string" || typeof value === "boolean") return value;
    if (value === null) return null;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    this.problems.push({ ...span, message: "This is no value that counts." });
    return null;
  }

  #spanOf({ range }: Node): Span {
    const [start = 0, end = start] = range ?? [];
    return this.#position.span(start, end);
  }
}

/** A bare number or a yes is a key as it is written, so that `1.10` does not become `1.1`. */
function nameOf({ value, source }: Scalar): string | undefined {
  if (typeof value === "string") return value;
  return value === null ? undefined : (source ?? String(value));
}
