import type { Binding } from "#parse/code-facts.js";
import type { Origin } from "./operation.js";
import { isMadeForCaller } from "./request-origins.js";
import type { Route } from "./route.js";

const requestName =
  /^(?:_?req|request|_?res|reply|ctx|context|c|event|next|h|_|env|prevState|state)$/;
const inputName =
  /^(?:input|parsedInput|body|query|params|args|searchParams|data)(?:\.|$)/;
const platformName =
  /^(?:ctx|context|parsedInput|args|data|id|formData|locals|platform|fetch|parent|route)(?:\.|$)/;

/** What the context of Convex's functions holds. */
const platformPart =
  /^(?:db|auth|storage|scheduler|runQuery|runMutation|runAction)(?:\.|$)/;

/** What the parameters of a handler stand for, by the way in which its framework calls it. */
export function inputNames(
  route: Route,
  parameters: readonly Binding[],
): Map<string, Origin> {
  const names = new Map<string, Origin>();
  for (const binding of parameters) {
    const origin = originOf(route, binding);
    if (origin) names.set(binding.local, origin);
  }
  return names;
}

function originOf(
  { framework, chain }: Route,
  { local, path }: Binding,
): Origin | undefined {
  if (/user$|session|auth/i.test(local)) return "identity";
  if (/^(?:ctx|context)\./.test(path))
    return isMadeForCaller(path) ? "identity" : "other";
  // What a wrapper hands over beside the request was looked up for the caller: `withPartner(({ partner }) => …)`.
  const isWrapped =
    /^(?:next-app|next-pages|expo|supabase-function)$/.test(framework) &&
    chain.some(({ isGlobal }) => isGlobal !== true);
  if (isWrapped && path !== "" && !platformName.test(path))
    if (isMadeForCaller(`ctx.${path}`)) return "identity";
  if (framework === "convex" && platformPart.test(path)) return undefined;
  const isDirect = /^(?:next-action|nest|convex)$/.test(framework);
  if (isDirect && !requestName.test(local)) return "input";
  return inputName.test(path || local) ? "input" : undefined;
}
