import type { Finding } from "#gate/finding.js";
import { functionAt, resolveFunction } from "#model/functions.js";
import type { Limiter } from "#model/limiters.js";
import { optionOf } from "#model/option-of.js";
import type { Project } from "#model/project.js";
import type { Route } from "#model/routes.js";
import { valueOfName } from "#model/value-of-name.js";
import { allSteps, hasPart, valuesOf } from "#model/value-walk.js";
import type { Value } from "#parse/module-facts.js";

/** Headers that any caller may write, unless a trusted proxy writes over them. */
const address =
  /^(?:x-forwarded-for|x-real-ip|x-client-ip|client-ip|forwarded|true-client-ip)$/i;
/** Headers that nobody writes over. */
const chosen =
  /^(?:x-)?(?:client|user|session|device|visitor|fingerprint)-?id$|^user-agent$|^x-fingerprint$/i;

/** A limiter that counts by what the caller writes into a header. */
export function keyFault(
  project: Project,
  route: Route,
  limiter: Limiter,
): Finding | undefined {
  const keys = keyValues(project, limiter);
  const names = headersIn(keys);
  const own = names.find((name) => chosen.test(name));
  const forwarded = isBehindNothing(project, route)
    ? names.find((name) => address.test(name))
    : undefined;
  const header = own ?? forwarded;
  if (header === undefined || hasCaller(keys)) return undefined;
  return {
    rule: "spoofable-limiter-key",
    path: limiter.file,
    lines: { start: limiter.line, end: limiter.line },
    identity: limiter.how,
    message: `${limiter.how} counts by the header ${header.toLowerCase()}, which every caller may change with each call.`,
    fix: "Count by the signed-in account, or by the address that your own proxy determines (`trust proxy` with the number of proxies).",
    confidence: "likely",
  };
}

/** What the key is made of: the argument of the call that asks, or the function that the library is told. */
function keyValues(
  project: Project,
  { call, file, in: ref }: Limiter,
): readonly Value[] {
  if (call === undefined) return [];
  const within = ref && functionAt(project, ref);
  const maker = call.arguments
    .map((one) => optionOf(one, "keyGenerator", "key"))
    .find((one) => one !== undefined);
  const made = maker && resolveFunction(project, file, maker, within);
  const facts = made && functionAt(project, made);
  if (facts)
    return allSteps(facts.steps).flatMap((step) => [...valuesOf(step)]);
  return call.arguments.slice(0, 2).flatMap((one) => {
    if (one.kind !== "name") return [one];
    const found = valueOfName(project, { path: file, within }, one.name);
    return found ? [found.value] : [one];
  });
}

function headersIn(values: readonly Value[]): string[] {
  const found: string[] = [];
  for (const value of values)
    hasPart(value, (part) => {
      if (part.kind === "literal" && typeof part.value === "string")
        found.push(part.value);
      const name =
        part.kind === "name"
          ? /headers\.(.+)$/.exec(part.name)?.[1]
          : undefined;
      if (name) found.push(name.split(".")[0] ?? "");
      return false;
    });
  return found;
}

/** A key that also holds the account, or the address of the connection. */
function hasCaller(values: readonly Value[]): boolean {
  return values.some((value) =>
    hasPart(
      value,
      (part) =>
        part.kind === "name" &&
        /(?:^|\.)(?:user|session|account)\.|user_?id$|\.(?:ip|remoteAddress)$/i.test(
          part.name,
        ),
    ),
  );
}

/** Platforms write the address headers themselves; a server of one's own takes them as they come. */
function isBehindNothing(project: Project, { framework }: Route): boolean {
  return (
    /^(?:express|fastify|koa|nest|node|hapi)/.test(framework) &&
    !project.snapshot.files.some(({ text }) => /trust ?proxy/i.test(text)) &&
    !project.snapshot.paths.some((path) =>
      /(?:^|\/)(?:vercel\.json|netlify\.toml|wrangler\.toml|fly\.toml|render\.yaml)$/.test(
        path,
      ),
    )
  );
}
