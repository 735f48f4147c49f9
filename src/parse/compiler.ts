import { createRequire } from "node:module";
import type { ts as Compiler } from "ts-morph";

/**
 * The compiler, undefined until `loadCompiler` ran. Others import it from `syntax.ts` under the compiler's own types: who
 * holds a node has it from the parser, and the parser has loaded it.
 */
export let ts: typeof Compiler;

/**
 * Loads the compiler on first use: a run whose facts are all known never needs it, and it is slow to load. Only the
 * compiler that ts-morph brings along is loaded, without its wrappers, which take as long again.
 */
export function loadCompiler(): void {
  if (ts as unknown) return;
  const morph = createRequire(import.meta.url).resolve("ts-morph");
  ts = createRequire(morph)(
    "@ts-morph/common/dist/typescript.js",
  ) as typeof Compiler;
}
