import { createRequire } from "node:module";
import type { ts as Compiler } from "ts-morph";

/**
 * The compiler, undefined until `loadCompiler` ran. Others import it from `syntax.ts` under the compiler's own types: who
 * holds a node has it from the parser, and the parser has loaded it.
 */
export let ts: typeof Compiler;

/** Loads the compiler on first use: a run whose facts are all known never needs it, and it is slow to load. */
export function loadCompiler(): void {
  ts ??= (createRequire(import.meta.url)("ts-morph") as { ts: typeof Compiler })
    .ts;
}
