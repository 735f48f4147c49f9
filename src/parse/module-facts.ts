/** One name that a file imports. */
export interface ImportedName {
  /** Module as written: `./cors.js`, `@/lib/cors`, `express`. */
  readonly from: string;
  /**
   * Name in that module; `default`, `*` for the namespace (also of a whole `require`), empty for an import that
   * takes no name.
   */
  readonly name: string;
  /** Name in this file; empty where it has none. */
  readonly local: string;
  /** Line of the statement, from 1. */
  readonly line: number;
  /** Erased by the compiler: no edge at run time. */
  readonly typeOnly: boolean;
  /** Loaded by `import()` or by a `require` inside a function. */
  readonly deferred?: true;
}

/** One name that a file exports. */
export interface ExportedName {
  /** Name for others; `*` when everything of `from` is passed on. */
  readonly name: string;
  /** Name in this file, or in `from` for a re-export (`*` for its namespace). */
  readonly local: string;
  readonly from?: string;
  /** Line of the statement, from 1. */
  readonly line: number;
  readonly typeOnly?: true;
}

/**
 * A value that is written in the code, as far as it can be told without running it. Names are dotted paths
 * (`config.cors.origin`, also for `config["cors"].origin` and `config?.cors`); lines count from 1.
 */
export type Value =
  | {
      readonly kind: "literal";
      readonly value: string | number | boolean | null;
      readonly line: number;
    }
  | {
      /** A string with holes, or what `+` and other operators of arithmetic join. */
      readonly kind: "template";
      /** Text before the first hole. */
      readonly head: string;
      /** Text and holes in order. */
      readonly parts: readonly Value[];
      readonly line: number;
    }
  | {
      readonly kind: "pattern";
      readonly source: string;
      readonly flags: string;
      readonly line: number;
    }
  | {
      readonly kind: "list";
      readonly items: readonly Value[];
      readonly line: number;
    }
  | {
      readonly kind: "object";
      readonly entries: readonly ObjectEntry[];
      readonly line: number;
    }
  | { readonly kind: "name"; readonly name: string; readonly line: number }
  | {
      /** A setting read from outside: `process.env.X`, `import.meta.env.X`, `Deno.env.get("X")`. */
      readonly kind: "environment";
      readonly name: string;
      readonly line: number;
    }
  | {
      readonly kind: "either";
      readonly operator: "||" | "??" | "&&" | "?:";
      /** What a ternary asks. */
      readonly test?: Value;
      readonly options: readonly Value[];
      readonly line: number;
    }
  | {
      readonly kind: "compare";
      readonly operator: string;
      readonly left: Value;
      readonly right: Value;
      readonly line: number;
    }
  | {
      /** A call, `new`, or a tagged template. */
      readonly kind: "call";
      /** Dotted name; the method alone where it is called on a value that is no name; empty for `make()()`. */
      readonly callee: string;
      /** What the method is called on, or what is called, where that is no name. */
      readonly on?: Value;
      readonly arguments: readonly Value[];
      readonly line: number;
    }
  | {
      /** A spread within a list. */
      readonly kind: "spread";
      readonly of: Value;
      readonly line: number;
    }
  | {
      readonly kind: "function";
      /** Its id among the file's functions: offset of its first character. */
      readonly at?: number;
      readonly line: number;
    }
  | {
      /** `!value`. */
      readonly kind: "not";
      readonly of: Value;
      readonly line: number;
    }
  | {
      /** A member of a value that is no name: `(await load()).user`; empty name where it is computed. */
      readonly kind: "member";
      readonly of: Value;
      readonly name: string;
      /** What computes the name. */
      readonly key?: Value;
      readonly line: number;
    }
  | {
      /** A class or an enum: its fields with their initial values. */
      readonly kind: "class";
      readonly entries: readonly ObjectEntry[];
      readonly line: number;
    }
  | { readonly kind: "other"; readonly line: number };

/** One property of an object that is written in the code. */
export interface ObjectEntry {
  /** Property name; `...` for a spread, empty where it is computed. */
  readonly key: string;
  readonly value: Value;
}

/** What a module gives and takes. */
export interface ModuleFacts {
  readonly imports: readonly ImportedName[];
  readonly exports: readonly ExportedName[];
  /**
   * Values of the names that the module holds at its top level. `default` is the value of a default export that has
   * no name. A variable that is assigned again is `other`. Read it through `constantOf`: a name may be `constructor`.
   */
  readonly constants: Readonly<Record<string, Value>>;
}

/** The top-level value of a name in its own module, as written: neither names nor imports are followed. */
export function constantOf(
  facts: ModuleFacts,
  name: string,
): Value | undefined {
  return Object.hasOwn(facts.constants, name)
    ? facts.constants[name]
    : undefined;
}
