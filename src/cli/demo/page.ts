import { marked } from "marked";
import { forHtml } from "#report/escape.js";
import type { DiffFile } from "./diff.js";
import { pageStyle } from "./page-style.js";

/** A check run as the page shows it. */
export interface ShownRun {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | undefined;
  readonly title: string | undefined;
  readonly summary: string | undefined;
  readonly text: string | undefined;
}

/** What the page shows of a pull request. */
export interface ShownPullRequest {
  readonly title: string;
  readonly number: number;
  readonly author: string;
  readonly repository: string;
  readonly runs: readonly ShownRun[];
  readonly files: readonly DiffFile[];
  readonly approvedBy: readonly string[];
}

const marks: Readonly<Record<string, string>> = {
  success: "✓",
  neutral: "■",
  failure: "✕",
  action_required: "!",
};

/** The pull request as one page without scripts of others: merge box, both checks, findings on the lines. */
export async function demoPage(pull: ShownPullRequest): Promise<string> {
  const runs = await Promise.all(pull.runs.map(runBlock));
  const passes = pull.runs.every(
    ({ conclusion }) => conclusion === "success" || conclusion === "neutral",
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${forHtml(pull.title)} · VibeGate demo</title><style>${pageStyle}</style></head>
<body><main>
<p class="where">${forHtml(pull.repository)} · local demo, nothing leaves this machine</p>
<h1>${forHtml(pull.title)} <span>#${String(pull.number)}</span></h1>
<p class="by"><b>${forHtml(pull.author)}</b> wants to merge into <code>main</code>${approvals(pull.approvedBy)}</p>
<section class="merge ${passes ? "open" : "shut"}">
<h2>${passes ? "All checks have passed" : "Merging is blocked"}</h2>
${runs.join("\n")}
</section>
<form method="post" action="/push"><button>Push the fix</button></form>
<form method="post" action="/approve"><button>Approve as rhea</button></form>
<form method="post" action="/approve-own"><button>Approve as vera, who built it</button></form>
<form method="post" action="/rerun"><button>Re-run both checks</button></form>
<h2>Files changed</h2>
${pull.files.map(fileBlock).join("\n")}
</main></body></html>`;
}

function approvals(by: readonly string[]): string {
  return by.length === 0 ? "" : `, approved by ${by.map(forHtml).join(", ")}`;
}

async function runBlock(run: ShownRun): Promise<string> {
  const state = run.conclusion ?? run.status;
  const summary = await marked.parse(run.summary ?? "");
  const text = run.text
    ? `<details><summary>The whole report</summary>${await marked.parse(run.text)}</details>`
    : "";
  return `<details class="run ${forHtml(state)}" ${state === "success" ? "" : "open"}>
<summary><i>${marks[state] ?? "…"}</i> <b>${forHtml(run.name)}</b> ${forHtml(run.title ?? state)}</summary>
<div class="markdown">${summary}${text}</div></details>`;
}

function fileBlock({ path, lines }: DiffFile): string {
  const rows = lines.map(({ kind, number, text, notes }) => {
    const sign = { added: "+", removed: "-", same: " " }[kind];
    const line = `<tr class="${kind}"><td>${number === undefined ? "" : String(number)}</td><td><pre>${sign} ${forHtml(text)}</pre></td></tr>`;
    return line + notes.map(noteRow).join("");
  });
  return `<section class="file"><h3>${forHtml(path)}</h3><table>${rows.join("")}</table></section>`;
}

function noteRow(note: DiffFile["lines"][number]["notes"][number]): string {
  return `<tr class="note ${forHtml(note.level)}"><td></td><td><b>${forHtml(note.title)}</b><br>${note.message
    .split("\n")
    .map(forHtml)
    .join("<br>")}</td></tr>`;
}
