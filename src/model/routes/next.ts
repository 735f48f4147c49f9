import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { resolveConstant } from "../constants.js";
import { functionAt } from "../functions.js";
import type { FunctionRef } from "../function-ref.js";
import type { Project } from "../project.js";
import type { ChainLink, Route } from "../route.js";
import {
  allSteps,
  lastName,
  stringOf,
  valuesOf,
  valuesWithin,
} from "../value-walk.js";
import { isMethodName, urlPath } from "./file-paths.js";
import {
  type ExportedHandler,
  exportedHandler,
  exportedHandlers,
} from "./handlers.js";
import { matcherCovers } from "./next-matcher.js";

const routeFile =
  /^(.*?)(?:^|\/)(?:src\/)?app\/((?:.*\/)?)route\.[cm]?[jt]sx?$/;
const pageApi = /^(.*?)(?:^|\/)(?:src\/)?pages\/(api\/.+?)\.[cm]?[jt]sx?$/;
const middlewareFile =
  /^(.*?)(?:^|\/)?(?:src\/)?(?:middleware|proxy)\.[cm]?[jt]s$/;

/** Route handlers, API pages and server actions of Next.js, with the middleware whose matcher reaches them. */
export function nextRoutes(project: Project): readonly Route[] {
  const middleware = middlewares(project);
  const routes = [...project.files.keys()].flatMap((path) => [
    ...appRoutes(project, path),
    ...pageRoutes(project, path),
  ]);
  return routes.map((route) => ({
    ...route,
    chain: [...linksFor(project, middleware, route), ...route.chain],
  }));
}

function appRoutes(project: Project, path: string): Route[] {
  const segments = routeFile.exec(path)?.[2];
  if (segments === undefined) return [];
  const own = exportedHandlers(project, path, isMethodName);
  const known = new Set(own.map(({ name }) => name));
  return [...own, ...madeHandlers(project, path, known)].map(
    ({ name, handler, chain, line }) => ({
      framework: "next-app",
      methods: [name],
      path: urlPath(segments),
      file: path,
      line,
      handler,
      chain,
    }),
  );
}

/** `export const { GET, POST } = handlers`: what a package made answers, and nothing of it can be looked into. */
function madeHandlers(
  project: Project,
  path: string,
  known: ReadonlySet<string>,
): readonly ExportedHandler[] {
  const exported = project.files.get(path)?.module?.exports ?? [];
  return exported
    .filter(
      ({ name, typeOnly }) =>
        isMethodName(name) && !known.has(name) && typeOnly !== true,
    )
    .map(({ name, line }) => ({
      name,
      line,
      handler: { path, at: nowhere },
      chain: [],
    }));
}

/** The id of a function that no file holds. */
const nowhere = -2;

function pageRoutes(project: Project, path: string): Route[] {
  const segments = pageApi.exec(path)?.[2];
  if (segments === undefined || !isNextFolder(project, path)) return [];
  const wrapped = exportedHandler(project, path, "default");
  if (wrapped === undefined) return [];
  const facts = functionAt(project, wrapped.handler);
  return [
    {
      framework: "next-pages",
      methods: facts ? methodsTested(facts) : ["*"],
      path: urlPath(segments),
      file: path,
      line: wrapped.line,
      handler: wrapped.handler,
      chain: wrapped.chain,
    },
  ];
}

/** Astro and Nuxt have a `pages` folder too. */
function isNextFolder(project: Project, path: string): boolean {
  const root = pageApi.exec(path)?.[1] ?? "";
  const folder = root === "" ? "" : `${root}/`;
  return !project.snapshot.paths.some(
    (one) =>
      one.startsWith(folder) &&
      /^(?:astro|nuxt)\.config\.\w+$/.test(one.slice(folder.length)),
  );
}

/** The methods that a handler for all of them asks about; `*` where it does not ask. */
export function methodsTested(facts: FunctionFacts): readonly string[] {
  const methods = new Set<string>();
  for (const part of everyValue(facts.steps)) {
    if (part.kind !== "compare") continue;
    for (const [side, other] of [
      [part.left, part.right],
      [part.right, part.left],
    ] as const)
      if (side.kind === "name" && lastName(side.name) === "method") {
        const method = stringOf(other);
        if (method !== undefined && isMethodName(method)) methods.add(method);
      }
  }
  return methods.size > 0 ? [...methods] : ["*"];
}

function everyValue(steps: readonly Step[]): Value[] {
  return allSteps(steps).flatMap((step) =>
    valuesOf(step).flatMap((value) => valuesWithin(value)),
  );
}

interface Middleware {
  readonly folder: string;
  readonly link: ChainLink;
}

function middlewares(project: Project): readonly Middleware[] {
  return [...project.files.keys()].flatMap((path): Middleware[] => {
    const folder = middlewareFile.exec(path)?.[1];
    if (folder === undefined || isInRoutes(path)) return [];
    const names = ["middleware", "proxy", "default"];
    for (const name of names) {
      const link = middlewareLink(project, path, name);
      if (link) return [{ folder, link }];
    }
    return [];
  });
}

function isInRoutes(path: string): boolean {
  return /(?:^|\/)(?:server|api|lib|routes|functions)\//.test(path);
}

function middlewareLink(
  project: Project,
  path: string,
  name: string,
): ChainLink | undefined {
  const exported = project.files
    .get(path)
    ?.module?.exports.find((one) => one.name === name);
  if (exported === undefined) return undefined;
  const wrapped = exportedHandler(project, path, name);
  const value = resolveConstant(project, path, exported.local)?.value;
  const base = {
    name: "middleware",
    line: exported.line,
    file: path,
    isGlobal: true as const,
    ...(value && { value }),
  };
  return wrapped ? { ...base, ref: wrapped.handler } : value && base;
}

/** The middlewares of the app that a route belongs to whose matcher covers it. */
function linksFor(
  project: Project,
  middleware: readonly Middleware[],
  route: Route,
): ChainLink[] {
  return middleware
    .filter(
      ({ folder }) => folder === "" || route.file.startsWith(`${folder}/`),
    )
    .filter(({ link }) => matcherCovers(project, link.file, route.path))
    .map(({ link }) => link);
}

/** Server actions: exported functions of a `use server` file, and functions that say so themselves. */
export function serverActions(project: Project): readonly Route[] {
  return [...project.files].flatMap(([path, { code }]) => {
    if (code === undefined) return [];
    const inline = code.functions
      .filter((one) => one.directives.includes("use server"))
      .map((one) => action(path, one.name, one.line, { path, at: one.at }));
    if (!code.directives.includes("use server")) return inline;
    const exported = exportedHandlers(project, path, () => true).map(
      ({ name, line, handler, chain }) => ({
        ...action(path, name, line, handler),
        chain,
      }),
    );
    const known = new Set(exported.map(({ handler }) => handler.at));
    return [...exported, ...inline.filter((one) => !known.has(one.handler.at))];
  });
}

function action(
  path: string,
  name: string,
  line: number,
  handler: FunctionRef,
): Route {
  return {
    framework: "next-action",
    methods: ["ACTION"],
    path: `${path}#${name}`,
    file: path,
    line,
    handler,
    chain: [],
  };
}
