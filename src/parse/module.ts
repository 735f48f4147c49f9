import type { ModuleFacts } from "./module-facts.js";
import type { ts } from "./syntax.js";

const empty: ModuleFacts = { imports: [], exports: [], constants: {} };

/** What a module imports, exports and holds constant. */
export function moduleFacts(
  _text: string,
  _syntax: () => ts.SourceFile | undefined,
): ModuleFacts {
  return empty;
}
