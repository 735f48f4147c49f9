import type { Value } from "./module-facts.js";

/** A name that a pattern binds, and where its value stands in what is taken apart. */
export interface Binding {
  readonly local: string;
  /** Dotted path within the value: `data.user` for `const { data: { user } } = …`; empty for the whole. */
  readonly path: string;
}

/** One step of a function, in source order. Blocks are flattened; lines count from 1. */
export type Step =
  | {
      readonly kind: "let";
      readonly bindings: readonly Binding[];
      readonly value: Value;
      readonly line: number;
    }
  | {
      /** An assignment to a dotted name; empty where the target is computed. */
      readonly kind: "set";
      readonly target: string;
      readonly value: Value;
      readonly line: number;
    }
  | { readonly kind: "do"; readonly value: Value; readonly line: number }
  | {
      readonly kind: "if";
      readonly test: Value;
      readonly then: readonly Step[];
      readonly else: readonly Step[];
      readonly line: number;
    }
  | { readonly kind: "return"; readonly value?: Value; readonly line: number }
  | { readonly kind: "throw"; readonly value: Value; readonly line: number }
  | {
      readonly kind: "try";
      readonly body: readonly Step[];
      readonly handler?: readonly Step[];
      /** Name of the caught error; absent where it is not bound. */
      readonly caught?: string;
      /** Whether the handler holds nothing but a comment that says why. */
      readonly explained?: true;
      readonly finally: readonly Step[];
      readonly line: number;
    }
  | {
      readonly kind: "loop";
      /** What keeps it going; absent for `for (;;)` and where a collection is walked. */
      readonly test?: Value;
      /** The collection that is walked. */
      readonly over?: Value;
      readonly bindings: readonly Binding[];
      readonly body: readonly Step[];
      readonly line: number;
    };

/** A decorator as a call: `@UseGuards(AuthGuard)`. */
export interface Decorator {
  readonly name: string;
  readonly arguments: readonly Value[];
  readonly line: number;
}

/** One function of a file: what binds its inputs, and its steps. */
export interface FunctionFacts {
  /** Offset of its first character: its id in the file; `-1` is the module's own top level. */
  readonly at: number;
  /** The function that it stands in; `-1` at the top level. */
  readonly parent: number;
  /** Declared name, or that of the variable, property or method it is given to; `Class.method` for methods. */
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  /** One list a parameter. */
  readonly parameters: readonly (readonly Binding[])[];
  /** Directives at its start, such as `use server`. */
  readonly directives: readonly string[];
  /** Decorators of a method, and of its parameters. */
  readonly decorators: readonly Decorator[];
  readonly isAsync: boolean;
  readonly steps: readonly Step[];
}

/** A class with what decorates it. */
export interface ClassFacts {
  readonly name: string;
  readonly line: number;
  readonly decorators: readonly Decorator[];
  readonly extends: string;
  /** Names and types of the constructor's parameters and the fields, as written. */
  readonly injected: readonly {
    readonly name: string;
    readonly type: string;
  }[];
}

/** What the functions of a file do, in order. */
export interface CodeFacts {
  /** Directives of the file: `use client`, `use server`. */
  readonly directives: readonly string[];
  /** The module's top level first, then the functions in the order in which they begin. */
  readonly functions: readonly FunctionFacts[];
  readonly classes: readonly ClassFacts[];
  /** Whether it holds markup. */
  readonly hasMarkup: boolean;
}
