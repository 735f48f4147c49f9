import type { FunctionFacts } from "#parse/code-facts.js";
import { costlyCallsIn, functionsReached } from "./costly-calls.js";
import { canTurnAway } from "./limiter-answers.js";
import { answersTooMany, testsQuota } from "./limiter-behaviour.js";
import { captchaName, limiterPackage, limitName } from "./limiter-table.js";
import type { FunctionRef } from "./function-ref.js";
import { callsIn, functionAt } from "./functions.js";
import type { Project } from "./project.js";
import {
  type Provenance,
  provenanceOf,
  provenanceOfCallee,
} from "./provenance.js";
import { gatewayLimits } from "./gateway-limits.js";
import type { ChainLink, Route } from "./route.js";
import { type CallValue, lastName } from "./value-walk.js";

/** Something that keeps a caller from asking too often. */
export interface Limiter {
  /** `counter`: the project's own; `quota`: what a caller has used up; `captcha`: slows down machines. */
  readonly kind: "library" | "counter" | "quota" | "captcha" | "gateway";
  /** As written: `ratelimit.limit`, `checkRateLimit`. */
  readonly how: string;
  readonly file: string;
  /** Line from 1. */
  readonly line: number;
  /** The function that it stands in; absent where it hangs on the route's chain. */
  readonly in?: FunctionRef;
  /** The call that asks or makes it. */
  readonly call?: CallValue;
  /** Package of a library. */
  readonly made?: Provenance;
  /** The way from the route's handler to that function; absent where it hangs on the route's chain. */
  readonly via?: readonly FunctionRef[];
  /** It only leaves the function that it stands in, and spares nothing but what that function does. */
  readonly isSilent?: true;
}

const known = new WeakMap<Project, WeakMap<Route, readonly Limiter[]>>();

/**
 * What limits how often a route may be called: on its chain, in its handler, or in what the handler calls.
 * Whether it does so well is not asked here; see `faultsOf`.
 */
export function limitersOf(project: Project, route: Route): readonly Limiter[] {
  let cache = known.get(project);
  if (!cache) known.set(project, (cache = new WeakMap()));
  const before = cache.get(route);
  if (before) return before;
  const found = [
    ...route.chain.flatMap((link) => onChain(project, link)),
    ...limitersReached(project, route.handler),
    ...wholeApp(project, route),
  ];
  cache.set(route, found);
  return found;
}

/** The limiters that running a function asks. */
export function limitersReached(
  project: Project,
  start: FunctionRef,
): readonly Limiter[] {
  return functionsReached(project, start).flatMap((way) =>
    limitersIn(project, way.at(-1) ?? start).map((one) => ({
      ...one,
      via: way,
    })),
  );
}

function onChain(project: Project, link: ChainLink): readonly Limiter[] {
  const { file, line, name, value } = link;
  const made =
    value && provenanceOf(project, { path: file, value, within: undefined });
  const named =
    made ??
    provenanceOf(project, {
      path: file,
      value: { kind: "name", name, line },
      within: undefined,
    });
  if (named && limiterPackage(named.package))
    return [
      {
        kind: "library",
        how: name,
        file,
        line,
        made: named,
        ...(value?.kind === "call" && { call: value }),
      },
    ];
  const reached = link.ref ? limitersReached(project, link.ref) : [];
  if (reached.length > 0) return reached.map(withoutWay);
  if (
    link.ref === undefined &&
    (limitName.test(name) || /^\w*limiter$/i.test(lastName(name)))
  )
    return [{ kind: "counter", how: name, file, line }];
  return captchaName.test(name)
    ? [{ kind: "captcha", how: name, file, line }]
    : [];
}

/** What hangs on the chain has run before the handler begins. */
function withoutWay({ via: _, ...limiter }: Limiter): Limiter {
  return limiter;
}

const own = new WeakMap<FunctionFacts, readonly Limiter[]>();

function limitersIn(project: Project, ref: FunctionRef): readonly Limiter[] {
  const facts = functionAt(project, ref);
  if (facts === undefined) return [];
  const before = own.get(facts);
  if (before) return before;
  const asked = callsIn(facts).flatMap(
    ({ call }) => asking(project, ref, facts, call) ?? [],
  );
  const last = lastCost(project, ref);
  const answered = answersTooMany(facts, last);
  const quota = testsQuota(facts, last);
  const base = { file: ref.path, in: ref };
  const how = facts.name || "an inline function";
  const found: Limiter[] = [
    ...asked,
    ...(answered
      ? [{ ...base, kind: "counter" as const, how, line: answered.line }]
      : []),
    ...(quota
      ? [
          {
            ...base,
            kind: "quota" as const,
            how,
            line: quota.line,
            ...(quota.isSilent && { isSilent: true as const }),
          },
        ]
      : []),
  ];
  own.set(facts, found);
  return found;
}

