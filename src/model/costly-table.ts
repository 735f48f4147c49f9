import type { CostlyHost, CostlyPackage } from "./cost.js";
import { costlyHosts } from "./costly-hosts.js";
import { messagePackages } from "./costly-message-packages.js";
import { modelPackages } from "./costly-model-packages.js";
import { servicePackages } from "./costly-packages.js";

/** Paths that a model is asked under, whatever the host; local ones are free. */
export const modelPaths =
  /\/v\d\/(?:chat\/completions|messages|responses|embeddings|images\/generations|audio\/(?:speech|transcriptions))\b/;

/** The package of the table that a package is. */
export function costlyPackage(name: string): CostlyPackage | undefined {
  return [...modelPackages, ...servicePackages, ...messagePackages].find(
    (one) =>
      /[*/]$/.test(one.name)
        ? name.startsWith(one.name.slice(0, -1))
        : one.name === name,
  );
}

/** The host of the table that answers under a path. */
export function costlyHost(host: string, path: string): CostlyHost | undefined {
  return costlyHosts.find(
    (one) => one.host.test(host) && (one.path?.test(path) ?? true),
  );
}
