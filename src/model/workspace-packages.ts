import type { SourceFile } from "#gate/snapshot.js";
import { jsonValue, textOf, valueAt } from "#parse/json-value.js";
import type { Value } from "#parse/module-facts.js";
import { joinPath, parentFolder } from "./paths.js";

/** One package whose source is part of the project. */
interface WorkspacePackage {
  readonly folder: string;
  readonly manifest: Value;
}

/** Packages of the project by name. */
export type WorkspacePackages = ReadonlyMap<string, WorkspacePackage>;

/** Reads the names of all packages whose manifest is in the project, whether or not a workspace file lists them. */
export function readPackages(files: readonly SourceFile[]): WorkspacePackages {
  const packages = new Map<string, WorkspacePackage>();
  for (const { path, text } of files) {
    if (!/(^|\/)package\.json$/.test(path) || path.includes("node_modules/"))
      continue;
    const manifest = jsonValue(text);
    const name = textOf(valueAt(manifest, "name"));
    if (manifest && name !== undefined && !packages.has(name))
      packages.set(name, { folder: parentFolder(path), manifest });
  }
  return packages;
}

/**
 * Where the name of a workspace package may lead, best first, extensions not tried. What is built (`dist/`) is mostly
 * not committed, so its likely source is tried as well.
 */
export function packageTargets(
  packages: WorkspacePackages,
  _folder: string,
  specifier: string,
): string[] {
  const [name, subpath] = splitName(specifier);
  const found = packages.get(name);
  if (found === undefined) return [];
  const { folder, manifest } = found;
  const stated = [
    ...exportedPaths(valueAt(manifest, "exports"), subpath),
    ...(subpath === "."
      ? ["source", "module", "main", "types"].flatMap(
          (key) => textOf(valueAt(manifest, key)) ?? [],
        )
      : []),
  ];
  const guessed =
    subpath === "."
      ? ["src/index", "src/main", "."]
      : [subpath, `src/${subpath}`];
  return [...stated.flatMap(withSource), ...guessed].flatMap(
    (path) => joinPath(folder, path) ?? [],
  );
}

/** `@scope/name/sub/path` to its name and `./sub/path`. */
function splitName(specifier: string): [string, string] {
  const parts = specifier.split("/");
  const length = specifier.startsWith("@") ? 2 : 1;
  const rest = parts.slice(length).join("/");
  return [parts.slice(0, length).join("/"), rest === "" ? "." : `./${rest}`];
}

function withSource(path: string): string[] {
  const source = path.replace(/(^|\/)(?:dist|build|lib|out)\//, "$1src/");
  if (source === path) return [path];
  const stem = source.replace(/(?:\.d)?\.[cm]?[jt]s$/, "");
  return [path, stem, stem.replace(/(^|\/)src\/(?:esm|cjs|es)\//, "$1src/")];
}

function exportedPaths(exported: Value | undefined, subpath: string): string[] {
  if (exported === undefined) return [];
  if (exported.kind !== "object" || !exported.entries[0]?.key.startsWith("."))
    return subpath === "." ? conditionPaths(exported) : [];
  const exact = valueAt(exported, subpath);
  if (exact) return conditionPaths(exact);
  return exported.entries.flatMap(({ key, value }) => {
    const [prefix = "", suffix] = key.split("*", 2);
    if (
      suffix === undefined ||
      !subpath.startsWith(prefix) ||
      !subpath.endsWith(suffix)
    )
      return [];
    const carried = subpath.slice(
      prefix.length,
      subpath.length - suffix.length,
    );
    return conditionPaths(value).map((path) =>
      path.replaceAll("*", () => carried),
    );
  });
}

/** Every path under the conditions of an export, in their order. */
function conditionPaths(value: Value): string[] {
  const paths: string[] = [];
  const pending: Value[] = [value];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const text = textOf(at);
    if (text !== undefined) paths.push(text);
    if (at.kind === "object")
      pending.push(...at.entries.map((entry) => entry.value).reverse());
    if (at.kind === "list") pending.push(...[...at.items].reverse());
  }
  return paths;
}
