import type { Value } from "#parse/module-facts.js";
import type { Project } from "../project.js";
import type { ChainLink, Route } from "../route.js";
import { isMethodName, joinUrl, urlPath } from "./file-paths.js";
import {
  exportedHandler,
  exportedHandlers,
  exportedValue,
  linksOf,
  type WrappedHandler,
  wrappedHandler,
} from "./handlers.js";

const script = "[cm]?[jt]sx?$";
const svelteFile = new RegExp(
  `^(.*?)(?:^|/)src/routes/((?:.*/)?)\\+(server|page\\.server|layout\\.server)\\.${script}`,
);
const nitroFile = new RegExp(
  `^(.*?)(?:^|/)server/(api|routes)/(.+?)(?:\\.(get|post|put|patch|delete))?\\.${script}`,
);
const astroFile = new RegExp(`^(.*?)(?:^|/)src/pages/(.+?)\\.${script}`);
const expoFile = new RegExp(`(?:^|/)app/(.+)\\+api\\.${script}`);

/** Endpoints, page loads and form actions of SvelteKit, behind the `handle` of its server hooks. */
export function svelteRoutes(project: Project): readonly Route[] {
  return [...project.files.keys()].flatMap((path): Route[] => {
    const [, root = "", segments = "", kind = ""] = svelteFile.exec(path) ?? [];
    if (kind === "") return [];
    const chain = svelteHooks(project, root);
    const base = {
      framework: "sveltekit",
      path: urlPath(segments),
      file: path,
    };
    if (kind === "server")
      return exportedHandlers(
        project,
        path,
        (name) => isMethodName(name) || name === "fallback",
      ).map(({ name, line, handler, chain: own }) => ({
        ...base,
        methods: [name === "fallback" ? "*" : name],
        line,
        handler,
        chain: [...chain, ...own],
      }));
    const load = exportedHandlers(project, path, (name) => name === "load");
    return [
      ...load.map(({ line, handler, chain: own }) => ({
        ...base,
        methods: ["GET"],
        line,
        handler,
        chain: [...chain, ...own],
      })),
      ...formActions(project, path).map(({ name, wrapped }) => ({
        ...base,
        path: `${base.path}?/${name}`,
        methods: ["ACTION"],
        line: wrapped.line,
        handler: wrapped.handler,
        chain: [...chain, ...wrapped.chain],
      })),
    ];
  });
}

function formActions(project: Project, path: string) {
  const actions = exportedValue(project, path, "actions");
  if (actions?.value.kind !== "object") return [];
  return actions.value.entries.flatMap(
    ({ key, value }): { name: string; wrapped: WrappedHandler }[] => {
      const wrapped = wrappedHandler(project, actions.path, value);
      return wrapped ? [{ name: key, wrapped }] : [];
    },
  );
}

function svelteHooks(project: Project, root: string): readonly ChainLink[] {
  const folder = root === "" ? "" : `${root}/`;
  for (const extension of ["ts", "js"]) {
    const path = `${folder}src/hooks.server.${extension}`;
    if (project.files.has(path)) return hookLinks(project, path, "handle");
  }
  return [];
}

/** The links of a hook that holds for all routes: one function, or several in `sequence(a, b)`. */
function hookLinks(
  project: Project,
  path: string,
  name: string,
): readonly ChainLink[] {
  const hook = exportedValue(project, path, name);
  if (hook === undefined) return [];
  const { value } = hook;
  const values: readonly Value[] =
    value.kind === "call" && /sequence$/.test(value.callee)
      ? value.arguments
      : [value];
  return values
    .flatMap((one) => linksOf(project, hook.path, one))
    .map((link) => {
      const own = exportedHandler(project, path, name);
      const ref = link.ref ?? (values.length === 1 ? own?.handler : undefined);
      return { ...link, ...(ref && { ref }), name, isGlobal: true as const };
    });
}

/** Event handlers of Nitro (Nuxt), behind the middleware of their server. */
export function nitroRoutes(project: Project): readonly Route[] {
  return [...project.files.keys()].flatMap((path): Route[] => {
    const [, root = "", folder = "", name = "", method] =
      nitroFile.exec(path) ?? [];
    if (name === "") return [];
    const given = exportedValue(project, path, "default");
    if (
      given?.value.kind !== "call" ||
      !/EventHandler$/.test(given.value.callee)
    )
      return [];
    const wrapped = wrappedHandler(project, given.path, given.value);
    if (wrapped === undefined) return [];
    const links = nitroMiddleware(project, root);
    return [
      {
        framework: "nitro",
        methods: [method?.toUpperCase() ?? "*"],
        path: joinUrl(folder === "api" ? "api" : "", urlPath(name)),
        file: path,
        line: wrapped.line,
        handler: wrapped.handler,
        chain: [...links, ...wrapped.chain.slice(1)],
      },
    ];
  });
}

function nitroMiddleware(project: Project, root: string): ChainLink[] {
  const folder = `${root === "" ? "" : `${root}/`}server/middleware/`;
  return [...project.files.keys()]
    .filter((path) => path.startsWith(folder))
    .sort()
    .flatMap((path): ChainLink[] => {
      const wrapped = exportedHandler(project, path, "default");
      if (wrapped === undefined) return [];
      const { handler: ref, line } = wrapped;
      return [{ ref, name: "middleware", line, file: path, isGlobal: true }];
    });
}

/** Endpoints of Astro, behind its middleware. */
export function astroRoutes(project: Project): readonly Route[] {
  return [...project.files.keys()].flatMap((path): Route[] => {
    const [, root = "", name = ""] = astroFile.exec(path) ?? [];
    if (name === "" || !hasConfig(project, root, "astro")) return [];
    const folder = root === "" ? "" : `${root}/`;
    const middleware = ["ts", "js"]
      .map((extension) => `${folder}src/middleware.${extension}`)
      .find((one) => project.files.has(one));
    const chain = middleware ? hookLinks(project, middleware, "onRequest") : [];
    return exportedHandlers(project, path, isMethodName).map((one) => ({
      framework: "astro",
      methods: [one.name === "ALL" ? "*" : one.name],
      path: urlPath(name.replace(/\.(?:json|xml|txt)$/, "")),
      file: path,
      line: one.line,
      handler: one.handler,
      chain: [...chain, ...one.chain],
    }));
  });
}

/** Whether a folder holds the configuration of a tool. */
function hasConfig(project: Project, root: string, tool: string): boolean {
  const start = `${root === "" ? "" : `${root}/`}${tool}.config.`;
  return project.snapshot.paths.some((path) => path.startsWith(start));
}

/** API routes of Expo. */
export function expoRoutes(project: Project): readonly Route[] {
  return [...project.files.keys()].flatMap((path): Route[] => {
    const name = expoFile.exec(path)?.[1];
    if (name === undefined) return [];
    return exportedHandlers(project, path, isMethodName).map((one) => ({
      framework: "expo",
      methods: [one.name],
      path: urlPath(name),
      file: path,
      line: one.line,
      handler: one.handler,
      chain: one.chain,
    }));
  });
}
