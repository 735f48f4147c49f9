import type { Placed } from "#model/placed.js";
import type { Project } from "#model/project.js";
import type { PlacedCallValue } from "#model/provenance.js";
import { credentialsIn } from "#model/sent-credentials.js";

/** The values that make a client able to spend: its options, or its first argument where that is the key. */
export function keyOfMaker(
  project: Project,
  made: PlacedCallValue,
): readonly Placed[] {
  const named = credentialsIn(project, made);
  if (named.length > 0) return named;
  const [first] = made.value.arguments;
  const isKey =
    first !== undefined &&
    /^(?:literal|environment|name|either|template|call)$/.test(first.kind);
  return isKey ? [{ ...made, value: first }] : [];
}
