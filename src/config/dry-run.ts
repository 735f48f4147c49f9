import type { Level } from "#gate/finding.js";
import type { Policy } from "#gate/policy.js";
import { changesSaid } from "./policy-changes.js";
import type { JudgedFinding, Verdict } from "#gate/verdict.js";

/** The same project judged under one configuration. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly policy: Policy;
}

/** What a finding comes to: its level, or that it is not reported. */
type Fate = Level | "silenced";

/** Which way a new configuration moves the gate. */
export interface Effect {
  /** Sentences such as "3 findings would become advisory"; none where nothing changes. */
  readonly sentences: readonly string[];
  /** Whether it makes anything weigh less, last longer or start later than before. */
  readonly loosens: boolean;
}

/**
 * What would change if the configuration that a change brings were in force already. Both verdicts must be of the same
 * project.
 */
export function compareEffects(base: Judgement, head: Judgement): Effect {
  const moves = fatesMoved(base.verdict, head.verdict);
  const counts = Map.groupBy(moves, ({ from, to }) => sentenceKey(from, to));
  const found = [...counts].map(
    ([key, some]) => `${findings(some.length)} would ${words[key]}`,
  );
  const phase = phaseSentence(base.policy, head.policy);
  const said = changesSaid(base.policy, head.policy);
  return {
    sentences: [
      ...(phase === undefined ? [] : [phase]),
      ...found,
      ...said.sentences,
    ],
    loosens:
      said.loosens ||
      moves.some(({ from, to }) => weight[to] < weight[from]) ||
      phaseWeight(head.policy) < phaseWeight(base.policy),
  };
}

/** One line for a check: `With this file: 3 findings would become advisory, 1 suppression added.` */
export function dryRunSentence({ sentences }: Effect): string {
  return sentences.length === 0
    ? "With this file nothing would change here."
    : `With this file: ${sentences.join(", ")}.`;
}

const weight: Readonly<Record<Fate, number>> = {
  silenced: 0,
  notice: 1,
  advise: 2,
  block: 3,
};

const words = {
  block: "block",
  advise: "become advisory",
  notice: "become notices",
  silenced: "no longer count",
  blockNew: "be found that block",
  adviseNew: "be found as advice",
} as const;

function sentenceKey(from: Fate, to: Fate): keyof typeof words {
  if (from !== "silenced" || to === "silenced") return to;
  return to === "block" ? "blockNew" : "adviseNew";
}

interface Move {
  readonly from: Fate;
  readonly to: Fate;
}

function fatesMoved(base: Verdict, head: Verdict): Move[] {
  const before = fates(base);
  const after = fates(head);
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((name) => {
    const from = before.get(name) ?? "silenced";
    const to = after.get(name) ?? "silenced";
    return from === to ? [] : [{ from, to }];
  });
}

function fates({ findings: some }: Verdict): ReadonlyMap<string, Fate> {
  return new Map(some.map((finding) => [nameOf(finding), finding.level]));
}

function nameOf({ fingerprint, lines, commit = "" }: JudgedFinding): string {
  return `${fingerprint}:${String(lines.start)}:${commit}`;
}

function findings(count: number): string {
  return count === 1 ? "1 finding" : `${String(count)} findings`;
}

function phaseSentence(base: Policy, head: Policy): string | undefined {
  if (base.phase !== head.phase) return `the phase would be ${head.phase}`;
  if (base.commitmentFrom === head.commitmentFrom) return undefined;
  return head.commitmentFrom === undefined
    ? "no day would be set for commitment"
    : `commitment would begin on ${head.commitmentFrom}`;
}

/** A text that is greater the stricter the phase: commitment, then an earlier day, then a later day, then none. */
function phaseWeight({ phase, commitmentFrom }: Policy): number {
  if (phase === "commitment") return Infinity;
  return commitmentFrom === undefined ? -Infinity : -Date.parse(commitmentFrom);
}
