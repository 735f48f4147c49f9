import type { Evidence, Finding } from "#gate/finding.js";
import {
  costlyReach,
  functionsReached,
  type ReachedCall,
} from "#model/costly-calls.js";
import { callsIn, functionAt } from "#model/functions.js";
import { type Guard, guardsOf } from "#model/guards.js";
import { type Limiter, limitersOf } from "#model/limiters.js";
import { isOffered } from "#model/offered.js";
import type { Project } from "#model/project.js";
import { type Route, routesOf } from "#model/routes.js";
import { isSaidRoute } from "#model/said-routes.js";
import { isReachable, runtimeOf } from "#model/runtimes.js";
import {
  allSteps,
  hasPart,
  valuesOf,
  valuesWithin,
} from "#model/value-walk.js";
import type { FunctionFacts } from "#parse/code-facts.js";
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
    : costly.filter((one) => !limiters.some((limiter) => spares(limiter, one)));
  if (limiters.length > 0 && !isDead && open.length === 0) return faults;
  const spending =
    open.length > 0
      ? spendingFinding(project, route, open)
      : credentialFinding(project, route);
  return [...faults, ...(spending ? [spending] : [])];
}

/** Whether a limiter stands before a costly call: one that only leaves its own function does so for what that function does. */
function spares({ isSilent, in: ref }: Limiter, { via }: ReachedCall): boolean {
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
  const [first] = costly.toSorted(
    (one, other) =>
      weights.indexOf(one.costly.kind) - weights.indexOf(other.costly.kind),
  );
  if (first === undefined) return undefined;
  const guards = guardsOf(project, route);
  if (guards.some(isMachine) || !isOffered(project, route)) return undefined;
  // The platform lets the app's public key pass, which everybody can read.
  const known = guards.find(
    ({ kind }) => kind !== "presence" && kind !== "platform",
  );
  if (known) return knownCaller(project, route, first, known);
  const platform = guards.find(({ kind }) => kind === "platform");
  return stranger(project, route, first, platform);
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
  platform: Guard | undefined,
): Finding {
  const { costly } = reached;
  const missed = missedBy(project, route);
  const isSmall = small.test(costly.kind);
  const isDoubtful =
    mayRefuse(project, route) ||
    machinePath.test(route.path) ||
    (platform && asksAsCaller(project, route));
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
    confidence: isDoubtful ? "possible" : "likely",
    evidence: [
      ...evidenceOf(reached),
      ...(missed ? [missed] : []),
      ...(platform ? [publicKey(platform)] : []),
    ],
    ...((isSmall || !isOpen) && {
      atMost: isSmall && !isOpen ? ("notice" as const) : ("advise" as const),
    }),
  };
}

/** Paths that machines call with proofs of their own. */
const machinePath = /(?:^|[/_-])(?:webhooks?|callback|cron|hooks?)(?:[/_-]|$)/i;

/** How many lines after the test of a header its refusal stands. */
const refusalLines = 6;

/** Whether something on the way refuses callers under a condition that could not be followed. */
function mayRefuse(project: Project, route: Route): boolean {
  const weak = guardsOf(project, route).filter(
    ({ kind, how }) => kind === "presence" && /header/i.test(how),
  );
  const before = route.chain.flatMap(({ ref }) => (ref ? [ref] : []));
  const reached = functionsReached(project, route.handler).flatMap(
    (way) => way.at(-1) ?? [],
  );
  return [...before, ...reached].some((ref) => {
    const facts = functionAt(project, ref);
    return (
      facts !== undefined &&
      refusalsIn(facts).some(
        (line) =>
          // That a header is there proves nothing, so its refusal tells nothing.
          !weak.some(
            (one) =>
              one.file === ref.path &&
              line >= one.line &&
              line <= one.line + refusalLines,
          ),
      )
    );
  });
}

/** Lines on which a function answers that the caller may not. */
function refusalsIn({ steps }: FunctionFacts): number[] {
  return allSteps(steps)
    .flatMap((step) => valuesOf(step))
    .flatMap((value) => valuesWithin(value))
    .filter(isRefusal)
    .map(({ line }) => line);
}

function publicKey({ file, line, how }: Guard): Evidence {
  const note = `${how} asks for a token, and the public anonymous key is one.`;
  return { path: file, line, note };
}

/** A function that asks the database with its caller's token learns from the row policies whether there is a caller. */
function asksAsCaller(project: Project, { handler }: Route): boolean {
  return functionsReached(project, handler).some((way) => {
    const facts = functionAt(project, way.at(-1) ?? handler);
    return (
      facts !== undefined &&
      callsIn(facts).some(
        ({ callee, call }) =>
          /(?:^|\.)create(?:Server|Edge)?Client$/.test(callee) &&
          call.arguments.some((one) =>
            hasPart(
              one,
              (part) =>
                part.kind === "object" &&
                part.entries.some(({ key }) => /^authorization$/i.test(key)),
            ),
          ),
      )
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
