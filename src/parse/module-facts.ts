/** One name that a file imports. */
export interface ImportedName {
  /** Module as written: `./cors.js`, `@/lib/cors`, `express`. */
  readonly from: string;
  /** Name in that module; `default`, or `*` for the namespace. */
  readonly name: string;
  /** Name in this file. */
  readonly local: string;
  readonly line: number;
  readonly typeOnly: boolean;
}

/** One name that a file exports. */
export interface ExportedName {
  /** Name for others; `*` when everything of `from` is passed on. */
  readonly name: string;
  /** Name in this file, or in `from` for a re-export. */
  readonly local: string;
  readonly from?: string;
}

/** A value that is written in the code, as far as it can be told without running it. */
export type Value =
  | {
      readonly kind: "literal";
      readonly value: string | number | boolean | null;
      readonly line: number;
    }
  | { readonly kind: "template"; readonly head: string; readonly line: number }
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
      readonly kind: "environment";
      readonly name: string;
      readonly line: number;
    }
  | {
      readonly kind: "either";
      readonly options: readonly Value[];
      readonly line: number;
    }
  | { readonly kind: "call"; readonly callee: string; readonly line: number }
  | { readonly kind: "other"; readonly line: number };

export interface ObjectEntry {
  /** Property name; `...` for a spread. */
  readonly key: string;
  readonly value: Value;
}

/** What a module gives and takes. */
export interface ModuleFacts {
  readonly imports: readonly ImportedName[];
  readonly exports: readonly ExportedName[];
  /** Top-level constants by name. */
  readonly constants: Readonly<Record<string, Value>>;
}
