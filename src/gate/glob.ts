/** Longest pattern that is accepted, in characters. */
export const maxPatternLength = 1_024;

/** States of the automaton that are kept before it starts afresh; bounds memory, not correctness. */
const maxCachedStates = 2_000;

/** What a node of the automaton takes: one given character, or a class of characters. */
type Takes = { readonly char: string } | "any" | "not-slash" | "nothing";

interface Node {
  takes: Takes;
  /** Node after a taken character. */
  next: number;
  /** Nodes that are reached without taking a character. */
  free: number[];
}

interface State {
  readonly nodes: readonly number[];
  readonly accepts: boolean;
  readonly next: Map<string, State>;
}

/**
 * Compiles path patterns into one matcher. `*` and `?` stay within a folder name, `**` as a whole name crosses folders,
 * `{a,b}` are alternatives (may nest), a backslash takes the next character as it is, and everything else, brackets
 * included, means itself (`app/[id]/page.tsx` is a real path). Names that start with a dot are not special.
 * All patterns run together as one automaton, so time is linear in the path whatever the patterns are.
 *
 * @throws RangeError when a pattern is longer than {@link maxPatternLength}.
 */
export function globMatcher(
  patterns: readonly string[],
): (path: string) => boolean {
  if (patterns.some(({ length }) => length > maxPatternLength))
    throw new RangeError(
      `A path pattern may have at most ${String(maxPatternLength)} characters.`,
    );
  if (patterns.some((pattern) => pattern === "**" || pattern === "**/*"))
    return isAnything;
  const key = patterns.join("\0");
  const before = matchers.get(key);
  if (before) return before;
  const ends = new Set(patterns.flatMap((pattern) => endsOf(pattern) ?? []));
  const automaton = new Automaton(
    patterns.filter((pattern) => endsOf(pattern) === undefined),
  );
  const matches = (path: string): boolean =>
    hasEnd(path, ends) || automaton.matches(path);
  if (matchers.size >= maxKeptMatchers) matchers.clear();
  matchers.set(key, matches);
  return matches;
}

/** `*.{ts,tsx}` in any folder and its like: the names of any folder with one of some extensions, which a set answers. */
const byExtension = /^\*\*\/\*\.(?:([\w-]+)|\{([\w-]+(?:,[\w-]+)+)\})$/;

/** The extensions that a pattern is all about; undefined for any other pattern. */
function endsOf(pattern: string): readonly string[] | undefined {
  const [, one, several] = byExtension.exec(pattern) ?? [];
  return one === undefined ? several?.split(",") : [one];
}

function hasEnd(path: string, ends: ReadonlySet<string>): boolean {
  const dot = path.lastIndexOf(".");
  return dot > path.lastIndexOf("/") && ends.has(path.slice(dot + 1));
}

function isAnything(): boolean {
  return true;
}

/** Matchers learn states as they run: the same patterns are asked for again and again, by every check and for every file. */
const matchers = new Map<string, (path: string) => boolean>();
const maxKeptMatchers = 200;

class Automaton {
  readonly #nodes: Node[] = [];
  readonly #accept: number;
  readonly #start: readonly number[];
  /** Whether a node was met in the closure that is being built: the number of that closure. */
  readonly #met: number[] = [];
  #closures = 0;
  #first: State | undefined;
  #states = new Map<string, State>();

