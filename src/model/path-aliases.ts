import type { SourceFile } from "#gate/snapshot.js";
import { jsonValue, textOf, valueAt } from "#parse/json-value.js";
import type { Value } from "#parse/module-facts.js";
import { foldersUp, joinPath, parentFolder } from "./paths.js";

/** One rule that maps module names to paths: `@/*` to `src/*`. */
interface Alias {
  readonly prefix: string;
  readonly suffix: string;
  /** Whether the name has a part that is carried over. */
  readonly isPattern: boolean;
  /** Paths from the root; `*` stands for the part that is carried over. */
  readonly targets: readonly string[];
}

/** Aliases by the folder whose files they serve, the longest prefix first. */
export type PathAliases = ReadonlyMap<string, readonly Alias[]>;

const settings =
  /(^|\/)(tsconfig[\w.-]*\.json|jsconfig\.json|deno\.jsonc?|import_map\.json|package\.json)$/;

/** Reads the aliases of every configuration file of the project. */
export function readAliases(files: readonly SourceFile[]): PathAliases {
  const configs = new Map<string, Value>();
  for (const { path, text } of files) {
    if (!settings.test(path) || path.includes("node_modules/")) continue;
    const value = jsonValue(text);
    if (value) configs.set(path, value);
  }
  const aliases = new Map<string, Alias[]>();
  for (const path of configs.keys()) {
    const folder = parentFolder(path);
    const found = aliases.get(folder) ?? [];
    // The plain name is the one that editors and bundlers read; its siblings (`tsconfig.app.json`) come after it.
    if (/\/?[tj]sconfig\.json$/.test(path))
      found.unshift(...aliasesOf(path, configs));
    else found.push(...aliasesOf(path, configs));
    aliases.set(folder, found);
  }
  for (const found of aliases.values())
    found.sort((a, b) => b.prefix.length - a.prefix.length);
  return aliases;
}

function aliasesOf(path: string, configs: ReadonlyMap<string, Value>): Alias[] {
  const config = configs.get(path);
  const folder = parentFolder(path);
  if (/sconfig[\w.-]*\.json$/.test(path))
    return compilerAliases(path, configs, new Set());
  return importMap(valueAt(config, "imports"), folder);
}

/** `imports` of `package.json`, `deno.json` and import maps. */
function importMap(imports: Value | undefined, folder: string): Alias[] {
  if (imports?.kind !== "object") return [];
  return imports.entries.flatMap(({ key, value }) => {
    const target = firstText(value);
    if (target === undefined || !/^\.{1,2}\//.test(target)) return [];
    // In an import map a trailing slash carries the rest over.
    const [name, to] = key.endsWith("/")
      ? [`${key}*`, `${target}*`]
      : [key, target];
    const joined = joinPath(folder, to);
    return joined === undefined ? [] : [aliasFrom(name, [joined])];
  });
}

/** The first path of a `package.json` target, whose conditions may nest. */
function firstText(value: Value | undefined): string | undefined {
  if (value?.kind === "object") return firstText(value.entries[0]?.value);
  return textOf(value);
}

function compilerAliases(
  path: string,
  configs: ReadonlyMap<string, Value>,
  seen: Set<string>,
): Alias[] {
  const config = configs.get(path);
  if (config === undefined || seen.has(path)) return [];
  seen.add(path);
  const folder = parentFolder(path);
  const options = valueAt(config, "compilerOptions");
  const own = ownAliases(options, folder);
  if (own.length > 0) return own;
  return relatedConfigs(config, folder).flatMap((related) =>
    compilerAliases(related, configs, seen),
  );
}

function ownAliases(options: Value | undefined, folder: string): Alias[] {
  const baseUrl = textOf(valueAt(options, "baseUrl"));
  const base = joinPath(folder, baseUrl ?? ".");
  if (base === undefined) return [];
  const paths = valueAt(options, "paths");
  const aliases =
    paths?.kind === "object"
      ? paths.entries.map(({ key, value }) => {
          const targets = value.kind === "list" ? value.items : [value];
          const resolved = targets.flatMap((target) => {
            const text = textOf(target)?.replace("${configDir}", ".");
            return text === undefined ? [] : (joinPath(base, text) ?? []);
          });
          return aliasFrom(key, resolved);
        })
      : [];
  if (baseUrl === undefined) return aliases;
  return [...aliases, aliasFrom("*", [base === "" ? "*" : `${base}/*`])];
}

function aliasFrom(name: string, targets: readonly string[]): Alias {
  const [prefix = "", suffix] = name.split("*", 2);
  return {
    prefix,
    suffix: suffix ?? "",
    isPattern: suffix !== undefined,
    targets,
  };
}

/** What a configuration is built upon (`extends`), then what it only gathers (`references`). */
function relatedConfigs(config: Value, folder: string): string[] {
  const parents = valueAt(config, "extends");
  const references = valueAt(config, "references");
  const named = [
    ...(parents?.kind === "list" ? parents.items : [parents]),
    ...(references?.kind === "list"
      ? references.items.map((item) => valueAt(item, "path"))
      : []),
  ];
  return named.flatMap((value) => {
    const text = textOf(value);
    if (text === undefined || !text.startsWith(".")) return [];
    const path = joinPath(folder, text);
    if (path === undefined) return [];
    return path.endsWith(".json")
      ? [path]
      : [`${path}.json`, joinPath(path, "tsconfig.json") ?? path];
  });
}

/** Roots that frameworks and templates give these names without a word in `tsconfig.json`. */
const customary: readonly (readonly [string, readonly string[]])[] = [
  ["@/", ["src/", "", "app/"]],
  ["~/", ["src/", "app/", ""]],
  ["$lib/", ["src/lib/"]],
  ["@@/", [""]],
  ["~~/", [""]],
];

/**
 * Where a module name may lead by alias, best first, extensions not tried.
 *
 * @param folder - Folder of the file that imports.
 */
export function aliasTargets(
  aliases: PathAliases,
  folder: string,
  specifier: string,
): string[] {
  const folders = foldersUp(folder);
  const stated = folders.flatMap((at) =>
    (aliases.get(at) ?? []).flatMap((alias) => appliedTo(alias, specifier)),
  );
  return [...stated, ...customaryTargets(folders, specifier)];
}

function appliedTo(alias: Alias, specifier: string): string[] {
  if (!alias.isPattern)
    return alias.prefix === specifier ? [...alias.targets] : [];
  const { prefix, suffix } = alias;
  if (
    specifier.length < prefix.length + suffix.length ||
    !specifier.startsWith(prefix) ||
    !specifier.endsWith(suffix)
  )
    return [];
  const carried = specifier.slice(
    prefix.length,
    specifier.length - suffix.length,
  );
  return alias.targets.map((target) => target.replace("*", () => carried));
}

function customaryTargets(
  folders: readonly string[],
  specifier: string,
): string[] {
  const match = customary.find(([prefix]) => specifier.startsWith(prefix));
  if (match === undefined) return [];
  const [prefix, roots] = match;
  const rest = specifier.slice(prefix.length);
  return folders.flatMap((folder) =>
    roots.flatMap((root) => joinPath(folder, root + rest) ?? []),
  );
}
