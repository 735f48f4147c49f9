import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { developmentPolarity } from "./development-tests.js";
import type { FunctionRef } from "./function-ref.js";
import type { Guard, Taint } from "./guard.js";
import { askedKind, guardAt } from "./guard-steps.js";
import { strength } from "./guard-strength.js";
import { isRefusal, type Polarity } from "./guard-tests.js";
import type { GuardKind } from "./identity-lookups.js";

/** What those know or have who take a branch; `development` where it is only taken on the developer's machine. */
export interface Proof {
  readonly kind: GuardKind | "development";
  readonly how: string;
  readonly line: number;
}

/** Where a function lets requests through, and who gets there. */
export class Passes {
  readonly #around: (Proof | undefined)[] = [];
  readonly #found: (Proof | undefined)[] = [];

  /** How many there are so far. */
  get count(): number {
    return this.#found.length;
  }

  /** Walks a branch that only those take who have a proof. */
  within<Result>(proof: Proof | undefined, walk: () => Result): Result {
    this.#around.push(proof);
    const result = walk();
    this.#around.pop();
    return result;
  }

  /** Notes that a request is let through here. */
  add(): void {
    const proofs = this.#around.filter((one) => one !== undefined);
    this.#found.push(proofs.sort((a, b) => rank(a) - rank(b))[0]);
  }

  /**
   * The guard that a function is which refuses at its end all that it has not let through before: what everybody had
   * who was let through. It may let some in for a key, others for their session.
   */
  guards({ path }: FunctionRef, { steps }: FunctionFacts): Guard[] {
    const proof = this.#leastProof(steps);
    return proof === undefined || proof.kind === "development"
      ? []
      : [guardAt(proof.kind, proof.how, path, proof.line, "return")];
  }

  #leastProof(steps: readonly Step[]): Proof | undefined {
    const last = steps.at(-1);
    const refuses =
      last?.kind === "throw" ||
      ((last?.kind === "return" || last?.kind === "do") &&
        last.value !== undefined &&
        isRefusal(last.value));
    if (!refuses || this.#found.includes(undefined)) return undefined;
    return this.#found
      .filter((one) => one !== undefined)
      .filter(({ kind }) => kind !== "development")
      .sort((a, b) => rank(b) - rank(a))[0];
  }
}

/** Where the app runs tells least of who calls. */
function rank({ kind }: Proof): number {
  return kind === "development" ? Number.POSITIVE_INFINITY : strength(kind);
}

/** What those have who take one side of a branch, if that tells who they are. */
export function branchProof(
  test: Value,
  at: {
    readonly taint: Taint | undefined;
    readonly polarity: Polarity;
    /** 1 for those who meet the test, -1 for the others. */
    readonly side: 1 | -1;
    readonly facts: FunctionFacts;
  },
): Proof | undefined {
  const { taint, polarity, side, facts } = at;
  if (developmentPolarity(test, facts) === side)
    return { kind: "development", how: "NODE_ENV", line: test.line };
  if (taint === undefined || taint.kind === "presence") return undefined;
  return polarity === side
    ? { ...taint, kind: askedKind(taint, test) }
    : undefined;
}
