import type { FileFacts } from "#parse/facts.js";
import { browserEntries } from "./browser-entries.js";
import { parentFolder } from "./paths.js";
import type { Project } from "./project.js";

/** Where code runs; `shared` is both, or not to be told. */
export type Runtime =
  "client" | "server" | "edge" | "shared" | "test" | "script" | "generated";

const byPath: readonly (readonly [Runtime, RegExp])[] = [
  ["generated", /(^|\/)(?:components\/ui|generated|prisma\/client|gql)\//],
  [
    "script",
    /(^|\/)(?:scripts?|seeds?|seeders|migrations?|tools|bench|benchmarks)\/|(^|\/)[\w.-]+\.(?:config|setup|seed)\.[cm]?[jt]sx?$|(^|\/)(?:seed|gulpfile|Gruntfile|setupTests)\.[cm]?[jt]s$/i,
  ],
  ["edge", /(^|\/)supabase\/functions\/|(^|\/)netlify\/edge-functions\//],
  [
    "server",
    /(^|\/)(?:pages\/api|netlify\/functions|server\/(?:api|routes|middleware|plugins))\/|(^|\/)app\/(?:.*\/)?(?:route|sitemap|robots|opengraph-image)\.[cm]?[jt]sx?$|(^|\/)(?:middleware|proxy|instrumentation)\.[cm]?[jt]s$|\+(?:server|page\.server|layout\.server)\.[jt]s$|(^|\/)hooks\.server\.[jt]s$|\.server\.[cm]?[jt]sx?$|(^|\/)lib\/server\/|\+api\.[jt]sx?$|\.(?:controller|resolver|guard|module|gateway)\.ts$/,
  ],
  // Its frontmatter runs where pages are made.
  ["server", /\.astro$/],
  [
    "client",
    /\.(?:vue|svelte)$|\.client\.[cm]?[jt]sx?$|(^|\/)src\/(?:main|index)\.(?:tsx|jsx)$|(^|\/)(?:public|static)\/.*\.js$/,
  ],
];

const serverPackages =
  /^(?:express|fastify|koa|hono|h3|elysia|@trpc\/server|@nestjs\/.*|server-only|next\/headers|next\/server|firebase-admin(?:\/.*)?|firebase-functions(?:\/.*)?|@prisma\/client|drizzle-orm\/(?:node-postgres|postgres-js|mysql2|better-sqlite3|neon.*)|pg|mysql2?(?:\/promise)?|mongoose|mongodb|ioredis|redis|nodemailer|bcrypt|jsonwebtoken|node:(?:fs|http|https|net|child_process|crypto|path)(?:\/.*)?|fs|fs\/promises|child_process|http|https|net)$/;
const clientPackages =
  /^(?:client-only|react-dom(?:\/client)?|react-native(?:-.*)?|expo-router|expo(?:-.*)?|next\/(?:navigation|router))$/;

/** What a file says itself about where it runs; undefined where only those who load it can tell. */
export function seedOf(project: Project, path: string): Runtime | undefined {
  const facts = project.files.get(path);
  if (facts === undefined) return undefined;
  if (facts.kind === "test") return "test";
  if (facts.kind === "generated") return "generated";
  const directives = facts.code?.directives ?? [];
  if (directives.includes("use client")) return "client";
  if (directives.includes("use server")) return "server";
  const named = byPath.find(([, pattern]) => pattern.test(path))?.[0];
  if (named) return named;
  if (browserEntries(project).has(path)) return "client";
  return pageSeed(project, path, facts) ?? importSeed(facts);
}

/** Pages and components: those of a server-rendered app directory run on the server, all others in the browser. */
function pageSeed(
  project: Project,
  path: string,
  facts: FileFacts,
): Runtime | undefined {
  const hasMarkup = facts.code?.hasMarkup === true;
  if (
    /(^|\/)app\/.*(?:page|layout|template|loading|not-found|default)\.[jt]sx?$/.test(
      path,
    )
  )
    return isNextProject(project, path) ? "server" : undefined;
  if (/(^|\/)(?:src\/)?pages\/.+\.[jt]sx$/.test(path) && hasMarkup) {
    const names = facts.module?.exports.map(({ name }) => name) ?? [];
    const isMixed = names.some((name) =>
      /^get(?:Server|Static)\w+$/.test(name),
    );
    return isMixed ? "shared" : "client";
  }
  return undefined;
}

function importSeed(facts: FileFacts): Runtime | undefined {
  const imports = (facts.module?.imports ?? []).filter((one) => !one.typeOnly);
  if (imports.some(({ from }) => serverPackages.test(from))) return "server";
  if (imports.some(({ from }) => from === "@angular/core")) return "client";
  if (!facts.code?.hasMarkup) return undefined;
  return imports.some(({ from }) => clientPackages.test(from))
    ? "client"
    : undefined;
}

/** Whether the file belongs to an app of Next.js: its configuration stands above it. */
export function isNextProject(project: Project, path: string): boolean {
  const configs = nextFolders(project);
  for (let folder = parentFolder(path); ; folder = parentFolder(folder)) {
    if (configs.has(folder)) return true;
    if (folder === "") return false;
  }
}

const folders = new WeakMap<Project, ReadonlySet<string>>();

function nextFolders(project: Project): ReadonlySet<string> {
  const before = folders.get(project);
  if (before) return before;
  const found = new Set(
    project.snapshot.paths
      .filter((one) => /(?:^|\/)next\.config\.\w+$/.test(one))
      .map(parentFolder),
  );
  for (const [path, { module }] of project.files)
    if (module?.imports.some(({ from }) => /^next(?:\/|$)/.test(from))) {
      const app = /^(.*?)(?:^|\/)(?:src\/)?app\//.exec(path)?.[1];
      if (app !== undefined) found.add(app);
    }
  folders.set(project, found);
  return found;
}
