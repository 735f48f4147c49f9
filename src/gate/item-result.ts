import type { Answer } from "./answer.js";
import type { AttestationEntry } from "./attest.js";
import type { Item } from "./items.js";
import type { ItemResult, JudgedFinding } from "./verdict.js";

/** What is known about one item once its check has answered and the configuration was applied. */
export interface ItemInput<Project> {
  readonly item: Item;
  /** Whether this version has a check for the item at all. */
  readonly isBuiltIn: boolean;
  /** Absent where the check is switched off. */
  readonly answer: Answer<Project> | undefined;
  /** What is left of its findings. */
  readonly findings: readonly JudgedFinding[];
  readonly suppressed: readonly JudgedFinding[];
  readonly attested: readonly JudgedFinding[];
  /** The attestation in force, where there is one. */
  readonly attestation: AttestationEntry | undefined;
}

/** The answer to one item of the gate. */
export function itemResult<Project>(input: ItemInput<Project>): ItemResult {
  const { id, check } = input.item;
  return { id, check, ...statusOf(input) };
}

type Status = Pick<ItemResult, "status" | "because">;

function statusOf<Project>(input: ItemInput<Project>): Status {
  const { isBuiltIn, answer, attestation } = input;
  const isElsewhere = Object.hasOwn(missing, input.item.check);
  if (!isBuiltIn && isElsewhere && attestation)
    return attestedStatus(attestation);
  if (!isBuiltIn)
    return {
      status: "unknown",
      because: missing[input.item.check] ?? "this version has no check for it",
    };
  if (answer === undefined)
    return {
      status: "off",
      because: "it is switched off in the configuration",
    };
  const { outcome } = answer;
  if (outcome.status === "broken") return brokenStatus(input);
  if (outcome.status === "unknown" && !answer.incomplete && input.attestation)
    return attestedStatus(input.attestation);
  const because = "because" in outcome ? outcome.because : "";
  return { status: outcome.status, because };
}

function brokenStatus<Project>(input: ItemInput<Project>): Status {
  const { findings, suppressed, attested, attestation, answer } = input;
  if (findings.length > 0) return { status: "broken", because: "" };
  if (suppressed.length > 0)
    return {
      status: "broken",
      because: `all that is left of it is suppressed (${String(suppressed.length)})`,
    };
  if (answer?.incomplete === true)
    return {
      status: "unknown",
      because: "part of what it looks at could not be seen",
    };
  if (attested.length > 0 && attestation) return attestedStatus(attestation);
  return {
    status: "off",
    because: "what it found is switched off or ignored in the configuration",
  };
}

function attestedStatus({ by, date, until }: AttestationEntry): Status {
  return {
    status: "attested",
    because: `${by} attests it as of ${date}, until ${until}`,
  };
}

/** Items that are answered elsewhere. */
const missing: Readonly<Record<string, string>> = {
  "second-reviewer":
    "reviews live on GitHub, where the check VibeGate / second reviewer answers it",
};
