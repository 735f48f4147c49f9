import type { Finding } from "#gate/finding.js";
import type { Project } from "#model/project.js";
import { runtimeOf } from "#model/runtimes.js";
import {
  allSteps,
  stringOf,
  valuesOf,
  valuesWithin,
} from "#model/value-walk.js";

/** Tests for administrators that a suitable mail address passes. */
export function weakAdminTests(project: Project): Finding[] {
  return [...project.files].flatMap(([path, { code }]) => {
    if (
      code === undefined ||
      !["server", "edge"].includes(runtimeOf(project, path))
    )
      return [];
    const values = code.functions.flatMap(({ steps }) =>
      allSteps(steps).flatMap((step) =>
        valuesOf(step).flatMap((one) => valuesWithin(one)),
      ),
    );
    return values.flatMap((part): Finding[] => {
      if (
        part.kind !== "call" ||
        !/(?:^|\.)e?mail\w*\.(?:toLowerCase\.)?(?:includes|startsWith|indexOf)$/i.test(
          part.callee,
        )
      )
        return [];
      if (!/admin/i.test(stringOf(part.arguments[0]) ?? "")) return [];
      return [
        {
          rule: "weak-admin-test",
          path,
          lines: { start: part.line, end: part.line },
          message:
            'Whoever registers a mail address with "admin" in it passes for an administrator here.',
          fix: "Keep the role in a column that only the server writes, and test that.",
          confidence: "likely",
          identity: "mail-address",
        },
      ];
    });
  });
}
