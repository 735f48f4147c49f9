import type { Finding } from "#gate/finding.js";
import {
  type CostlyCall,
  costlyCallsIn,
  costlyReach,
} from "#model/costly-calls.js";
import type { Placed } from "#model/placed.js";
import type { Project } from "#model/project.js";
import { routesOf } from "#model/routes.js";
import { optionOf } from "#model/option-of.js";
import { credentialsIn } from "#model/sent-credentials.js";
import { urlTarget } from "#model/url-origins.js";
import {
  type BrowserFunction,
  evidenceOf,
  isExposed,
  isMadePublic,
  originOf,
  wayOfKey,
  weightOf,
} from "./browser-function.js";
import { keyOfMaker } from "./maker-key.js";

/** Paid calls that browsers make themselves; one finding a file and provider, or a client that was made. */
export function paidFindings(
  project: Project,
  functions: readonly BrowserFunction[],
  told: readonly Finding[],
): readonly Finding[] {
  const found = functions.flatMap((one) =>
    costlyCallsIn(project, one.ref).flatMap((costly) => {
      const finding = isTold(costly, told)
        ? undefined
        : paidFinding(project, one, costly);
      return finding ? [finding] : [];
    }),
  );
  return found.map((finding) => withProxy(project, finding));
}

/** The client that makes the call is reported where it is made. */
function isTold({ sdk }: CostlyCall, told: readonly Finding[]): boolean {
  return (sdk?.calls ?? []).some(({ path, value }) =>
    told.some((one) => one.path === path && one.lines.start === value.line),
  );
}

interface PaidFinding extends Finding {
  readonly provider: string;
}

function paidFinding(
  project: Project,
  one: BrowserFunction,
  costly: CostlyCall,
): PaidFinding | undefined {
  if (isOwnServer(project, costly)) return undefined;
  const origin = originOf(project, credentialsOf(project, one, costly));
  if (isMadePublic(origin) && costly.kind !== "model") return undefined;
  const { provider, path, line } = costly;
  const base = {
    rule: "paid-call-from-browser",
    path,
    lines: { start: line, end: line },
    identity: provider,
    provider,
    fix: `Move the call behind an endpoint of your own that knows the caller, counts calls and holds the key, and let the browser call that. Replace the key at ${provider}.`,
    evidence: evidenceOf(origin),
  };
  if (isExposed(origin, one))
    return {
      ...base,
      message: `The browser calls ${provider} itself, with ${wayOfKey(origin)}: everybody who opens the app can take the key and spend on it.`,
      confidence: "likely",
      ...weightOf(one, isTiedToSite(costly)),
    };
  // The user's own key is the user's own bill; a token that a server gave is the server's decision.
  if (one.isStray || (origin && origin.kind !== "hidden")) return undefined;
  // A client that is handed over is judged where it is made.
  if (costly.sdk?.calls.length === 0 || !mayBePublished(project))
    return undefined;
  return {
    ...base,
    message: `Code that browsers run calls ${provider} itself${origin ? `, with ${wayOfKey(origin)}` : ""}.`,
    confidence: "possible",
    ...weightOf(one, true),
  };
}

/** Maps keys can be tied to a site, so that they are of less use to others. */
function isTiedToSite({ provider, kind }: CostlyCall): boolean {
  return provider === "Google Maps" || kind === "work";
}

/** Apps that start from a page of their own may get settings in ways that no file shows; servers' frameworks keep them. */
function mayBePublished({ snapshot }: Project): boolean {
  return (
    snapshot.paths.some((path) => /(?:^|\/)index\.html$/.test(path)) &&
    !snapshot.paths.some((path) => /(?:^|\/)next\.config\.\w+$/.test(path))
  );
}

function credentialsOf(
  project: Project,
  { facts }: BrowserFunction,
  { path, call, sdk }: CostlyCall,
): readonly Placed[] {
  const own = credentialsIn(project, { path, value: call, within: facts });
  if (sdk === undefined) return own;
  return [...own, ...sdk.calls.flatMap((made) => keyOfMaker(project, made))];
}

/** An SDK or a library that is told to ask a server of the project: `baseURL: "/api/openai"`, `proxyUrl`. */
function isOwnServer(project: Project, { sdk }: CostlyCall): boolean {
  if (sdk?.package.startsWith("@fal-ai/"))
    return [...project.files.values()].some(({ module }) =>
      module?.imports.some(({ from }) =>
        from.startsWith("@fal-ai/server-proxy"),
      ),
    );
  return (sdk?.calls ?? []).some((made) => {
    const base = made.value.arguments
      .map((one) => optionOf(one, "baseURL", "baseUrl", "proxyUrl", "basePath"))
      .find((one) => one !== undefined);
    if (base === undefined) return false;
    const { kind } = urlTarget(project, { ...made, value: base });
    return kind === "relative" || kind === "setting";
  });
}

/** An endpoint of the project that already asks the same provider is the way out. */
function withProxy(
  project: Project,
  { provider, ...finding }: PaidFinding,
): Finding {
  const route = routesOf(project).find(({ handler }) =>
    costlyReach(project, handler).some(
      ({ costly }) =>
        costly.provider === provider && costly.path !== finding.path,
    ),
  );
  if (route === undefined) return finding;
  const note = `This endpoint of your own already asks ${provider}.`;
  return {
    ...finding,
    evidence: [
      ...(finding.evidence ?? []),
      { path: route.file, line: route.line, note },
    ],
  };
}
