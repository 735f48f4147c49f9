import { moduleEdges } from "./module-edges.js";
import { joinPath, parentFolder } from "./paths.js";
import type { Project } from "./project.js";

/** Files that a framework, a platform or a bundler loads by their place or name. */
const conventional =
  /(^|\/)(?:app|pages|routes|api|functions|src\/routes|src\/pages)\/|(^|\/)(?:middleware|proxy|instrumentation|hooks(?:\.server)?|_app|_document|root|entry\.\w+|index|main|server|app|App|cli|worker|start|bootstrap|bin|www)\.(?:[cm]?[jt]sx?|vue|svelte)$|\.(?:config|module|controller|resolver|gateway|stories)\.[cm]?[jt]sx?$|(^|\/)(?:netlify|supabase)\/|(^|\/)server\/(?:api|routes|middleware|plugins)\/|(^|\/)(?:scripts?|bin|migrations?|seeds?|prisma)\//;

/** What Nuxt loads without an import that says so. */
const loadedByNuxt =
  /(^|\/)(?:components|composables|layouts|plugins|utils|stores)\/|(^|\/)(?:app|error)\.vue$/;

/** Every file that something that runs can load: entries, and what they import. */
export function entryFiles(project: Project): ReadonlySet<string> {
  const { imports } = moduleEdges(project);
  const named = namedEntries(project);
  const hasNuxt = project.snapshot.paths.some((path) =>
    /(^|\/)nuxt\.config\.\w+$/.test(path),
  );
  const reached = new Set<string>();
  const pending = [...project.files].flatMap(([path, { kind, module }]) =>
    module !== undefined &&
    kind !== "test" &&
    (conventional.test(path) ||
      named.has(path) ||
      (hasNuxt && loadedByNuxt.test(path)))
      ? [path]
      : [],
  );
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const { to, typeOnly } of imports.get(path) ?? [])
      if (!typeOnly && !reached.has(to)) pending.push(to);
  }
  return reached;
}

/** Files that manifests, pages and platform files name as what they start. */
function namedEntries(project: Project): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { path, text } of project.snapshot.files) {
    if (
      !/(?:package\.json|\.html|Dockerfile|Procfile|\.toml|vercel\.json|serverless\.ya?ml|firebase\.json|wrangler\.jsonc?)$/.test(
        path,
      )
    )
      continue;
    const folder = parentFolder(path);
    for (const [word] of text
      .slice(0, 200_000)
      .matchAll(/[\w./@-]+\.[cm]?[jt]sx?\b/g)) {
      const target = joinPath(folder, word.replace(/^\/+/, ""));
      if (target === undefined) continue;
      found.add(target);
      found.add(
        target.replace(/(^|\/)dist\//, "$1src/").replace(/\.js$/, ".ts"),
      );
    }
  }
  return found;
}
