import { items, sections } from "#gate/items.js";
import type { ItemResult, Verdict } from "#gate/verdict.js";
import { type Part, shorten } from "./cut.js";
import { forMarkdown } from "./escape.js";
import { counted } from "./wording.js";

/** Characters of a reason; a check's sentence is shorter. */
const maxReason = 300;

const signs: Readonly<Record<ItemResult["status"], string>> = {
  holds: "✅",
  attested: "☑️",
  broken: "❌",
  inapplicable: "➖",
  unknown: "❔",
  off: "⚪",
};

/** The sixteen items by their five sections; never cut. */
export function gatePart(verdict: Verdict): Part {
  const lines = Object.entries(sections).map(([section, name], index) => {
    const here = items.filter((item) => item.section === section);
    const rows = here.flatMap(({ id, holds }) => {
      const result = verdict.items.find((one) => one.id === id);
      return result ? [itemLine(result, holds, verdict)] : [];
    });
    return `**${String(index + 1)} ${name}**\n\n${rows.join("")}\n`;
  });
  const head = `### The gate\n\n${lines.join("")}`;
  return { rank: 0, head, entries: [], foot: "", more: () => "" };
}

function itemLine(
  { id, check, status, because }: ItemResult,
  holds: string,
  { findings }: Verdict,
): string {
  const count = findings.filter((finding) => finding.check === check).length;
  const reason =
    status === "broken" && count > 0
      ? counted(count, "finding")
      : forMarkdown(shorten(because, maxReason));
  const words = [`*${status}*`, reason].filter(Boolean).join(": ");
  return `- ${signs[status]} ${id} ${holds} · ${words}\n`;
}
