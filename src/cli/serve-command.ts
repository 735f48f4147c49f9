import { readFileSync } from "node:fs";
import { doWork } from "#server/do-work.js";
import type { Role } from "#server/serve.js";
import { runServer } from "#server/run-server.js";
import { complain } from "./complain.js";

/**
 * Runs the server with the settings of the environment until a signal ends it.
 *
 * @param options - The organization that the set-up page begins with, and which half of the server this process is.
 * @returns the exit code.
 */
export async function serveCommand({
  org,
  role = "all",
}: {
  readonly org?: string;
  readonly role?: Role;
} = {}): Promise<number> {
  const own = { role, version: version() };
  const options = { ...doWork(), ...own, ...timesFor(process.env) };
  const environment = {
    ...process.env,
    ...(org !== undefined && { GH_ORG: org }),
  };
  return runServer(environment, options, complain);
}

/** How long the work of a killed process rests, and how often sweeps come; shorter than usual where a test cannot wait. */
function timesFor(environment: NodeJS.ProcessEnv): {
  leaseMs?: number;
  sweepMs?: number;
} {
  const leaseMs = Number(environment["VIBEGATE_LEASE_MS"]);
  const sweepMs = Number(environment["VIBEGATE_SWEEP_MS"]);
  return {
    ...(leaseMs >= 1_000 && { leaseMs }),
    ...(sweepMs >= 1_000 && { sweepMs }),
  };
}

function version(): string {
  const manifest = new URL("../../../package.json", import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as {
    readonly version: string;
  };
  return version;
}
