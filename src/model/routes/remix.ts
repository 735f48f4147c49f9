import { parentFolder } from "../paths.js";
import type { Project } from "../project.js";
import type { ChainLink, Route } from "../route.js";
import { joinUrl, withoutExtension } from "./file-paths.js";
import {
  exportedHandler,
  exportedHandlers,
  exportedValue,
  linksOf,
} from "./handlers.js";

const remixPackages =
  /^(?:@remix-run\/|react-router$|@react-router\/|@shopify\/remix-oxygen)/;

/** Loaders and actions of Remix and React Router; those of a browser router have no server. */
export function remixRoutes(project: Project): readonly Route[] {
  return [...project.files].flatMap(([path, { module, code }]): Route[] => {
    const name = /(?:^|\/)app\/(?:routes\/)?(.+)$/.exec(path)?.[1];
    if (name === undefined || code?.directives.includes("use client"))
      return [];
    if (!isRemix(project, path, module?.imports ?? [])) return [];
    const around = routeMiddleware(project, path);
    return exportedHandlers(
      project,
      path,
      (one) => one === "loader" || one === "action",
    ).map((one) => ({
      framework: "remix",
      methods: [one.name === "loader" ? "GET" : "ACTION"],
      path: remixPath(withoutExtension(name)),
      file: path,
      line: one.line,
      handler: one.handler,
      chain: [
        ...around,
        ...(one.name === "loader" ? loadersAround(project, path) : []),
        ...one.chain,
      ],
    }));
  });
}

function isRemix(
  project: Project,
  path: string,
  imports: readonly { readonly from: string }[],
): boolean {
  if (
    imports.some(
      ({ from }) => remixPackages.test(from) || from.startsWith("./+types/"),
    )
  )
    return true;
  const folder = /^(.*?)(?:^|\/)app\//.exec(path)?.[1] ?? "";
  return (
    /(?:^|\/)app\/routes\//.test(path) &&
    project.snapshot.paths.some(
      (one) =>
        parentFolder(one) === folder &&
        /(?:^|\/)(?:remix|react-router)\.config\.\w+$/.test(one),
    )
  );
}

/** `admin.users_.$id` is `/admin/users/:id`. */
function remixPath(name: string): string {
  const parts = name
    .replace(/\/(?:route|index)$/, "")
    .split(/[./]/)
    .filter(
      (part) => part !== "_index" && part !== "index" && !part.startsWith("_"),
    )
    .map((part) =>
      part === "$" ? "*" : part.replace(/_$/, "").replace(/^\$/, ":"),
    );
  return joinUrl(...parts);
}

/**
 * What route modules export as `middleware`: that of the root, of the layouts in the folders around, of the routes that a
 * flat name lies in, and its own.
 *
 * @see https://reactrouter.com/how-to/middleware
 */
function routeMiddleware(project: Project, path: string): ChainLink[] {
  const { app, around, own } = placesOf(path);
  return ["root", ...around, own].flatMap((name) =>
    filesOf(project, app, name).flatMap((file) => middlewareOf(project, file)),
  );
}

/** What a page loads comes with what the layouts around it load, or with their refusal; actions run by themselves. */
function loadersAround(project: Project, path: string): ChainLink[] {
  const { app, around } = placesOf(path);
  return around.flatMap((name) =>
    filesOf(project, app, name).flatMap((file): ChainLink[] => {
      const loader = exportedHandler(project, file, "loader");
      if (loader === undefined || file === path) return [];
      const { handler: ref, line } = loader;
      return [{ ref, name: "loader", line, file, isGlobal: true }];
    }),
  );
}

/** The modules that lie around a route module, outermost first, and its own, in the folder of the app. */
function placesOf(path: string) {
  const app = /^(.*?(?:^|\/)app)\//.exec(path)?.[1] ?? "app";
  const inside = path.slice(app.length + 1);
  const folders = inside.split("/").slice(0, -1);
  const layouts = folders.map(
    (_, index) => `${folders.slice(0, index + 1).join("/")}/layout`,
  );
  const own = withoutExtension(inside);
  const flat = own.split(".");
  const parents = flat
    .slice(0, -1)
    .map((_, index) => flat.slice(0, index + 1).join("."));
  const around = [...layouts, ...parents].filter((name) => name !== own);
  return { app, around, own };
}

function filesOf(project: Project, app: string, name: string): string[] {
  return ["tsx", "ts", "jsx", "js"]
    .map((extension) => `${app}/${name}.${extension}`)
    .filter((file) => project.files.has(file));
}

function middlewareOf(project: Project, path: string): ChainLink[] {
  return ["middleware", "unstable_middleware"].flatMap((name) => {
    const given = exportedValue(project, path, name);
    return given
      ? linksOf(project, given.path, given.value).map((link) => ({
          ...link,
          isGlobal: true as const,
        }))
      : [];
  });
}
