import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { complain } from "./complain.js";
import { exitCodes } from "./exit-code.js";

/** Where the local GitHub is in a checkout; an installed package lacks it. */
const localGitHub = new URL(
  "../../test/support/local-github/local-github.js",
  import.meta.url,
);

/**
 * Runs the demo.
 *
 * @returns the exit code.
 */
export async function demoCommand(): Promise<number> {
  if (!existsSync(fileURLToPath(localGitHub))) {
    complain(
      "The demo runs in a checkout of VibeGate only: clone it, then `npm ci && npm run demo`.",
    );
    return exitCodes.usage;
  }
  const { demo } = await import("./demo/demo.js");
  await demo();
  return exitCodes.nothingBlocks;
}
