import { forgetInstallation } from "./installation-data.js";
import type { ReviewContext } from "./review-context.js";
import type { ForgetWork } from "./work.js";

/** Ends all work for an installation that is gone or rests, and forgets what was kept of one that is gone. */
export async function forget(
  { installationId, forGood, repositoryIds }: ForgetWork,
  { dropWork, records, log }: ReviewContext,
): Promise<void> {
  await dropWork(installationId);
  if (forGood) await forgetInstallation(records, installationId, repositoryIds);
  log.info({ installationId, forGood }, "An installation was let go");
}
