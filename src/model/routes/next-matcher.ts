import type { Value } from "#parse/module-facts.js";
import { resolveConstant } from "../constants.js";
import type { Project } from "../project.js";
import { stringOf } from "../value-walk.js";
import { matchesUrlPattern } from "./url-pattern.js";

/**
 * Whether the `config.matcher` of a middleware covers a path.
 *
 * @returns true also where there is no matcher, or it is computed.
 */
export function matcherCovers(
  project: Project,
  middleware: string,
  path: string,
): boolean {
  const patterns = matcherOf(project, middleware);
  return (
    patterns === undefined ||
    patterns.some((pattern) => matchesUrlPattern(pattern, path) !== false)
  );
}

/** The patterns of a middleware's matcher as written; undefined where it has none that can be told. */
export function matcherOf(
  project: Project,
  middleware: string,
): readonly string[] | undefined {
  const matcher = resolveConstant(project, middleware, "config.matcher");
  if (matcher === undefined) return undefined;
  const items =
    matcher.value.kind === "list" ? matcher.value.items : [matcher.value];
  const patterns = items.map(sourceOf);
  return patterns.some((one) => one === undefined)
    ? undefined
    : patterns.filter((one) => one !== undefined);
}

function sourceOf(item: Value): string | undefined {
  if (item.kind !== "object") return stringOf(item);
  return stringOf(item.entries.find(({ key }) => key === "source")?.value);
}
