import type { SensitiveCategory } from "#gate/review-policy.js";
import { hitOn, type Hit, type Side } from "./hit.js";
import { foreignPackageCategory, packageCategory } from "./watched-packages.js";

const lockFile =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock|deno\.lock|Cargo\.lock|Gemfile\.lock|poetry\.lock|uv\.lock|Pipfile\.lock|composer\.lock|go\.sum|pubspec\.lock|mix\.lock)$/;

const ofNode =
  /(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock|deno\.lock)$/;

/** Whether the file pins packages. */
export function isLockFile(path: string): boolean {
  return lockFile.test(path);
}

/** A change of a lock file counts where what a watched package resolves to has changed, and nowhere else. */
export function lockHits(
  path: string,
  before: Side | undefined,
  after: Side | undefined,
): readonly Hit[] {
  const categoryOf = ofNode.test(path)
    ? packageCategory
    : foreignPackageCategory;
  const old = before ? pinsOf(before, categoryOf) : new Map<string, Pin>();
  const present = after ? pinsOf(after, categoryOf) : new Map<string, Pin>();
  return [
    ...(before ? differing(before, old, present) : []),
    ...(after ? differing(after, present, old) : []),
  ];
}

interface Pin {
  readonly category: SensitiveCategory;
  readonly name: string;
  readonly line: number;
  /** What it resolves to, one text for each version that is pinned. */
  readonly resolved: ReadonlySet<string>;
}

function differing(
  side: Side,
  own: ReadonlyMap<string, Pin>,
  others: ReadonlyMap<string, Pin>,
): Hit[] {
  return [...own.entries()]
    .filter(([key, pin]) => !isSame(pin.resolved, others.get(key)?.resolved))
    .map(([, { category, line, name }]) =>
      hitOn(side, category, line, `the pinned package ${name}`),
    );
}

function isSame(
  one: ReadonlySet<string>,
  other: ReadonlySet<string> | undefined,
): boolean {
  return other?.size === one.size && [...one].every((pin) => other.has(pin));
}

type CategoryOfPackage = (name: string) => SensitiveCategory | undefined;

/** Watched packages with what they resolve to, by name: several versions of one are taken together. */
function pinsOf(
  side: Side,
  categoryOf: CategoryOfPackage,
): ReadonlyMap<string, Pin> {
  const pins = new Map<string, Pin>();
  for (const { name, line, resolved } of blocksOf(side)) {
    const category = categoryOf(name);
    if (category === undefined) continue;
    const known = pins.get(name);
    pins.set(name, {
      ...{ category, name, line: known?.line ?? line },
      resolved: new Set([...(known?.resolved ?? []), resolved]),
    });
  }
  return pins;
}

interface Block {
  readonly name: string;
  readonly line: number;
  readonly resolved: string;
}

/** The entries of a lock file, whatever its format: a line that names a package, and what stands beneath it. */
function blocksOf({ path, text }: Side): readonly Block[] {
  const blocks: { name: string; line: number; lines: string[] }[] = [];
  const spread = path.endsWith(".json") ? spreadOut(text) : undefined;
  (spread ?? text).split("\n").forEach((raw, index) => {
    const line = raw.slice(0, 2_000).trim();
    const head = headOf(path, raw, line);
    if (head !== undefined)
      blocks.push({
        ...{ name: head.name, lines: [head.pin] },
        line: spread === undefined ? index + 1 : 1,
      });
    else if (isResolution(line))
      blocks.at(-1)?.lines.push(line.replace(peers, ""));
  });
  return blocks.map(({ name, line, lines }) => ({
    ...{ name, line },
    resolved: lines.join("\n"),
  }));
}

/** JSON with whole entries on one line, brought into the form that the package manager writes; undefined for any other. */
function spreadOut(text: string): string | undefined {
  if (!/\{[^\n]{0,4000}"(version|resolved|integrity)"\s*:/.test(text))
    return undefined;
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return undefined;
  }
}

