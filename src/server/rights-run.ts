import type { ReviewContext } from "./review-context.js";
import { looksAtWaiting } from "./waiting.js";
import type { RightsChangedWork } from "./work.js";

/** Somebody's rights changed: what was read of rights is forgotten, and all that rests on it is decided anew. */
export async function afterRightsChange(
  { installationId, repositoryId }: RightsChangedWork,
  { permissions, records, enqueue }: ReviewContext,
): Promise<void> {
  permissions.forget();
  const looks = await looksAtWaiting(records, installationId, repositoryId);
  if (looks.length > 0) await enqueue(looks);
}
