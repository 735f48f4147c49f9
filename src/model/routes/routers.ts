import type { Project } from "../project.js";
import type { ChainLink, Route } from "../route.js";
import { joinUrl } from "./file-paths.js";
import type { RouterEvent } from "./router-call.js";
import { collectEvents, type RouterRecord } from "./router-events.js";
import type { RouterObject } from "./router-objects.js";

/** More routes than any app has; a generated circle of routers ends here. */
const maxRoutes = 5_000;

/** Middleware with the path from which it applies. */
interface ActiveLink {
  readonly prefix: string;
  readonly link: ChainLink;
}

/** Where a router is being looked at. */
interface Place {
  readonly prefix: string;
  readonly active: readonly ActiveLink[];
  /** Routers on the way here, to end circles. */
  readonly way: readonly string[];
}

/** Routes of Express, Koa, Fastify and Hono, through all routers, mounts, scopes and hooks. */
export function registeredRoutes(project: Project): readonly Route[] {
  const records = new Map<string, RouterRecord>();
  for (const [path, { code }] of project.files)
    for (const { at } of code?.functions ?? [])
      collectEvents(project, { path, at }, records);
  const mounted = new Set<string>();
  for (const { events } of records.values())
    for (const event of events)
      if (event.kind === "mount") mounted.add(event.target.key);
  const routes: Route[] = [];
  const emit = (key: string) => {
    emitRouter({ records, routes }, key, { prefix: "", active: [], way: [] });
  };
  for (const { router } of records.values())
    if (!mounted.has(router.key) && isOwnRoot(router, records))
      emit(router.key);
  return routes;
}

/** A parameter with routes or routers on it that nobody hands over is a router all the same, where it is not the client's. */
function isOwnRoot(
  router: RouterObject,
  records: ReadonlyMap<string, RouterRecord>,
): boolean {
  if (!router.isParameter) return true;
  return (
    records.get(router.key)?.events.some((event) => event.kind !== "use") ??
    false
  );
}

interface Emission {
  readonly records: ReadonlyMap<string, RouterRecord>;
  readonly routes: Route[];
}

/** @returns what applies after it, for a router that is the same object under another name. */
function emitRouter(
  emission: Emission,
  key: string,
  place: Place,
): readonly ActiveLink[] {
  const record = emission.records.get(key);
  if (record === undefined || place.way.includes(key)) return place.active;
  const prefix = joinUrl(place.prefix, record.router.prefix);
  const isScoped = record.router.framework === "fastify";
  const active = [
    ...place.active,
    ...(isScoped ? usesOf(record.events, prefix) : []),
  ];
  for (const event of record.events) {
    if (emission.routes.length >= maxRoutes) break;
    if (event.kind === "use") {
      if (!isScoped) active.push(...usesOf([event], prefix));
    } else if (event.kind === "mount") {
      const inner: Place = {
        prefix: joinUrl(prefix, event.prefix),
        active: [
          ...active,
          ...placed(event.links, joinUrl(prefix, event.prefix)),
        ],
        way: [...place.way, key],
      };
      const after = emitRouter(emission, event.target.key, inner);
      if (event.isSame) active.push(...after.slice(inner.active.length));
    } else
      emission.routes.push(...routesOf(record.router, event, prefix, active));
  }
  return active;
}

function usesOf(events: readonly RouterEvent[], prefix: string): ActiveLink[] {
  return events.flatMap((event) =>
    event.kind === "use"
      ? placed(event.links, joinUrl(prefix, event.prefix))
      : [],
  );
}

function placed(links: readonly ChainLink[], prefix: string): ActiveLink[] {
  return links.map((link) => ({ link, prefix }));
}

function routesOf(
  router: RouterObject,
  event: Extract<RouterEvent, { kind: "route" }>,
  prefix: string,
  active: readonly ActiveLink[],
): Route[] {
  return event.paths.map((own) => {
    const path = joinUrl(prefix, own);
    const before = active
      .filter((one) => applies(one.prefix, path))
      .map(({ link }) => link);
    return {
      framework: router.framework,
      methods: event.methods,
      path,
      file: event.file,
      line: event.line,
      handler: event.handler,
      chain: [...before, ...event.chain],
    };
  });
}

/** Whether middleware that is bound to a path runs for another one; parameters stand for any segment. */
function applies(prefix: string, path: string): boolean {
  const wanted = prefix.split("/").filter((part) => part !== "");
  const given = path.split("/").filter((part) => part !== "");
  for (const [index, part] of wanted.entries()) {
    if (part === "*" || part === "**") return true;
    const own = given[index];
    if (own === undefined) return false;
    if (part.startsWith(":") || own.startsWith(":")) continue;
    if (part.endsWith("*") && own.startsWith(part.slice(0, -1))) return true;
    if (part !== own) return false;
  }
  return true;
}
