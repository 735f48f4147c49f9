import type { ConfigProblem } from "./problem.js";
import { pathKey, type YamlTree } from "./read-yaml.js";
import type { OrganizationConfig, RepositoryConfig } from "./schema.js";

/** Patterns that mean every file. */
const everything = ["**", "**/*", "*/**", "."];

/** What a valid file says and its author probably did not mean. */
export function warningsOf(
  config: RepositoryConfig | OrganizationConfig,
  { value, spans }: YamlTree,
): ConfigProblem[] {
  const at = (path: readonly PropertyKey[]) =>
    spans.get(pathKey(path))?.value ?? { line: 1, column: 1 };
  if (value === null)
    return [
      {
        ...at([]),
        message: "The file says nothing, so the defaults hold.",
      },
    ];
  const wide = (
    patterns: readonly string[] | undefined,
    path: readonly PropertyKey[],
    message: string,
  ) =>
    (patterns ?? []).flatMap((pattern, index) =>
      everything.includes(pattern)
        ? [{ ...at([...path, index]), message }]
        : [],
    );
  return [
    ...wide(
      config.paths?.ignore,
      ["paths", "ignore"],
      "This ignores every file.",
    ),
    ...wide(
      config.sensitive?.ignore,
      ["sensitive", "ignore"],
      "This says that no file is sensitive.",
    ),
    ...("suppress" in config ? (config.suppress ?? []) : []).flatMap(
      ({ paths }, index) =>
        wide(
          paths,
          ["suppress", index, "paths"],
          "This accepts the finding in every file; switching the rule off would be plainer.",
        ),
    ),
  ];
}
