import type {
  CheckRunAction,
  CheckRunConclusion,
  CheckRunDocument,
} from "./check-run-document.js";
import { forMarkdown, forTableCode } from "./escape.js";
import { counted } from "./wording.js";

/** Somebody as a report names him. */
interface Person {
  readonly login?: string;
  readonly email?: string;
}

/** A decision about the second reviewer, as plain data. */
export interface SecondReviewAnswer {
  readonly decision: "satisfied" | "pending" | "not-required";
  readonly reason: string;
  readonly enforcement: "blocking" | "advisory";
  readonly needed: {
    readonly approvals: number;
    readonly counted: number;
    readonly objectors: readonly Person[];
    readonly reviewers: readonly string[];
    readonly teams: readonly string[];
    readonly minPermission: string;
    readonly unverified: readonly string[];
  };
  readonly perReview: readonly {
    readonly by?: Person;
    readonly state: string;
    readonly counts: boolean;
    readonly because: string;
    readonly head?: string;
  }[];
  readonly builders: readonly {
    readonly person: Person;
    readonly because: readonly string[];
  }[];
  readonly unidentifiedBuilder?: string;
  readonly approvedHead?: string;
  readonly bypass?: {
    readonly by: Person;
    readonly reason: string;
    readonly until: string;
  };
}

/** A changed file with why it is sensitive. */
export interface SensitiveFile {
  readonly path: string;
  readonly categories: readonly string[];
  /** Where that shows. */
  readonly hits?: readonly {
    readonly category: string;
    readonly path: string;
    /** From 1. */
    readonly line: number;
    readonly signal: string;
    /** On the side before the change. */
    readonly isBefore: boolean;
  }[];
}

/** Rows of a table that are shown before the rest is counted. */
const mostRows = 50;

/** The check run `VibeGate / second reviewer`. The same answer gives the same document. */
export function secondReviewDocument(
  answer: SecondReviewAnswer,
  files: readonly SensitiveFile[],
  { mayAsk }: { readonly mayAsk: boolean } = { mayAsk: false },
): CheckRunDocument {
  const sensitive = files.filter(({ categories }) => categories.length > 0);
  return {
    title: titleOf(answer, sensitive),
    summary: summaryOf(answer, sensitive),
    annotations: [],
    conclusion: conclusionOf(answer),
    ...(mayAsk && answer.decision === "pending" && { actions: [askButton] }),
  };
}

/** Asks somebody; it never makes the check pass. */
const askButton: CheckRunAction = {
  label: "Request review",
  description: "Ask an eligible person to review this",
  identifier: "request_review",
};

/** A waiting rule stops a merge unless it only advises. */
function conclusionOf(answer: SecondReviewAnswer): CheckRunConclusion {
  if (answer.decision !== "pending") return "success";
  return answer.enforcement === "advisory" ? "neutral" : "action_required";
}

function titleOf(
  { decision, reason, needed, bypass }: SecondReviewAnswer,
  sensitive: readonly SensitiveFile[],
): string {
  if (decision === "not-required")
    return "No code for sign-in, payment or data touched";
  if (bypass) return `BYPASSED by ${nameOf(bypass.by)}`.slice(0, 200);
  if (decision === "satisfied") return "Approved by a second reviewer";
  if (reason === "changes-requested") return "Changes were requested";
  if (reason === "cannot-verify") return "The review could not be verified";
  const missing = Math.max(1, needed.approvals - needed.counted);
  return `Second review needed: ${categoriesOf(sensitive)} (${counted(missing, "approval")} missing)`;
}

function categoriesOf(files: readonly SensitiveFile[]): string {
  const all = new Set(files.flatMap(({ categories }) => categories));
  return [...all].sort().join(", ");
}

