/**
 * The compiler's names, as types and as values at once. A binding that is filled when it is first needed cannot carry the
 * types itself, so `syntax.ts` imports both by this name, and Node finds `compiler.ts` behind it.
 */
declare module "#compiler" {
  export { ts } from "ts-morph";
  export function loadCompiler(): void;
}
