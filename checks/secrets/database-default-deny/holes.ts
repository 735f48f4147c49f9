import type { Finding } from "#gate/finding.js";
import { marksOf, type Project } from "#model/project.js";
import { checkName, type Mark } from "./marks.js";

/** What single files show by themselves; rules that were open until a day in the past no longer are. */
export function holesInFiles(project: Project): Finding[] {
  const today = project.snapshot.takenAt.slice(0, 10);
  return [...project.files.values()].flatMap((facts) =>
    marksOf<Mark>(facts, checkName).flatMap((mark): Finding[] => {
      if (mark.kind !== "hole") return [];
      if (mark.until !== undefined && mark.until < today) return [];
      const { rule, line, message, fix, confidence, about, atMost } = mark;
      return [
        {
          ...{ rule, message, fix, confidence, identity: about },
          path: facts.path,
          lines: { start: line, end: line },
          ...(atMost !== undefined && { atMost }),
        },
      ];
    }),
  );
}
