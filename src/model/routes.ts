import type { Project } from "./project.js";
import type { Route } from "./route.js";
import { convexRoutes } from "./routes/convex.js";
import {
  astroRoutes,
  expoRoutes,
  nitroRoutes,
  svelteRoutes,
} from "./routes/file-frameworks.js";
import {
  firebaseRoutes,
  platformRoutes,
  supabaseRoutes,
} from "./routes/functions-platforms.js";
import { nestRoutes } from "./routes/nest.js";
import { nextRoutes, serverActions } from "./routes/next.js";
import { graphqlRoutes, plainServers } from "./routes/plain-servers.js";
import { remixRoutes } from "./routes/remix.js";
import { registeredRoutes } from "./routes/routers.js";
import { builderActions, procedureRoutes } from "./routes/trpc.js";

export type { ChainLink, Route } from "./route.js";

const known = new WeakMap<Project, readonly Route[]>();

/** Every way into the app from outside that the code shows, sorted by place; built once for a project. */
export function routesOf(project: Project): readonly Route[] {
  const before = known.get(project);
  if (before) return before;
  const all = [
    nextRoutes,
    builderActions,
    serverActions,
    registeredRoutes,
    nestRoutes,
    procedureRoutes,
    svelteRoutes,
    remixRoutes,
    nitroRoutes,
    astroRoutes,
    supabaseRoutes,
    firebaseRoutes,
    convexRoutes,
    expoRoutes,
    platformRoutes,
    plainServers,
    graphqlRoutes,
  ].flatMap((routes) => routes(project));
  const routes = distinct(all).sort(byPlace);
  known.set(project, routes);
  return routes;
}

/** The same handler on the same path is one route, whichever reader came upon it first. */
function distinct(routes: readonly Route[]): Route[] {
  const seen = new Set<string>();
  return routes.filter(({ handler, path, methods, framework }) => {
    const id = `${handler.path}#${String(handler.at)}`;
    const key =
      framework === "next-action" ? id : `${id} ${path} ${methods.join()}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function byPlace(one: Route, other: Route): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || (one.path < other.path ? -1 : 1);
}
