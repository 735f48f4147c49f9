import type { FunctionRef } from "./function-ref.js";
import type { Summary } from "./guard.js";
import type { Project } from "./project.js";
import type { KnownTest, ScanOptions } from "./scan-options.js";

const summaries = new WeakMap<Project | KnownTest, Map<string, Summary>>();

/** The summary of a function, made once for what is known of its arguments; while it is made, it tells nothing. */
export function rememberedSummary(
  ref: FunctionRef,
  options: ScanOptions,
  depth: number,
  make: (ref: FunctionRef, options: ScanOptions) => Summary,
): Summary {
  // What a test of the path gives holds for one route only.
  const scope = options.known ?? options.project;
  let cache = summaries.get(scope);
  if (!cache) summaries.set(scope, (cache = new Map()));
  const given = (options.callers ?? []).map((one) => one?.kind ?? "").join();
  const key = `${ref.path}#${String(ref.at)}@${String(depth)} ${given}`;
  const before = cache.get(key);
  if (before) return before;
  cache.set(key, { guards: [], identity: undefined });
  const summary = make(ref, options);
  cache.set(key, summary);
  return summary;
}
