import type { Finding } from "#gate/finding.js";
import type { CostlyCall } from "#model/costly-calls.js";
import type { Project } from "#model/project.js";
import { isReachable } from "#model/runtimes.js";

/** Kinds of calls whose bill grows without a plan's end. Mail and payments have limits of their own. */
const metered = /^(?:model|media|speech|message|lookup)$/;

/** That nobody said to have set a cap at the providers, at the first call that one of them is paid for. */
export function missingCap(
  project: Project,
  spenders: readonly CostlyCall[],
): readonly Finding[] {
  const paid = spenders.filter(({ kind }) => metered.test(kind));
  const [first] = paid.toSorted(
    (one, other) =>
      Number(isReachable(project, other.path)) -
      Number(isReachable(project, one.path)),
  );
  if (first === undefined) return [];
  const providers = [...new Set(paid.map(({ provider }) => provider))];
  const named =
    providers.length > 3
      ? `${providers.slice(0, 3).join(", ")} and ${String(providers.length - 3)} more`
      : providers.join(", ");
  return [
    {
      rule: "no-spending-cap",
      path: first.path,
      lines: { start: first.line, end: first.line },
      identity: "cap",
      message: `The app pays by use (${named}), and nothing shows that spending there is capped.`,
      fix: "Set a hard monthly limit or prepaid credit in each provider's console, and attest it: in .vibegate.yml, under attest, spending-cap with by, date and evidence.",
      confidence: "likely",
      ...(!isReachable(project, first.path) && { atMost: "notice" as const }),
    },
  ];
}
