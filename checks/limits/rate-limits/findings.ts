import type { Evidence, Finding } from "#gate/finding.js";
import { costlyReach, type ReachedCall } from "#model/costly-calls.js";
import { functionAt } from "#model/functions.js";
import { type Guard, guardsOf } from "#model/guards.js";
import { limitersOf } from "#model/limiters.js";
import type { Project } from "#model/project.js";
import { type Route, routesOf } from "#model/routes.js";
import { isSaidRoute } from "#model/said-routes.js";
import { isReachable, runtimeOf } from "#model/runtimes.js";
import { allSteps, hasPart, valuesOf } from "#model/value-walk.js";
import type { Value } from "#parse/module-facts.js";
import { credentialFinding } from "./credentials.js";
import { limiterFaults } from "./faults.js";
import { missedBy } from "./missed.js";
import { placeOf, subjectOf } from "./route-words.js";

/** The option that names endpoints which something in front of the app limits. */
const limitedRoutes = { check: "rate-limits", name: "limited-routes" } as const;

/** Every endpoint that spends without limit, and every limiter that does not limit. */
export function limitFindings(project: Project): readonly Finding[] {
  const found = routesOf(project).flatMap((route) =>
    routeFindings(project, route),
  );
  return distinct(found);
}

function routeFindings(project: Project, route: Route): readonly Finding[] {
  if (/^(?:test|generated|script)$/.test(runtimeOf(project, route.file)))
    return [];
  if (isSaidRoute(project, limitedRoutes, route)) return [];
  const costly = costlyReach(project, route.handler).filter(
    ({ costly: { path } }) =>
      !/^(?:test|generated|client)$/.test(runtimeOf(project, path)),
  );
  const limiters = limitersOf(project, route);
  const faults = limiterFaults(project, route, limiters);
  const works =
    limiters.length > 0 &&
    !faults.some(({ rule }) => rule === "limiter-result-unused");
  if (works) return faults;
  const spending =
    costly.length > 0
      ? spendingFinding(project, route, costly)
      : credentialFinding(project, route);
  return [...faults, ...(spending ? [spending] : [])];
}

/** Costs of one call, from dear to cheap. */
const weights = [
  "message",
  "media",
  "model",
  "speech",
  "charge",
  "lookup",
  "mail",
  "work",
];

function spendingFinding(
  project: Project,
  route: Route,
  costly: readonly ReachedCall[],
): Finding | undefined {
  const [first] = costly.toSorted(
    (one, other) =>
      weights.indexOf(one.costly.kind) - weights.indexOf(other.costly.kind),
  );
  if (first === undefined) return undefined;
  const guards = guardsOf(project, route);
  if (guards.some(isMachine)) return undefined;
  const isKnown = guards.some(({ kind }) => kind !== "presence");
  return isKnown
    ? knownCaller(project, route, first, guards)
    : stranger(project, route, first);
}

/** A machine or an operator that holds a secret does not call in a loop by chance. */
function isMachine({ kind }: Guard): boolean {
  return /^(?:secret|signature|capability|role)$/.test(kind);
}

const small = /^(?:mail|work|charge)$/;

function stranger(
  project: Project,
  route: Route,
  reached: ReachedCall,
): Finding {
  const { costly } = reached;
  const missed = missedBy(project, route);
  const isSmall = small.test(costly.kind);
  const isDoubtful = mayRefuse(project, route);
  const isOpen = isReachable(project, route.file);
  return {
    rule: missed ? "limiter-misses-route" : "anonymous-costly-route",
    ...placeOf(route),
    message: missed
      ? `${subjectOf(route)} reaches ${costly.provider} for anyone who calls it, and the limiter in ${missed.path} does not run for it.`
      : `${subjectOf(route)} reaches ${costly.provider} for anyone who calls it, and nothing limits how often.`,
    fix: missed
      ? "Let the limiter run for this path too: widen the matcher, or mount the limiter before this route."
      : "Ask who is calling, and count calls per user and per address in a store that all instances share, before the paid call.",
    confidence: isDoubtful ? "possible" : "likely",
    evidence: [...evidenceOf(reached), ...(missed ? [missed] : [])],
    ...((isSmall || !isOpen) && {
      atMost: isSmall && !isOpen ? ("notice" as const) : ("advise" as const),
    }),
  };
}

/** Whether something before the handler refuses callers under a condition that could not be followed. */
function mayRefuse(project: Project, route: Route): boolean {
  return route.chain.some(({ ref }) => {
    const facts = ref && functionAt(project, ref);
    return (
      facts !== undefined &&
      allSteps(facts.steps)
        .flatMap((step) => valuesOf(step))
        .some((value) => hasPart(value, isRefusal))
    );
  });
}

function isRefusal(part: Value): boolean {
  return part.kind === "literal" && (part.value === 401 || part.value === 403);
}

function knownCaller(
  project: Project,
  route: Route,
  reached: ReachedCall,
  guards: readonly Guard[],
): Finding | undefined {
  const { costly } = reached;
  // A few mails or a charge of the caller's own card are what an account is for.
  if (small.test(costly.kind)) return undefined;
  const isOpen = isReachable(project, route.file);
  const [guard] = guards;
  return {
    rule: "unlimited-costly-route",
    ...placeOf(route),
    message: `${subjectOf(route)} knows its callers, but lets each of them reach ${costly.provider} as often as they like.`,
    fix: "Count calls per account in a store that all instances share, and answer 429 above what a person needs.",
    confidence: "likely",
    evidence: [
      ...evidenceOf(reached),
      ...(guard
        ? [
            {
              path: guard.file,
              line: guard.line,
              note: `The caller is known by ${guard.how}.`,
            },
          ]
        : []),
    ],
    ...(!isOpen && { atMost: "notice" as const }),
  };
}

function evidenceOf({ costly }: ReachedCall): Evidence[] {
  return [
    {
      path: costly.path,
      line: costly.line,
      note: `The call that ${costly.provider} is paid for.`,
    },
  ];
}

function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, path, lines, identity }) => {
    const isLimiter = /^(?:spoofable|limiter-(?:result|fails))/.test(rule);
    const key = `${rule} ${path} ${isLimiter ? String(lines.start) : identity}`;
    const known =
      seen.has(key) ||
      (!isLimiter && seen.has(`${path}:${String(lines.start)}`));
    seen.add(key);
    if (!isLimiter) seen.add(`${path}:${String(lines.start)}`);
    return !known;
  });
}
