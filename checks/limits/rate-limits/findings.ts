import type { Evidence, Finding } from "#gate/finding.js";
import { costlyReach, type ReachedCall } from "#model/costly-calls.js";
import { type Guard, guardsOf } from "#model/guards.js";
import { type Limiter, limitersOf } from "#model/limiters.js";
import { isOffered } from "#model/offered.js";
import type { Project } from "#model/project.js";
import { type Route, routesOf } from "#model/routes.js";
import { isSaidRoute } from "#model/said-routes.js";
import { isReachable, runtimeOf } from "#model/runtimes.js";
import { runsAfter } from "#model/call-order.js";
import { beforeGuards, isForSomebody } from "./before-guards.js";
import { credentialFinding } from "./credentials.js";
import { limiterFaults } from "./faults.js";
import { missedBy } from "./missed.js";
import { asksAsCaller, mayRefuse } from "./refusals.js";
import { placeOf, subjectOf } from "./route-words.js";

/** The option that names endpoints which something in front of the app limits. */
const limitedRoutes = { check: "rate-limits", name: "limited-routes" } as const;

/** Every endpoint that spends without limit, and every limiter that does not limit. */
export function limitFindings(project: Project): readonly Finding[] {
  const found = routesOf(project).flatMap((route) =>
    routeFindings(project, route).filter(
      ({ rule }) => !isSaidRoute(project, limitedRoutes, route, rule),
    ),
  );
  return distinct(onePerComparison(found));
}

/** Several paths may lead to the same login. */
function onePerComparison(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, path, evidence = [] }) => {
    if (rule !== "unlimited-credential-route") return true;
    const [compared] = evidence;
    const key = `${path} ${compared?.path ?? ""}:${String(compared?.line)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
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
  const isDead = faults.some(({ rule }) => rule === "limiter-result-unused");
  const open = isDead
    ? costly
    : costly.filter(
        (one) =>
          !limiters.some((limiter) => spares(project, route, limiter, one)),
      );
  if (limiters.length > 0 && !isDead && open.length === 0) return faults;
  const spending =
    open.length > 0
      ? spendingFinding(project, route, open)
      : credentialFinding(project, route);
  return [...faults, ...(spending ? [spending] : [])];
}

/** Whether a limiter stands before a costly call: one that only leaves its own function does so for what that function does. */
function spares(
  project: Project,
  route: Route,
  { isSilent, in: ref, via: way, line }: Limiter,
  reached: ReachedCall,
): boolean {
  const { via, costly } = reached;
  const isLate =
    way &&
    runsAfter(project, { via: way, line }, { via, line: costly.line }) &&
    !isForSomebody(project, route, reached);
  if (isLate) return false;
  return (
    isSilent === undefined ||
    via.some(({ path, at }) => path === ref?.path && at === ref.at)
  );
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
  if (!isOffered(project, route)) return undefined;
  const guards = guardsOf(project, route);
  // The platform lets the app's public key pass, which everybody can read.
  const knowing = guards.filter(
    ({ kind }) => kind !== "presence" && kind !== "platform",
  );
  const open = beforeGuards(project, route, knowing, costly);
  const [first] = (open.length > 0 ? open : costly).toSorted(
    (one, other) =>
      weights.indexOf(one.costly.kind) - weights.indexOf(other.costly.kind),
  );
  if (first === undefined) return undefined;
  const [known] = knowing;
  if (known && open.length === 0)
    return knowing.some(isMachine)
      ? undefined
      : knownCaller(project, route, first, known);
  const platform = guards.find(({ kind }) => kind === "platform");
  return stranger(project, route, first, { platform, late: known });
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
  {
    platform,
    late,
  }: {
    readonly platform?: Guard | undefined;
    readonly late?: Guard | undefined;
  },
): Finding {
  const { costly } = reached;
  const missed = missedBy(project, route);
  const isSmall = small.test(costly.kind);
  const isOpen = isReachable(project, route.file);
  const whom = platform
    ? "for anyone who holds the app's public key"
    : "for anyone who calls it";
  return {
    rule: missed ? "limiter-misses-route" : "anonymous-costly-route",
    ...placeOf(route),
    message: missed
      ? `${subjectOf(route)} reaches ${costly.provider} ${whom}, and the limiter in ${missed.path} does not run for it.`
      : `${subjectOf(route)} reaches ${costly.provider} ${whom}, and nothing limits how often.`,
    fix: missed
      ? "Let the limiter run for this path too: widen the matcher, or mount the limiter before this route."
      : "Ask who is calling, and count calls per user and per address in a store that all instances share, before the paid call.",
    confidence: isDoubtful(project, route, reached, platform)
      ? "possible"
      : "likely",
    evidence: [
      ...evidenceOf(reached),
      ...(missed ? [missed] : []),
      ...(platform ? [publicKey(platform)] : []),
      ...(late ? [tooLate(late)] : []),
    ],
    ...((isSmall || !isOpen) && {
      atMost: isSmall && !isOpen ? ("notice" as const) : ("advise" as const),
    }),
  };
}

/** Paths that machines call with proofs of their own. */
const machinePath = /(?:^|[/_-])(?:webhooks?|callback|cron|hooks?)(?:[/_-]|$)/i;

function isDoubtful(
  project: Project,
  route: Route,
  reached: ReachedCall,
  platform: Guard | undefined,
): boolean {
  return (
    mayRefuse(project, route, reached) ||
    machinePath.test(route.path) ||
    (platform !== undefined && asksAsCaller(project, route, reached))
  );
}

function publicKey({ file, line, how }: Guard): Evidence {
  const note = `${how} asks for a token, and the public anonymous key is one.`;
  return { path: file, line, note };
}

function tooLate({ file, line, how }: Guard): Evidence {
  return { path: file, line, note: `${how} is asked after the paid call.` };
}

function knownCaller(
  project: Project,
  route: Route,
  reached: ReachedCall,
  guard: Guard,
): Finding | undefined {
  const { costly } = reached;
  // A few mails or a charge of the caller's own card are what an account is for.
  if (small.test(costly.kind)) return undefined;
  const isOpen = isReachable(project, route.file);
  return {
    rule: "unlimited-costly-route",
    ...placeOf(route),
    message: `${subjectOf(route)} knows its callers, but lets each of them reach ${costly.provider} as often as they like.`,
    fix: "Count calls per account in a store that all instances share, and answer 429 above what a person needs.",
    confidence: "likely",
    evidence: [
      ...evidenceOf(reached),
      {
        path: guard.file,
        line: guard.line,
        note: `The caller is known by ${guard.how}.`,
      },
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
    const isLimiter = /^(?:spoofable|memory|limiter-(?:result|fails))/.test(
      rule,
    );
    const isMemory = rule.startsWith("memory");
    const key = isMemory
      ? `${rule} ${path}`
      : `${rule} ${path} ${isLimiter ? String(lines.start) : identity}`;
    const known =
      seen.has(key) ||
      (!isLimiter && seen.has(`${path}:${String(lines.start)}`));
    seen.add(key);
    if (!isLimiter) seen.add(`${path}:${String(lines.start)}`);
    return !known;
  });
}