  constructor(patterns: readonly string[]) {
    this.#accept = this.#add("nothing");
    this.#start = patterns.map((pattern) =>
      this.#sequence([...normalise(pattern)], this.#accept),
    );
  }

  matches(path: string): boolean {
    let state = (this.#first ??= this.#stateOf(this.#start));
    for (const char of path) {
      state = state.next.get(char) ?? this.#step(state, char);
      if (state.nodes.length === 0) return false;
    }
    return state.accepts;
  }

  #add(takes: Takes, next = -1): number {
    this.#nodes.push({ takes, next, free: [] });
    return this.#nodes.length - 1;
  }

  /** Builds the nodes of a pattern from its end to its start. @returns the first node. */
  #sequence(chars: readonly string[], after: number): number {
    let next = after;
    for (const token of tokensOf(chars).reverse())
      next = this.#tokenNode(token, next);
    return next;
  }

  #tokenNode(token: Token, next: number): number {
    if (token.kind === "char") return this.#add({ char: token.char }, next);
    if (token.kind === "one") return this.#add("not-slash", next);
    if (token.kind === "either") {
      const fork = this.#add("nothing");
      const starts = token.options.map((option) =>
        this.#sequence(option, next),
      );
      this.#node(fork).free.push(...starts);
      return fork;
    }
    const loop = this.#add(token.kind === "name" ? "not-slash" : "any");
    this.#node(loop).next = loop;
    if (token.kind !== "folders") {
      this.#node(loop).free.push(next);
      return loop;
    }
    // Either no folder at all, or anything that ends with a slash.
    const fork = this.#add("nothing");
    this.#node(loop).free.push(this.#add({ char: "/" }, next));
    this.#node(fork).free.push(loop, next);
    return fork;
  }

  #node(index: number): Node {
    const node = this.#nodes[index];
    if (!node) throw new RangeError("The automaton has no such node.");
    return node;
  }

  #step(state: State, char: string): State {
    const reached: number[] = [];
    for (const index of state.nodes) {
      const node = this.#node(index);
      if (takes(node.takes, char)) reached.push(node.next);
    }
    const next = this.#stateOf(reached);
    state.next.set(char, next);
    return next;
  }

  #stateOf(starts: readonly number[]): State {
    const nodes = this.#closure(starts);
    const key = nodes.join();
    const known = this.#states.get(key);
    if (known) return known;
    if (this.#states.size >= maxCachedStates) {
      this.#states = new Map();
      this.#first = undefined;
    }
    const accepts = nodes.includes(this.#accept);
    const state = { nodes, accepts, next: new Map<string, State>() };
    this.#states.set(key, state);
    return state;
  }

  /** The nodes that are reached and take something, or accept; sorted. Those in between only lead on. */
  #closure(starts: readonly number[]): readonly number[] {
    const closure = (this.#closures += 1);
    const found: number[] = [];
    const open = [...starts];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (this.#met[index] === closure) continue;
      this.#met[index] = closure;
      const { takes: what, free } = this.#node(index);
      if (what !== "nothing" || index === this.#accept) found.push(index);
      for (const next of free) open.push(next);
    }
    return found.sort((one, other) => one - other);
  }
}

function takes(what: Takes, char: string): boolean {
  if (typeof what === "object") return what.char === char;
  return what === "any" || (what === "not-slash" && char !== "/");
}

type Token =
  | { readonly kind: "char"; readonly char: string }
  | { readonly kind: "one" | "name" | "folders" | "anything" }
  | {
      readonly kind: "either";
      readonly options: readonly (readonly string[])[];
    };

function normalise(pattern: string): string {
  const relative = pattern.replace(/^(?:\.?\/)+/, "");
  return relative.endsWith("/") ? `${relative}**` : relative;
}

function tokensOf(chars: readonly string[]): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < chars.length; at += 1) {
    const char = chars[at] ?? "";
    if (char === "\\" && at + 1 < chars.length) {
      at += 1;
      tokens.push({ kind: "char", char: chars[at] ?? "" });
    } else if (char === "*") {
      const [token, last] = starToken(chars, at);
      tokens.push(token);
      at = last;
    } else if (char === "?") tokens.push({ kind: "one" });
    else {
      const group = char === "{" ? groupAt(chars, at) : undefined;
      tokens.push(group?.token ?? { kind: "char", char });
      if (group) at = group.last;
    }
  }
  return tokens;
}

/** One star, or two as a whole name. @returns the token and the last character that it takes. */
function starToken(
  chars: readonly string[],
  at: number,
): readonly [Token, number] {
  let last = at;
  while (chars[last + 1] === "*") last += 1;
  const next = chars[last + 1];
  const wholeName =
    last > at && (at === 0 || chars[at - 1] === "/") && (next ?? "/") === "/";
  if (!wholeName) return [{ kind: "name" }, last];
  if (next === "/") return [{ kind: "folders" }, last + 1];
  return [{ kind: "anything" }, last];
}

/** The alternatives of a brace that closes and has a comma; any other brace is a character. */
function groupAt(
  chars: readonly string[],
  start: number,
): { readonly token: Token; readonly last: number } | undefined {
  const options: string[][] = [[]];
  let depth = 0;
  for (let at = start; at < chars.length; at += 1) {
    const char = chars[at] ?? "";
    if (char === "{") depth += 1;
    if (char === "}") depth -= 1;
    if (depth === 0)
      return options.length > 1
        ? { token: { kind: "either", options }, last: at }
        : undefined;
    if (char === "," && depth === 1) options.push([]);
    else if (at > start) options.at(-1)?.push(char);
    if (char === "\\") options.at(-1)?.push(chars[(at += 1)] ?? "");
  }
  return undefined;
}
