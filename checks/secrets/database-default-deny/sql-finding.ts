import type { Evidence, Finding, Level } from "#gate/finding.js";
import type { SqlPlace } from "#model/database-state.js";

/** A finding on the statement that makes the end state. */
export function sqlFinding(
  place: SqlPlace,
  given: Omit<Finding, "path" | "lines" | "atMost"> & {
    readonly atMost?: Level | undefined;
    readonly evidence?: readonly Evidence[];
  },
): Finding {
  const { atMost, ...rest } = given;
  return {
    ...rest,
    path: place.path,
    lines: { start: place.line, end: place.line },
    ...(atMost !== undefined && { atMost }),
  };
}