function summaryOf(
  answer: SecondReviewAnswer,
  sensitive: readonly SensitiveFile[],
): string {
  if (answer.decision === "not-required")
    return "This change touches nothing that needs a second reviewer.";
  return [
    sentenceOf(answer),
    bypassOf(answer),
    filesOf(sensitive),
    reviewsOf(answer),
    buildersOf(answer),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function sentenceOf(answer: SecondReviewAnswer): string {
  const { decision, needed, enforcement, approvedHead } = answer;
  if (decision === "satisfied")
    return approvedHead === undefined
      ? "Somebody who did not build this change has approved it."
      : `Somebody who did not build this change has approved it, at ${forTableCode(approvedHead.slice(0, 12))}.`;
  const lines = [
    `${counted(needed.approvals, "approval")} by people who did not build this change ${needed.approvals === 1 ? "is" : "are"} needed, ${String(needed.counted)} counted so far.`,
    needed.objectors.length > 0
      ? `${people(needed.objectors)} asked for changes, and has to approve or withdraw that.`
      : "",
    ...needed.unverified.map(
      (because) => `It could not be verified: ${forMarkdown(because)}.`,
    ),
    whoMay(needed),
    enforcement === "advisory"
      ? "In the exploration phase this is advice: it blocks nothing."
      : "",
  ];
  return lines.filter((line) => line !== "").join(" ");
}

function whoMay({
  reviewers,
  teams,
  minPermission,
}: SecondReviewAnswer["needed"]): string {
  const named = [...reviewers, ...teams.map((team) => `team ${team}`)];
  return named.length > 0
    ? `It has to come from: ${named.map(forMarkdown).join(", ")}.`
    : `Anybody with the permission ${forMarkdown(minPermission)} may give it, except the builders below.`;
}

function bypassOf({ bypass }: SecondReviewAnswer): string {
  if (!bypass) return "";
  return `**BYPASSED** by ${people([bypass.by])} until ${forMarkdown(bypass.until)}: ${forMarkdown(bypass.reason)}`;
}

function filesOf(files: readonly SensitiveFile[]): string {
  return table(
    ["sensitive file", "because of"],
    files.map((file) => [
      forTableCode(file.path),
      file.categories.map((category) => whyOf(file, category)).join("<br>"),
    ]),
  );
}

function whyOf({ hits }: SensitiveFile, category: string): string {
  const hit = hits?.find((one) => one.category === category);
  if (!hit) return forMarkdown(category);
  const place = `line ${String(hit.line)}${hit.isBefore ? " before the change" : ""}`;
  return `${forMarkdown(category)}: ${forMarkdown(hit.signal)}, ${place}`;
}

function reviewsOf({ perReview }: SecondReviewAnswer): string {
  return table(
    ["review", "says", "counts", "because"],
    perReview.map(({ by, state, counts, because, head }) => [
      people([by ?? {}]) +
        (head ? ` at ${forTableCode(head.slice(0, 7))}` : ""),
      forMarkdown(state),
      counts ? "yes" : "no",
      forMarkdown(because),
    ]),
  );
}

function buildersOf({
  builders,
  unidentifiedBuilder,
}: SecondReviewAnswer): string {
  const rows = builders.map(({ person, because }) => [
    people([person]),
    forMarkdown(because.join("; ")),
  ]);
  if (unidentifiedBuilder !== undefined)
    rows.push(["somebody unknown", forMarkdown(unidentifiedBuilder)]);
  return table(["builder", "because"], rows);
}

function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return "";
  const shown = rows.slice(0, mostRows).map((row) => `| ${row.join(" | ")} |`);
  const rest = rows.length - shown.length;
  return [
    `| ${heads.join(" | ")} |`,
    `|${" --- |".repeat(heads.length)}`,
    ...shown,
    ...(rest > 0 ? ["", `and ${String(rest)} more`] : []),
  ].join("\n");
}

function people(persons: readonly Person[]): string {
  return persons.map((person) => forMarkdown(nameOf(person))).join(", ");
}

/** An address is somebody's own: its name part alone is shown. */
function nameOf({ login, email }: Person): string {
  if (login !== undefined) return login;
  return email === undefined
    ? "a deleted account"
    : `${email.split("@")[0] ?? ""} (no account)`;
}
