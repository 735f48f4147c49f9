import type { JudgedFinding, Verdict } from "#gate/verdict.js";
import type { Part } from "./cut.js";
import { forTableCode } from "./escape.js";
import { sortFindings } from "./wording.js";

/** How many findings each app of a monorepo has; nothing where the configuration names none of them. */
export function projectParts(verdict: Verdict): Part[] {
  if (!verdict.findings.some(({ project }) => project !== undefined)) return [];
  const { blocking, advisory, older } = sortFindings(verdict);
  const names = new Set(verdict.findings.map(nameOf));
  const count = (some: readonly JudgedFinding[], name: string) =>
    String(some.filter((one) => nameOf(one) === name).length);
  const rows = [...names]
    .sort((one, other) => (one < other ? -1 : 1))
    .map((name) => {
      const cells = [blocking, advisory, older].map((some) =>
        count(some, name),
      );
      return `| ${name === "" ? "outside all projects" : forTableCode(name)} | ${cells.join(" | ")} |\n`;
    });
  return [
    {
      rank: 2,
      head: "### By project\n\n| project | blocking | advisory | older |\n| --- | --- | --- | --- |\n",
      entries: rows,
      foot: "\n",
      more: (rest) => `\nand ${String(rest)} more projects\n`,
    },
  ];
}

function nameOf({ project = "" }: JudgedFinding): string {
  return project;
}