/** The last line on which a function pays; what it tests after that comes too late. */
function lastCost(project: Project, ref: FunctionRef): number {
  const lines = costlyCallsIn(project, ref).map(({ line }) => line);
  return lines.length === 0 ? Infinity : Math.max(...lines);
}

function asking(
  project: Project,
  ref: FunctionRef,
  facts: FunctionFacts,
  call: CallValue,
): Limiter | undefined {
  const { callee, line } = call;
  const base = { file: ref.path, line, in: ref, call, how: callee };
  const made = askedLibrary(project, ref, facts, call);
  if (made) return { ...base, kind: "library", made };
  if (isBinding(call)) return { ...base, kind: "library" };
  if (captchaName.test(callee) || call.arguments.some(isCaptchaHost))
    return { ...base, kind: "captcha" };
  const kind = isLimitingProcedure(call)
    ? "quota"
    : limitName.test(callee) && !isSetter(lastName(callee))
      ? "counter"
      : undefined;
  return kind && canTurnAway(project, ref, facts, call)
    ? { ...base, kind }
    : undefined;
}

const asks =
  /^(?:limit|consume|protect|check\w*|isLimited|blockUntilReady|removeTokens|tryRemoveTokens|get|rateLimit|penalty)$/;

function askedLibrary(
  project: Project,
  ref: FunctionRef,
  facts: FunctionFacts,
  call: CallValue,
): Provenance | undefined {
  if (!asks.test(lastName(call.callee))) return undefined;
  const placed = { path: ref.path, value: call, within: facts };
  const made = provenanceOfCallee(project, placed);
  const library = made && limiterPackage(made.package);
  return library?.asks?.test(made?.way ?? "") ? made : undefined;
}

/** A binding of the platform: `env.RATE_LIMITER.limit({ key })`. A query's `.limit(10)` is none. */
function isBinding({ callee, arguments: [first] }: CallValue): boolean {
  return /(?:rate|limit)\w*\.limit$/i.test(callee) && first?.kind !== "literal";
}

/** A function of the database: `rpc("check_rate_limit")`. */
function isLimitingProcedure({ callee, arguments: given }: CallValue): boolean {
  const [first] = given;
  return (
    lastName(callee) === "rpc" &&
    first?.kind === "literal" &&
    limitName.test(String(first.value))
  );
}

/** Makers, state setters, errors and parsers of a provider's answer carry such names too. */
function isSetter(name: string): boolean {
  return /^(?:[A-Z]|set[A-Z]|is\w*Error$|handle|log|parse|format|render|on[A-Z]|reset|get\w*(?:Error|Message|Header)|retry|wait|sleep)|Error$/.test(
    name,
  );
}

function isCaptchaHost(value: {
  readonly kind: string;
  readonly value?: unknown;
}): boolean {
  return (
    value.kind === "literal" &&
    typeof value.value === "string" &&
    /challenges\.cloudflare\.com\/turnstile|recaptcha\/api\/siteverify|hcaptcha\.com\/siteverify/.test(
      value.value,
    )
  );
}

/** Limits that hold for all routes: a plugin of the server, a module, the gateway in front of it. */
function wholeApp(project: Project, { framework }: Route): readonly Limiter[] {
  return appLimiters(project).filter(
    ({ serves }) => serves === undefined || serves.test(framework),
  );
}

interface AppLimiter extends Limiter {
  /** Frameworks whose routes it stands before; all where absent. */
  readonly serves?: RegExp;
}

const ofApp = new WeakMap<Project, readonly AppLimiter[]>();

function appLimiters(project: Project): readonly AppLimiter[] {
  const before = ofApp.get(project);
  if (before) return before;
  const found = [...pluginLimiters(project), ...gatewayLimits(project)];
  ofApp.set(project, found);
  return found;
}

function pluginLimiters(project: Project): AppLimiter[] {
  return [...project.files.values()].flatMap(({ path, module, code }) =>
    (module?.imports ?? []).flatMap(({ from, local, line }): AppLimiter[] => {
      const serves = pluginFrameworks.find(([name]) => name.test(from))?.[1];
      const isUsed =
        serves !== undefined &&
        (local === "ThrottlerGuard" ||
          code?.functions.some((facts) =>
            callsIn(facts).some(
              ({ callee, call }) =>
                /(?:^|\.)(?:register|use)$/.test(callee) &&
                call.arguments.some(
                  (one) => one.kind === "name" && one.name === local,
                ),
            ),
          ));
      return isUsed && serves
        ? [{ kind: "library", how: from, file: path, line, serves }]
        : [];
    }),
  );
}

const pluginFrameworks: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:@fastify\/rate-limit|fastify-rate-limit)$/, /fastify/],
  [/^@nestjs\/throttler$/, /nest/],
  [/^elysia-rate-limit$/, /elysia/],
];
