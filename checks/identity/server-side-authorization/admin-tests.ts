import type { Finding } from "#gate/finding.js";
import { callsIn } from "#model/functions.js";
import type { Project } from "#model/project.js";
import { runtimeOf } from "#model/runtimes.js";
import { stringOf } from "#model/value-walk.js";

/** Tests for administrators that a suitable mail address passes. */
export function weakAdminTests(project: Project): Finding[] {
  return [...project.files].flatMap(([path, { code }]) => {
    if (
      code === undefined ||
      !["server", "edge"].includes(runtimeOf(project, path))
    )
      return [];
    const calls = code.functions.flatMap((facts) => callsIn(facts));
    return calls.flatMap(({ call, callee, line }): Finding[] => {
      if (
        !/(?:^|\.)e?mail\w*\.(?:toLowerCase\.)?(?:includes|startsWith|indexOf)$/i.test(
          callee,
        )
      )
        return [];
      if (!/admin/i.test(stringOf(call.arguments[0]) ?? "")) return [];
      return [
        {
          rule: "weak-admin-test",
          path,
          lines: { start: line, end: line },
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
