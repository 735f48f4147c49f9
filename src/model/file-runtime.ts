import type { FileFacts } from "#parse/facts.js";
import { moduleEdges } from "./module-edges.js";
import type { Project } from "./project.js";

/** Where a file runs, as far as its path, its directives and its importers tell. */
export type FileRuntime = "client" | "server" | "aside";

/** Paths of tests, tools and fillings: nothing there runs for a user. */
const aside =
  /(?:^|\/)(?:scripts?|seeds?|seeders?|migrations?|bin|tools|te?mp|examples?|fixtures|mocks?|demo|docs|storybook|\.storybook)\/|(?:^|\/|[.-])(?:seed|seeds|seeder|mock|mocks|dummy|mockdata|testdata)[\w-]*\.\w+$|\.config\.\w+$/i;

/** Paths that frameworks run on a server. */
const server =
  /\.server\.\w+$|(?:^|\/)(?:api|apis|server|servers|backend|back-end|functions|controllers|middlewares?|trpc|workers?|cron|jobs|queues?|webhooks?)\/|(?:^|\/)(?:route|\+server|\+page\.server|\+layout\.server|hooks\.server|middleware|proxy|instrumentation|server)\.[cm]?[jt]sx?$|\.(?:controller|service|resolver|guard|module|gateway|processor)\.ts$/i;

/** Paths that browsers or phones run. */
const client =
  /(?:^|\/)(?:components?|hooks|screens|views|contexts?|stores?|ui|widgets|frontend|client)\/|\.client\.\w+$/i;

const known = new WeakMap<Project, Map<string, FileRuntime>>();

/** Where a file runs; a file that no sign puts in a browser counts as a server's. */
export function fileRuntime(project: Project, path: string): FileRuntime {
  let runtimes = known.get(project);
  if (runtimes === undefined) known.set(project, (runtimes = new Map()));
  const before = runtimes.get(path);
  if (before) return before;
  const found = runtimeFor(project, path);
  runtimes.set(path, found);
  return found;
}

function runtimeFor(project: Project, path: string): FileRuntime {
  const facts = project.files.get(path);
  if (facts === undefined || facts.code === undefined || aside.test(path))
    return "aside";
  if (facts.code.directives.includes("use client")) return "client";
  if (facts.code.directives.includes("use server") || server.test(path))
    return "server";
  if (client.test(path) || isClientMarkup(facts)) return "client";
  return isLoadedByBrowserOnly(project, path) ? "client" : "server";
}

/** Markup outside of what Next and Remix may render on a server. */
function isClientMarkup({ path, code }: FileFacts): boolean {
  return (
    code?.hasMarkup === true && !/(?:^|\/)(?:app|pages|routes)\//.test(path)
  );
}

function isLoadedByBrowserOnly(project: Project, path: string): boolean {
  const importers = moduleEdges(project).importers.get(path) ?? [];
  return (
    importers.length > 0 &&
    importers.every(({ from }) => {
      const facts = project.files.get(from);
      if (facts?.code === undefined) return true;
      if (server.test(from)) return false;
      return (
        facts.code.directives.includes("use client") ||
        client.test(from) ||
        isClientMarkup(facts)
      );
    })
  );
}

/** Whether another file loads it, or a framework or platform does by its place. */
export function isLoaded(project: Project, path: string): boolean {
  if ((moduleEdges(project).importers.get(path) ?? []).length > 0) return true;
  return (
    /(?:^|\/)(?:app|pages|routes|api|functions|plugins|modules)\//.test(path) ||
    /(?:^|\/)(?:main|index|server|app|middleware|proxy|instrumentation|worker|hooks\.server)\.\w+$/.test(
      path,
    )
  );
}
