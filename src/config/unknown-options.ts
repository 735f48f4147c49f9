import { isOptionOf, knownOptions } from "#gate/known-options.js";
import type { ConfigProblem } from "./problem.js";
import { pathKey, type YamlTree } from "./read-yaml.js";
import type { OrganizationConfig, RepositoryConfig } from "./schema.js";

/** Every option that stands under a check which does not read it. */
export function unknownOptions(
  { checks = {} }: RepositoryConfig | OrganizationConfig,
  { spans }: YamlTree,
): ConfigProblem[] {
  return Object.entries(checks).flatMap(([subject, setting]) => {
    const given = typeof setting === "string" ? {} : (setting.options ?? {});
    return Object.keys(given).flatMap((name) => {
      const owners = knownOptions.filter((one) => one.name === name);
      if (owners.some((one) => isOptionOf(one, subject))) return [];
      const path = ["checks", subject, "options", name];
      const span = spans.get(pathKey(path))?.key ?? { line: 1, column: 1 };
      const names = owners.map(({ check }) => check).join(" or ");
      return [
        {
          ...span,
          message: "Nothing here reads this option.",
          hint: `It is an option of ${names}.`,
        },
      ];
    });
  });
}
