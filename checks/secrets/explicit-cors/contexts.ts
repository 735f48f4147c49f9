import { moduleEdges, reachableFrom } from "#model/module-edges.js";
import { marksOf, type Project } from "#model/project.js";
import type { CorsMark, Trait } from "./marks.js";
import { parentFolder } from "#model/paths.js";
import { checkName, type Policy } from "./resolve.js";

/** What a policy protects or fails to protect, by what is known of the code behind it. */
export type Exposure =
  /** Knows its callers by a cookie. */
  | "session"
  /** Calls a paid service for anyone. */
  | "costly"
  /** Knows its callers by a header. */
  | "token"
  /** Only reads, for anyone. */
  | "readOnly"
  /** Nothing is known that says more. */
  | "plain";

/** One place that answers requests under a policy. */
export interface Context {
  readonly path: string;
  readonly exposure: Exposure;
  /** A handler of its own, deployed or routed by its path. */
  readonly isRoute: boolean;
}

const routeFile =
  /(^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$|(^|\/)pages\/api\/|(^|\/)(?:supabase|netlify)\/(?:edge-)?functions\/(?!_)|^api\/.+\.[cm]?[jt]s$|(^|\/)\+server\.[jt]s$|\+api\.[jt]sx?$|(^|\/)server\/(?:api|routes)\/|(^|\/)app\/routes\/|^functions\/.+\.[jt]sx?$|(^|\/)lambdas?\//;

/** Files that stand before every request of their app, though nothing imports them. */
const frontFile =
  /(^|\/)(?:middleware|proxy|hooks\.server|_middleware|next\.config|nuxt\.config|nitro\.config|serverless|sst\.config|server\/(?:middleware|plugins)\/[^/]+)\.[cm]?[jt]s$/;

/** Whether a file is a handler of its own, by its path or by what it does. */
export function isRoute(project: Project, path: string): boolean {
  if (/(^|\/)_(?:shared|lib|utils?)\//.test(path) || frontFile.test(path))
    return false;
  return (
    routeFile.test(path) || traitsOfFile(project, path).includes("handler")
  );
}

/** A path under which everything lies. */
const everything =
  /^(?:\*|\/?|\/?\(?\.?\*+\)?|\/:path\*|(?:\/api)\/?(?:\*+|:path\*|\(\.\*\))?)$/;

/** The handlers, or the one app, that a policy applies to. */
export function contextsOf(project: Project, policy: Policy): Context[] {
  const { path, mark } = policy;
  const isLimited = mark.route !== undefined && !everything.test(mark.route);
  if (isRoute(project, path)) return [routeContext(project, path)];
  // Which handlers lie under a part of the paths cannot be told from here.
  if (isLimited) return [{ path, exposure: "plain", isRoute: false }];
  if (project.files.get(path)?.module === undefined || frontFile.test(path))
    return [wholeContext(project, path)];
  const tops = topsOver(project, path);
  const routes =
    mark.scope === "app" || mark.keptAs === undefined
      ? []
      : tops.filter((one) => isRoute(project, one));
  if (routes.length > 0) return routes.map((one) => routeContext(project, one));
  const files = new Set(
    [path, ...tops].flatMap((top) => [...reachableFrom(project, top)]),
  );
  return [
    { path, exposure: exposureOf(traitsIn(project, files)), isRoute: false },
  ];
}

/**
 * What a handler does stands in its own file; whom it asks for may stand behind an import, and so may what it pays for.
 * A cookie that some file behind it reads does not yet make it an endpoint of sessions.
 */
function routeContext(project: Project, path: string): Context {
  const own = traitsIn(project, [path]);
  const near = traitsIn(project, reachableFrom(project, path, 2));
  const traits = new Set<Trait>(own);
  if (near.has("costly")) traits.add("costly");
  if (near.has("token") || (near.has("session") && !own.has("session")))
    traits.add("token");
  return { path, exposure: exposureOf(traits), isRoute: true };
}

/** A policy of a platform or of a file before all routes: the server code of the folder that it stands in. */
function wholeContext(project: Project, path: string): Context {
  const root = parentFolder(path).replace(
    /(?:^|\/)(?:src|config|nginx|deploy|infra|docker|k8s|\.\w+)$/,
    "",
  );
  const prefix = root === "" ? "" : `${root}/`;
  const files = [...project.files.keys()].filter((one) =>
    one.startsWith(prefix),
  );
  const traits = traitsIn(project, files);
  // Nothing to see is not the same as nothing to write to: the API may live in another repository.
  const exposure = traits.size === 0 ? "plain" : exposureOf(traits);
  return { path, exposure, isRoute: false };
}

/** The files that load a file, directly or through others, and that nobody loads or that are handlers. */
function topsOver(project: Project, path: string): string[] {
  const { importers } = moduleEdges(project);
  const tops: string[] = [];
  const seen = new Set([path]);
  const pending = [path];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const above = (importers.get(at) ?? []).filter(
      (edge) => !edge.typeOnly && isProduct(project, edge.from),
    );
    if (above.length === 0 || isRoute(project, at)) {
      tops.push(at);
      continue;
    }
    for (const { from } of above)
      if (!seen.has(from)) {
        seen.add(from);
        pending.push(from);
      }
  }
  return tops.length > 0 ? tops.sort() : [path];
}

function isProduct(project: Project, path: string): boolean {
  const kind = project.files.get(path)?.kind;
  return kind !== "test" && kind !== "docs";
}

/** Whether any file of the product loads this one. */
export function isLoaded(project: Project, path: string): boolean {
  return (moduleEdges(project).importers.get(path) ?? []).some(
    ({ from, typeOnly }) => !typeOnly && isProduct(project, from),
  );
}

function traitsIn(project: Project, paths: Iterable<string>): Set<Trait> {
  const traits = new Set<Trait>();
  for (const path of paths) {
    const own = traitsOfFile(project, path);
    // What runs in a browser says nothing of who the server knows.
    if (own.includes("browser") && !routeFile.test(path)) continue;
    own.forEach((trait) => traits.add(trait));
  }
  return traits;
}

function traitsOfFile(project: Project, path: string): readonly Trait[] {
  const facts = project.files.get(path);
  if (facts === undefined || !isProduct(project, path)) return [];
  for (const json of marksOf<never>(facts, checkName)) {
    const mark = json as CorsMark;
    if (mark.type === "traits") return mark.traits;
  }
  return [];
}

function exposureOf(traits: ReadonlySet<Trait>): Exposure {
  if (traits.has("session") && !traits.has("token")) return "session";
  if (traits.has("token")) return "token";
  if (traits.has("costly")) return "costly";
  return traits.has("writes") ? "plain" : "readOnly";
}