/** What a line says that begins an entry: its package, and its version where that stands on the same line. */
function headOf(
  path: string,
  raw: string,
  line: string,
): { readonly name: string; readonly pin: string } | undefined {
  if (path.endsWith(".json")) return npmHead(line);
  if (path.endsWith("yarn.lock")) return yarnHead(raw);
  if (path.endsWith("pnpm-lock.yaml")) return pnpmHead(raw);
  if (/(bun|deno|mix)\.lock$/.test(path)) return inlineHead(line);
  if (path.endsWith("go.sum")) return goHead(line);
  if (path.endsWith("Gemfile.lock")) return gemHead(raw);
  if (path.endsWith("pubspec.lock")) return yamlHead(raw);
  return tomlHead(line);
}

function npmHead(line: string) {
  const name = /^"(?:[^"]*\/)?node_modules\/((?:@[^"/]+\/)?[^"/]+)": \{$/.exec(
    line,
  )?.[1];
  if (name !== undefined) return { name, pin: "" };
  // Any other key that opens an object ends the entry before it; `dependencies` of an entry are ranges and pin nothing.
  const other = /^"([^"]*)": \{/.exec(line)?.[1];
  return other === undefined ? undefined : { name: oldNpmName(other), pin: "" };
}

/** Before version 2 entries stood under `dependencies` by their bare names. */
function oldNpmName(key: string): string {
  return /^(dependencies|requires|engines|bin|peerDependencies|devDependencies|optionalDependencies|packages|funding)$/.test(
    key,
  )
    ? ""
    : key;
}

function yarnHead(raw: string) {
  if (!/^["\w@]/.test(raw) || raw.startsWith("__metadata")) return undefined;
  const name = /^"?((?:@[^/@"]+\/)?[^@"\s/]+)@/.exec(raw)?.[1];
  return { name: name ?? "", pin: "" };
}

/** pnpm writes behind a version what it was resolved beside. */
const peers = /(?<=^version: [^(]{1,100})\(.*$/;

/** What stands in parentheses are the peers that it was resolved beside, not its own version. */
function pnpmHead(raw: string) {
  const found =
    /^ {2}['"]?\/?((?:@[^/@'"]+\/)?[^@'"\s/()]+)[@/](\d[^'":(]*)/.exec(raw);
  if (found)
    return { name: found[1] ?? "", pin: `${found[2] ?? ""} ${inline(raw)}` };
  // What the project itself asks for: on one line, or with its version beneath.
  const own =
    /^ {2}['"]?((?:@[^/'"]+\/)?[\w.-]+)['"]?: (\d[^\s(]*)/.exec(raw) ??
    /^ {6}['"]?((?:@[^/'"]+\/)?[\w.-]+)['"]?:$/.exec(raw);
  if (own) return { name: own[1] ?? "", pin: own[2] ?? "" };
  return /^ {0,2}\S/.test(raw) ? { name: "", pin: "" } : undefined;
}

/** An entry's own resolution, where it stands on the same line. */
function inline(raw: string): string {
  return /resolution:.*$/.exec(raw)?.[0] ?? "";
}

function inlineHead(line: string) {
  const found =
    /^"(?:npm:)?((?:@[^/@"]+\/)?[^@"\s/]+)(?:@[^"]*)?":\s?[[{]/.exec(line);
  return found ? { name: found[1] ?? "", pin: line } : undefined;
}

function goHead(line: string) {
  const found = /^(\S+) (\S+) h1:(\S+)$/.exec(line);
  if (!found || found[2]?.endsWith("/go.mod")) return undefined;
  return { name: found[1] ?? "", pin: line };
}

function gemHead(raw: string) {
  const found = /^ {4}([\w.-]+) \(([^)]+)\)/.exec(raw);
  if (found) return { name: found[1] ?? "", pin: found[2] ?? "" };
  return /^\S/.test(raw) ? { name: "", pin: "" } : undefined;
}

function yamlHead(raw: string) {
  const name = /^ {2}(\w+):\s*$/.exec(raw)?.[1];
  return name === undefined ? undefined : { name, pin: "" };
}

function tomlHead(line: string) {
  const name = /^"?name"?\s?[=:]\s?"([^"]+)"/.exec(line)?.[1];
  if (name !== undefined) return { name, pin: "" };
  return /^\[\[/.test(line) ? { name: "", pin: "" } : undefined;
}

function isResolution(line: string): boolean {
  return /^["']?(version|resolved|resolution|integrity|checksum|hash|sha256|reference|shasum|source|url)["']?[:= ]/.test(
    line,
  );
}
