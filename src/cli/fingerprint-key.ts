import { createHmac, randomBytes } from "node:crypto";
import type { BuildOptions } from "#model/build-project.js";

/** What values of secrets are told apart with. Never written anywhere. */
export interface FingerprintKey {
  readonly secret: string;
  /** Stands before each fingerprint of a key that is for one run only. */
  readonly mark: "" | "~";
}

/**
 * The key for a request. Short secrets can be guessed from a plain hash, so without a key of the caller's own there are no
 * fingerprints of secrets; only a look at the history, which must tell values apart, makes one for itself.
 */
export function fingerprintKey(
  own: string | undefined,
  history: boolean,
): FingerprintKey | undefined {
  if (own !== undefined && own !== "") return { secret: own, mark: "" };
  return history ? passingKey() : undefined;
}

/**
 * Tells values apart within one run, where nobody gave a key that tells them apart for good. The mark at its start says
 * that a fingerprint means nothing to another run.
 */
export function passingKey(): FingerprintKey {
  return { secret: randomBytes(32).toString("hex"), mark: "~" };
}

/** How secrets are told apart in a report. */
export function fingerprintWith(
  key: FingerprintKey | undefined,
): Pick<BuildOptions, "fingerprint"> {
  if (key === undefined) return {};
  const { secret: own, mark } = key;
  return {
    fingerprint: (secret) =>
      mark +
      createHmac("sha256", own).update(secret).digest("hex").slice(0, 32),
  };
}
