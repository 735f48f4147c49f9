import type { SensitiveCategory } from "#gate/review-policy.js";
import { hitOn, type Hit, type Side } from "./hit.js";
import {
  foreignPackageCategory,
  packageCategory,
  packageNameOf,
} from "./watched-packages.js";

/** Fields of `package.json` that name packages with their versions. */
const dependencyFields = [
  "dependencies",
  "devDependencies",
  "optionalDependencies",
  "peerDependencies",
  "overrides",
  "resolutions",
] as const;

/** Scripts that package managers run by themselves. */
const installScripts = [
  "preinstall",
  "install",
  "postinstall",
  "preprepare",
  "prepare",
  "postprepare",
  "prepublish",
];

const foreignManifest =
  /(^|\/)(requirements[\w.-]*\.(txt|in)|pyproject\.toml|Pipfile|setup\.(py|cfg)|environment\.ya?ml|go\.mod|Gemfile|[\w.-]+\.gemspec|composer\.json|Cargo\.toml|pom\.xml|build\.gradle(\.kts)?|libs\.versions\.toml|[\w.-]+\.csproj|Directory\.Packages\.props|packages\.config|pubspec\.yaml|mix\.exs|Package\.swift|Podfile)$/;

/** Whether the file says which packages a project takes. */
export function isManifest(path: string): boolean {
  return isPackageJson(path) || foreignManifest.test(path);
}

/** What a change of a manifest is about: watched packages that come, go or get another version, and install scripts. */
export function manifestHits(
  path: string,
  before: Side | undefined,
  after: Side | undefined,
): readonly Hit[] {
  if (isPackageJson(path)) return packageJsonHits(before, after);
  return [before, after].flatMap((side) => (side ? lineHits(side) : []));
}

function isPackageJson(path: string): boolean {
  return /(^|\/)package\.json$/.test(path);
}

function packageJsonHits(
  before: Side | undefined,
  after: Side | undefined,
): readonly Hit[] {
  const old = before && parsed(before.text);
  const present = after && parsed(after.text);
  const broken = [
    before && old === undefined ? before : undefined,
    after && present === undefined ? after : undefined,
  ].find((side) => side !== undefined);
  // One side that cannot be read hides what became of the other.
  if (broken && !isBlank(broken.text))
    return [
      hitOn(broken, "control", 1, "a manifest that could not be analysed"),
    ];
  return [
    ...differingHits(before, entriesOf(old), entriesOf(present)),
    ...differingHits(after, entriesOf(present), entriesOf(old)),
  ];
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

type Manifest = Readonly<Record<string, unknown>>;

function parsed(text: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Manifest {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Entry {
  readonly key: string;
  readonly value: string;
  readonly name: string;
  readonly category: SensitiveCategory;
  readonly signal: string;
}

/** Everything in a manifest that is watched, each with its present value. */
function entriesOf(manifest: Manifest | undefined): readonly Entry[] {
  if (!manifest) return [];
  const pnpm = isRecord(manifest.pnpm) ? manifest.pnpm.overrides : undefined;
  const fields = dependencyFields.map(
    (field) => [field, manifest[field]] as const,
  );
  const packages = [...fields, ["pnpm.overrides", pnpm] as const].flatMap(
    ([field, listed]) =>
      fieldsOf(listed).flatMap(([key, value]): Entry[] => {
        const name = packageNameOf(key.replace(/(?<=.)@.*$/, ""));
        const category = packageCategory(name);
        return category === undefined
          ? []
          : [
              {
                key: `${field} ${key}`,
                value,
                name: key,
                category,
                signal: `the package ${name}`,
              },
            ];
      }),
  );
  const scripts = fieldsOf(manifest.scripts)
    .filter(([name]) => installScripts.includes(name))
    .map(([name, value]): Entry => ({
      ...{ key: `scripts ${name}`, value, name },
      category: "control",
      signal: `the install script ${name}`,
    }));
  return [...packages, ...scripts];
}

function fieldsOf(value: unknown): readonly (readonly [string, string])[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).map(
    ([key, each]) => [key, JSON.stringify(each)] as const,
  );
}

function differingHits(
  side: Side | undefined,
  own: readonly Entry[],
  others: readonly Entry[],
): Hit[] {
  if (!side) return [];
  const values = new Map(others.map(({ key, value }) => [key, value]));
  return own
    .filter(({ key, value }) => values.get(key) !== value)
    .map(({ name, category, signal }) =>
      hitOn(side, category, lineNaming(side, name), signal),
    );
}

function lineNaming(side: Side, name: string): number {
  const quoted = JSON.stringify(name);
  const lines = side.text.split("\n");
  const naming = (line: string) => line.includes(quoted);
  const touched = lines.findIndex(
    (line, index) => naming(line) && side.isTouched(index + 1),
  );
  return Math.max(touched, touched < 0 ? lines.findIndex(naming) : 0, 0) + 1;
}

/** Manifests of other languages: touched lines that name a watched package. */
function lineHits(side: Side): Hit[] {
  return side.text.split("\n").flatMap((line, index) => {
    if (!side.isTouched(index + 1)) return [];
    return namesOn(line.slice(0, 1_000)).flatMap((name) => {
      const category = foreignPackageCategory(name);
      return category === undefined
        ? []
        : [hitOn(side, category, index + 1, `the package ${name}`)];
    });
  });
}

function namesOn(line: string): readonly string[] {
  return [...new Set(line.match(/[A-Za-z@][\w.@/-]*[\w]/g) ?? [])];
}
