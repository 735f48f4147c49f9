import { createHmac } from "node:crypto";
import type { BuildOptions } from "#model/build-project.js";

/**
 * How secrets are told apart in a report. Short secrets can be guessed from a plain hash, so without a key of the
 * caller's own there are no fingerprints of secrets at all.
 */
export function fingerprintWith(
  key: string | undefined,
): Pick<BuildOptions, "fingerprint"> {
  if (key === undefined || key === "") return {};
  return {
    fingerprint: (secret) =>
      createHmac("sha256", key).update(secret).digest("hex").slice(0, 32),
  };
}
