import type { Verdict } from "./verdict.js";

/** The parts of a verdict that suppressions, attestations and ignored paths fill, for where there are none. */
export const noExceptions: Pick<
  Verdict,
  | "suppressed"
  | "suppressions"
  | "attested"
  | "attestations"
  | "unattested"
  | "ignored"
> = {
  suppressed: [],
  suppressions: {
    used: [],
    unused: [],
    lapsed: [],
    malformed: [],
    pending: [],
  },
  attested: [],
  attestations: { inForce: [], lapsing: [], lapsed: [], unfounded: [] },
  unattested: [],
  ignored: {},
};
