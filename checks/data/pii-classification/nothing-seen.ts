import type { Outcome } from "#gate/check.js";
import { dataUses } from "#model/data-uses.js";
import type { Project } from "#model/project.js";
import { tablesOf } from "#model/schema-tables.js";

/** What to answer where no table is declared; undefined where one is. */
export function nothingToClassify(project: Project): Outcome | undefined {
  if (tablesOf(project).length > 0) return undefined;
  const [use] = dataUses(project).filter(
    ({ shape }) => shape.library !== "storage" && shape.table !== "",
  );
  return use === undefined
    ? { status: "inapplicable", because: "no stored data is visible" }
    : {
        status: "unknown",
        because: `the code uses ${use.shape.table}, and no file of the repository declares its columns`,
      };
}
