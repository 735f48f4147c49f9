import type { Value } from "#parse/module-facts.js";
import { tomlEntries } from "#parse/toml-entries.js";
import { callsIn, functionAt } from "../functions.js";
import type { Project } from "../project.js";
import type { ChainLink, Route } from "../route.js";
import { allSteps, lastName, valuesOf } from "../value-walk.js";
import { isMethodName, joinUrl, urlPath } from "./file-paths.js";
import {
  exportedHandler,
  exportedHandlers,
  exportedValue,
  wrappedHandler,
} from "./handlers.js";
import { methodsTested } from "./next.js";

const script = "[cm]?[jt]sx?$";
const supabaseFile = new RegExp(
  `^(.*?)(?:^|/)supabase/functions/([^_/][^/]*)/index\\.${script}`,
);
const netlifyFile = new RegExp(
  `(?:^|/)netlify/(?:edge-)?functions/(.+?)\\.${script}`,
);
const vercelFile = new RegExp(`^api/(.+?)\\.${script}`);
const pagesFile = new RegExp(`^functions/(.+?)\\.${script}`);

/** Edge functions of Supabase, with the platform's own test of the token where it is on. */
export function supabaseRoutes(project: Project): readonly Route[] {
  return [...project.files].flatMap(([path, { code }]): Route[] => {
    const [, root = "", name = ""] = supabaseFile.exec(path) ?? [];
    if (name === "" || code === undefined) return [];
    const platform = verifyLink(project, root, name, path);
    return code.functions.flatMap((facts) =>
      callsIn(facts)
        .filter(({ callee }) => callee === "Deno.serve" || callee === "serve")
        .flatMap(({ call }): Route[] => {
          const given = call.arguments.at(-1);
          const handler = given?.kind === "object" ? undefined : given;
          const wrapped =
            handler && wrappedHandler(project, path, handler, facts);
          if (wrapped === undefined) return [];
          return [
            {
              framework: "supabase-function",
              methods: ["*"],
              path: `/functions/v1/${name}`,
              file: path,
              line: call.line,
              handler: wrapped.handler,
              chain: [...platform, ...wrapped.chain],
            },
          ];
        }),
    );
  });
}

/** The platform asks for a token unless the configuration says no; the public anonymous key is one, too. */
function verifyLink(
  project: Project,
  root: string,
  name: string,
  file: string,
): ChainLink[] {
  const path = `${root === "" ? "" : `${root}/`}supabase/config.toml`;
  const text = project.snapshot.files.find((one) => one.path === path)?.text;
  const entry = tomlEntries(text ?? "").find(
    ({ keys }) => keys.join(".") === `functions.${name}.verify_jwt`,
  );
  if (entry?.value === "false") return [];
  return [
    {
      name: "verify_jwt",
      line: entry?.line ?? 1,
      file: entry ? path : file,
      isGlobal: true,
    },
  ];
}

const firebaseMakers = /(?:^|\.)(?:onRequest|onCall|onCallGenkit)$/;

/** HTTP and callable functions of Firebase. */
export function firebaseRoutes(project: Project): readonly Route[] {
  return [...project.files].flatMap(([path, { module, code }]): Route[] => {
    const isFirebase = module?.imports.some(({ from }) =>
      from.startsWith("firebase-functions"),
    );
    const top = functionAt(project, { path, at: -1 });
    if (!isFirebase || code === undefined || top === undefined) return [];
    return allSteps(top.steps).flatMap((step) =>
      valuesOf(step).flatMap((value): Route[] => {
        if (value.kind !== "call" || !firebaseMakers.test(value.callee))
          return [];
        const name =
          step.kind === "let"
            ? (step.bindings[0]?.local ?? "")
            : step.kind === "set"
              ? lastName(step.target)
              : "";
        const last = value.arguments.at(-1);
        const wrapped = last && wrappedHandler(project, path, last);
        if (wrapped === undefined) return [];
        return [
          {
            framework: value.callee.endsWith("onRequest")
              ? "firebase-request"
              : "firebase-call",
            methods: ["*"],
            path: `/${name}`,
            file: path,
            line: step.line,
            handler: wrapped.handler,
            chain: wrapped.chain,
          },
        ];
      }),
    );
  });
}

