import type { Finding, Level } from "./finding.js";
import type { ItemId } from "./items.js";

/** What a check wants read before it runs. The reader fetches the union over all enabled checks, once. */
export interface Needs {
  /** Globs of the files that it looks at. */
  readonly files: readonly string[];
  /** `changed`: the files of the change are enough. `repository`: it must see every file that its globs name. */
  readonly scope: "changed" | "repository";
  /** Whether it looks at every commit of the change, not only at its result. */
  readonly commits?: boolean;
  /** Whether it judges the default branch's rules, once a change touches its files. */
  readonly branchRules?: boolean;
}

/** One way to break a check; can be configured and suppressed as `check/rule`. */
export interface Rule {
  /** What is wrong, at most 72 characters. */
  readonly title: string;
  /** What its findings weigh in the commitment phase. */
  readonly level: Level;
  /**
   * Whether a person's attestation answers it, because code cannot show it. `required`: nothing else does, so its
   * absence keeps the verdict incomplete in the commitment phase, whoever brought the finding.
   */
  readonly attestation?: "accepted" | "required";
}

/** What a check answers. A closed union: a `broken` without a finding cannot be built, `unknown` must say why. */
export type Outcome =
  | { readonly status: "holds" }
  | { readonly status: "inapplicable"; readonly because: string }
  | { readonly status: "unknown"; readonly because: string }
  | {
      readonly status: "broken";
      readonly findings: readonly [Finding, ...Finding[]];
    };

/** One item of the gate as code: its declaration, and a pure, synchronous function of the frozen project. */
export interface Check<Project> {
  readonly id: ItemId;
  /** Slug: folder, key in `.vibegate.yml` and docs title. */
  readonly name: string;
  /** What must hold, at most 72 characters. */
  readonly title: string;
  /** Why that matters in production, in one or two sentences. */
  readonly why: string;
  readonly needs: Needs;
  /** Rules by slug. */
  readonly rules: Readonly<Record<string, Rule>>;
  /** @throws never on purpose; a crash is reported as `unknown` and the other checks still answer. */
  readonly evaluate: (project: Project) => Outcome;
}

/** The outcome for a list of findings: `broken` when there is one, else `holds`. */
export function brokenBy(findings: readonly Finding[]): Outcome {
  const [first, ...rest] = findings;
  if (first === undefined) return { status: "holds" };
  return { status: "broken", findings: [first, ...rest] };
}
