import type { Finding } from "#gate/finding.js";
import type { Project } from "#model/project.js";
import { isAdded } from "./added-lines.js";
import { fixes } from "./sentences.js";
import type { Judged, RuleName } from "./weigh.js";

/** Findings by themselves, and those that say the same of many handlers. */
interface Aggregated {
  readonly single: readonly Judged[];
  readonly joined: readonly Finding[];
}

/**
 * Handlers that each carry the wildcard of the same template are one finding for the repository: one that says it
 * seventy times says nothing.
 */
export function aggregated(
  project: Project,
  judged: readonly Judged[],
): Aggregated {
  const isMany = (one: Judged) =>
    one.contexts.some((context) => context.isRoute) &&
    /^(?:wildcard-origin|framework-default)$/.test(one.weight.rule);
  const grave = new Set(judged.filter((one) => !isMany(one)).map(placeOf));
  const many = judged.filter((one) => isMany(one) && !grave.has(placeOf(one)));
  const ofToken = many.filter((one) => exposureIs(one, "token"));
  const others = many.filter((one) => !exposureIs(one, "token"));
  return {
    single: judged.filter((one) => !isMany(one)),
    joined: [
      ...joinedFinding(project, ofToken, "wildcard-on-token-api"),
      ...joinedFinding(project, others, "wildcard-origin"),
    ],
  };
}

function exposureIs(one: Judged, exposure: string): boolean {
  return one.contexts[0]?.exposure === exposure;
}

function placeOf({ policy }: Judged): string {
  return `${policy.opens.path}\0${String(policy.opens.opening.line)}`;
}

function joinedFinding(
  project: Project,
  all: readonly Judged[],
  rule: RuleName,
): Finding[] {
  const places = [...new Map(all.map((one) => [placeOf(one), one])).values()];
  const first =
    places.find(({ policy }) =>
      isAdded(project, policy.opens.path, policy.opens.opening.line),
    ) ?? places[0];
  if (first === undefined) return [];
  const { opens } = first.policy;
  const handlers = new Set(
    all.flatMap((one) => one.contexts.map(({ path }) => path)),
  );
  const count =
    handlers.size === 1 ? "1 endpoint" : `${String(handlers.size)} endpoints`;
  const kind =
    rule === "wildcard-on-token-api" ? `${count} that check a token` : count;
  return [
    {
      rule,
      path: opens.path,
      lines: { start: opens.opening.line, end: opens.opening.line },
      message: `Every website can call ${kind}: the Access-Control-Allow-Origin header allows every origin.`,
      fix: fixes[rule],
      confidence: all.every(({ weight }) => weight.confidence === "possible")
        ? "possible"
        : "certain",
      identity: "repository",
      evidence: places
        .filter((one) => one !== first)
        .slice(0, 50)
        .map(({ policy }) => ({
          path: policy.opens.path,
          line: policy.opens.opening.line,
          note: "the same wildcard",
        })),
    },
  ];
}
