import type { Snapshot } from "#gate/snapshot.js";
import type { Confidence, Finding } from "#gate/finding.js";
import { callsIn, functionAt } from "#model/functions.js";
import type { Limiter } from "#model/limiters.js";
import { optionOf } from "#model/option-of.js";
import type { Project } from "#model/project.js";
import type { Route } from "#model/routes.js";
import { allSteps, hasPart, rootName } from "#model/value-walk.js";
import { constantOf, type Value } from "#parse/module-facts.js";

/** A limiter that counts in memory where each call may meet another instance, and each instance starts from nothing. */
export function memoryFault(
  project: Project,
  route: Route,
  limiter: Limiter,
): Finding | undefined {
  const confidence = serverless(project, route);
  if (confidence === undefined || !countsInMemory(project, limiter))
    return undefined;
  return {
    rule: "memory-limiter-on-serverless",
    path: limiter.file,
    lines: { start: limiter.line, end: limiter.line },
    identity: limiter.how,
    message: `${limiter.how} counts in the memory of one instance, and the platform starts as many as there are calls: each begins at zero.`,
    fix: "Keep the counts where all instances see them: Redis, a table, or the platform's own limiter.",
    confidence,
  };
}

const alwaysServerless =
  /^(?:supabase-function|firebase-|vercel|netlify|cloudflare|worker)/;
const servers =
  /(?:^|\/)(?:Dockerfile[\w.-]*|(?:docker-)?compose[\w.-]*\.ya?ml|ecosystem\.config\.\w+|fly\.toml|render\.ya?ml|Procfile|railway\.(?:json|toml)|nixpacks\.toml|captain-definition)$/;
const platforms =
  /(?:^|\/)(?:vercel\.json|netlify\.toml|open-next\.config\.\w+|sst\.config\.\w+)$/;

/** Whether instances come and go; undefined where a server stays. */
function serverless(
  { snapshot }: Project,
  { framework }: Route,
): Confidence | undefined {
  return alwaysServerless.test(framework) || onPlatform(snapshot)
    ? "likely"
    : undefined;
}

const known = new WeakMap<Snapshot, boolean>();

/** Asked for each route, and the same for all of them. */
function onPlatform(snapshot: Snapshot): boolean {
  const before = known.get(snapshot);
  if (before !== undefined) return before;
  const { paths } = snapshot;
  const found =
    paths.some((path) => platforms.test(path)) &&
    !paths.some((path) => servers.test(path));
  known.set(snapshot, found);
  return found;
}

/** Libraries that count in memory unless they are given a store. */
const memoryByDefault =
  /^(?:express-rate-limit|express-slow-down|@fastify\/rate-limit|hono-rate-limiter|next-rate-limit|lambda-rate-limiter|limiter|elysia-rate-limit)$/;

function countsInMemory(project: Project, limiter: Limiter): boolean {
  const { kind, made, call } = limiter;
  if (kind === "library") {
    if (made === undefined) return false;
    if (/RateLimiterMemory/.test(made.way)) return true;
    const given = [
      ...(call?.arguments ?? []),
      ...made.calls.flatMap(({ value }) => value.arguments),
    ];
    return (
      memoryByDefault.test(made.package) &&
      !given.some(
        (one) =>
          optionOf(one, "store", "redis", "...") !== undefined ||
          one.kind === "name",
      )
    );
  }
  return kind === "counter" && ownCount(project, limiter);
}

/** A function that counts in a `Map` or an object of its file. */
function ownCount(project: Project, { in: ref, file }: Limiter): boolean {
  const facts = ref && functionAt(project, ref);
  const module = project.files.get(file)?.module;
  if (!facts || !module) return false;
  const roots = new Set([
    ...callsIn(facts)
      .filter(({ callee }) => /\.(?:get|set|has)$/.test(callee))
      .map(({ callee }) => rootName(callee)),
    ...allSteps(facts.steps).flatMap((step) =>
      step.kind === "set" && step.target !== "" ? [rootName(step.target)] : [],
    ),
  ]);
  return [...roots].some((root) => isMemory(constantOf(module, root)));
}

function isMemory(value: Value | undefined): boolean {
  return (
    value !== undefined &&
    ((value.kind === "object" && value.entries.length === 0) ||
      hasPart(
        value,
        (part) =>
          part.kind === "call" &&
          /^(?:Map|LRUCache|LRU|NodeCache)$/.test(part.callee),
      )) &&
    !valuesOfStore(value)
  );
}

/** A map that is filled from a store elsewhere says so by its name of a client. */
function valuesOfStore(value: Value): boolean {
  return hasPart(
    value,
    (part) => part.kind === "call" && /redis|kv/i.test(part.callee),
  );
}
