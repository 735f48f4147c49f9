import type { CheckRunDocument } from "./check-run-document.js";
import { forMarkdown, forTableCode } from "./escape.js";
import { counted } from "./wording.js";

/** Whether a sensitive file, as it stands now, was looked at by somebody who did not build it. */
export interface AuditedFile {
  readonly path: string;
  readonly status: "reviewed" | "attested" | "unreviewed" | "unknown";
  readonly by?: { readonly login?: string };
  readonly commit?: string;
  readonly pullRequest?: number;
}

/** Rows that are shown before the rest is counted. */
const mostRows = 100;

/**
 * What the second reviewer says of a default branch: which sensitive files nobody but their builders has looked at. It
 * blocks nobody, and it has to succeed to be offered as a required check.
 *
 * @param unseen - Sensitive files that were not looked up.
 */
export function reviewAuditDocument(
  files: readonly AuditedFile[],
  unseen: number,
): CheckRunDocument {
  const open = files.filter(({ status }) => status === "unreviewed");
  const unknown =
    unseen + files.filter(({ status }) => status === "unknown").length;
  return {
    title:
      open.length === 0
        ? titleOf(files.length, unknown)
        : `${counted(open.length, "sensitive file")} never independently reviewed`,
    summary: [
      "On pull requests that touch code for sign-in, payment or data, this check waits for the approval of somebody who did not build the change.",
      `Of what stands on this branch, ${counted(files.length + unseen, "file")} ${files.length + unseen === 1 ? "is" : "are"} such code: ` +
        `${String(files.length - open.length - (unknown - unseen))} reviewed or attested, ${String(open.length)} never independently reviewed, ${String(unknown)} of which it cannot be told.`,
      tableOf(open),
      open.length === 0
        ? ""
        : "The newest change of each came in without the approval of anybody who did not build it. It is settled by the next reviewed change, or by an attestation for `second-reviewer` of somebody who has looked at it.",
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
    annotations: [],
    conclusion: "success",
  };
}

function titleOf(seen: number, unknown: number): string {
  if (seen + unknown === 0) return "Ready to ask for a second reviewer";
  return unknown === 0
    ? "Every sensitive file was independently reviewed"
    : `Reviews of ${counted(unknown, "sensitive file")} could not be told`;
}

function tableOf(files: readonly AuditedFile[]): string {
  if (files.length === 0) return "";
  const rows = files
    .slice(0, mostRows)
    .map(
      ({ path, commit, pullRequest }) =>
        `| ${forTableCode(path)} | ${cameBy(commit, pullRequest)} |`,
    );
  const rest = files.length - rows.length;
  return [
    "| sensitive file | newest change |",
    "| --- | --- |",
    ...rows,
    ...(rest > 0 ? ["", `and ${String(rest)} more`] : []),
  ].join("\n");
}

function cameBy(commit = "", pullRequest: number | undefined): string {
  const sha = forMarkdown(commit.slice(0, 7));
  return pullRequest === undefined
    ? `${sha}, without a pull request`
    : `#${String(pullRequest)}`;
}
