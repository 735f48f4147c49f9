import { aliasTargets, readAliases, type PathAliases } from "./path-aliases.js";
import { joinPath, parentFolder } from "./paths.js";
import type { Project } from "./project.js";
import { remember } from "./remember.js";
import {
  packageTargets,
  readPackages,
  type WorkspacePackages,
} from "./workspace-packages.js";

/** What answers where an import leads; built once for a project. */
interface Resolver {
  readonly paths: ReadonlySet<string>;
  /** The best file for a path without its extension: `src/pay` for `src/pay.ts`. */
  readonly byStem: ReadonlyMap<string, string>;
  readonly aliases: PathAliases;
  readonly packages: WorkspacePackages;
}

/** What resolving takes of a project: its paths, and the texts that may hold aliases. */
export type Resolvable = Pick<Project, "snapshot">;

const resolvers = new WeakMap<Resolvable, Resolver>();

/**
 * The file of the project that an import leads to: relative paths, extensions and index files, path aliases of
 * `tsconfig.json`, `jsconfig.json`, `deno.json` and `package.json`, workspace packages.
 *
 * @param from - Path of the file that imports.
 * @param specifier - Module as written.
 * @returns undefined for packages that are not part of the project and for files that do not exist.
 */
export function resolveImport(
  project: Resolvable,
  from: string,
  specifier: string,
): string | undefined {
  return resolveIn(project, parentFolder(from), specifier);
}

const resolveIn = remember((project: Resolvable, folder, specifier) =>
  findFile(resolverOf(project), folder, specifier),
);

function resolverOf(project: Resolvable): Resolver {
  const known = resolvers.get(project);
  if (known) return known;
  const { paths, files } = project.snapshot;
  const all = new Set([...paths, ...files.map((file) => file.path)]);
  const resolver: Resolver = {
    paths: all,
    byStem: stemsOf(all),
    aliases: readAliases(files),
    packages: readPackages(files),
  };
  resolvers.set(project, resolver);
  return resolver;
}

function findFile(
  resolver: Resolver,
  folder: string,
  specifier: string,
): string | undefined {
  const plain = specifier.replace(/[?#].*$/s, (tail, at: number) =>
    at === 0 ? tail : "",
  );
  for (const target of targetsOf(resolver, folder, plain)) {
    const file = existing(resolver, target);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** Places to look, best first, without extensions tried. */
function targetsOf(
  resolver: Resolver,
  folder: string,
  specifier: string,
): readonly (string | undefined)[] {
  if (/^\.{1,2}(?:\/|$)/.test(specifier)) return [joinPath(folder, specifier)];
  return [
    ...aliasTargets(resolver.aliases, folder, specifier),
    ...packageTargets(resolver.packages, folder, specifier),
    ...(specifier.startsWith("/") ? [specifier.slice(1)] : []),
  ];
}

const extensions =
  "ts tsx mts cts js jsx mjs cjs d.ts json vue svelte astro native.ts native.tsx web.ts web.tsx ios.tsx android.tsx".split(
    " ",
  );

/** What a compiler writes, and what it may have been written from. */
const sourcesOf: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    js: ["ts", "tsx", "jsx"],
    jsx: ["tsx"],
    mjs: ["mts"],
    cjs: ["cts"],
  }),
);

/** Places of an extension among {@link extensions}; the first one wins. */
const rank = new Map(extensions.map((extension, at) => [extension, at]));

function stemsOf(paths: ReadonlySet<string>): Map<string, string> {
  const best = new Map<string, { path: string; rank: number }>();
  for (const path of paths)
    for (const [stem, at] of stemsOfPath(path)) {
      const before = best.get(stem);
      if (!before || at < before.rank) best.set(stem, { path, rank: at });
    }
  return new Map([...best].map(([stem, { path }]) => [stem, path]));
}

/** The stems under which a path is found: `a.native` and `a` for `a.native.ts`. */
function stemsOfPath(path: string): [string, number][] {
  const name = path.lastIndexOf("/") + 1;
  const stems: [string, number][] = [];
  for (
    let dot = path.lastIndexOf("."), count = 0;
    dot >= name && count < 2;
    dot = path.lastIndexOf(".", dot - 1), count += 1
  ) {
    const at = rank.get(path.slice(dot + 1));
    if (at !== undefined) stems.push([path.slice(0, dot), at]);
    if (dot === 0) break;
  }
  return stems;
}

function existing(
  { paths, byStem }: Resolver,
  target: string | undefined,
): string | undefined {
  if (target === undefined) return undefined;
  if (paths.has(target) && target !== "") return target;
  const prefix = target === "" ? "" : `${target}/`;
  return (
    writtenFrom(paths, target) ??
    (target === "" ? undefined : byStem.get(target)) ??
    byStem.get(`${prefix}index`) ??
    [`${prefix}mod.ts`].find((path) => paths.has(path))
  );
}

/** What a compiler made the target from: `pay.ts` for `pay.js`. */
function writtenFrom(
  paths: ReadonlySet<string>,
  target: string,
): string | undefined {
  const dot = target.lastIndexOf(".");
  const sources = dot < 0 ? undefined : sourcesOf.get(target.slice(dot + 1));
  return sources
    ?.map((extension) => `${target.slice(0, dot)}.${extension}`)
    .find((path) => paths.has(path));
}