/** Functions of Vercel and Netlify, Cloudflare's workers and pages functions. */
export function platformRoutes(project: Project): readonly Route[] {
  const folder = netlifyFolder(project);
  return [...project.files.keys()].flatMap((path) => {
    const netlify = netlifyName(path, folder);
    if (netlify !== undefined)
      return single(project, path, ["handler", "default"], {
        framework: "netlify",
        path: `/.netlify/functions/${netlify}`,
      });
    const vercel = vercelFile.exec(path)?.[1];
    if (vercel !== undefined && !/(?:^|\/)_/.test(vercel)) {
      const base = {
        framework: "vercel",
        path: joinUrl("api", urlPath(vercel)),
      };
      const named = exportedHandlers(project, path, isMethodName);
      return named.length > 0
        ? named.map((one) => ({
            ...base,
            ...one,
            methods: [one.name],
            file: path,
          }))
        : single(project, path, ["default"], base);
    }
    return [...pagesFunctions(project, path), ...workers(project, path)];
  });
}

function netlifyName(
  path: string,
  folder: string | undefined,
): string | undefined {
  const name = netlifyFile.exec(path)?.[1];
  if (name !== undefined || folder === undefined) return name;
  const isInside = path.startsWith(`${folder}/`);
  const own = path.slice(folder.length + 1).replace(/\.[cm]?[jt]sx?$/, "");
  return isInside && own !== path.slice(folder.length + 1) ? own : undefined;
}

/** The folder that `netlify.toml` names for functions, where it is not the usual one. */
function netlifyFolder(project: Project): string | undefined {
  const config = project.snapshot.files.find(
    (one) => one.path === "netlify.toml",
  );
  const entry = tomlEntries(config?.text ?? "").find(({ keys }) =>
    /^(?:build\.functions|functions\.directory)$/.test(keys.join(".")),
  );
  const named = entry?.value
    .replace(/^["']|["']$/g, "")
    .replace(/^\.?\/|\/$/g, "");
  return named === "" ? undefined : named;
}

function single(
  project: Project,
  path: string,
  names: readonly string[],
  base: Pick<Route, "framework" | "path">,
): Route[] {
  for (const name of names) {
    const wrapped = exportedHandler(project, path, name);
    if (wrapped === undefined) continue;
    const facts = functionAt(project, wrapped.handler);
    const methods = facts ? methodsTested(facts) : ["*"];
    return [{ ...base, methods, file: path, ...wrapped }];
  }
  return [];
}

function pagesFunctions(project: Project, path: string): Route[] {
  const name = pagesFile.exec(path)?.[1];
  if (name === undefined || name.endsWith("_middleware")) return [];
  const middleware = pagesMiddleware(project, name);
  return exportedHandlers(project, path, (one) =>
    /^onRequest(?:[A-Z]\w+)?$/.test(one),
  ).map((one) => ({
    framework: "cloudflare-pages",
    methods: [one.name.slice(9).toUpperCase() || "*"],
    path: urlPath(name),
    file: path,
    line: one.line,
    handler: one.handler,
    chain: [...middleware, ...one.chain],
  }));
}

function pagesMiddleware(project: Project, name: string): ChainLink[] {
  const folders = name.split("/").slice(0, -1);
  return [0, ...folders.map((_, index) => index + 1)].flatMap((depth) => {
    const folder = ["functions", ...folders.slice(0, depth)].join("/");
    return ["ts", "js"].flatMap((extension): ChainLink[] => {
      const path = `${folder}/_middleware.${extension}`;
      if (!project.files.has(path)) return [];
      return exportedHandlers(project, path, (one) =>
        one.startsWith("onRequest"),
      ).map(({ handler, line }) => ({
        ref: handler,
        name: "_middleware",
        line,
        file: path,
        isGlobal: true as const,
      }));
    });
  });
}

/** `export default { fetch(request, env) { … } }`. */
function workers(project: Project, path: string): Route[] {
  const exported = exportedValue(project, path, "default");
  if (exported?.value.kind !== "object" || exported.path !== path) return [];
  const fetch = exported.value.entries.find(
    ({ key }) => key === "fetch",
  )?.value;
  const given: Value | undefined =
    fetch?.kind === "function" ? fetch : undefined;
  const wrapped = given && wrappedHandler(project, path, given);
  if (wrapped === undefined) return [];
  const facts = functionAt(project, wrapped.handler);
  return [
    {
      framework: "worker",
      methods: facts ? methodsTested(facts) : ["*"],
      path: "/*",
      file: path,
      line: wrapped.line,
      handler: wrapped.handler,
      chain: [],
    },
  ];
}
