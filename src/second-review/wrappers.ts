import type { SensitiveCategory } from "#gate/review-policy.js";
import type { Snapshot, SourceFile } from "#gate/snapshot.js";
import { type Resolvable, resolveImport } from "#model/module-graph.js";
import { joinPath, parentFolder } from "#model/paths.js";
import { mayBeDataModel } from "./data-models.js";
import { handedOn, type HandedOn } from "./handed-on.js";
import { modelsFolder, pathSignals } from "./strong-paths.js";
import { importCategory, packageCategory } from "./watched-packages.js";

/** Answers what an imported name gives access to. */
export interface Wrappers {
  /**
   * What using a name of a module means: an SDK, or a module of the project that hands one on.
   *
   * @param from - Path of the file that imports.
   * @param specifier - Module as written.
   * @param name - Name in that module, `*` for all of it.
   */
  readonly categoryOf: (
    from: string,
    specifier: string,
    name: string,
  ) => SensitiveCategory | undefined;
}

/** Modules that are looked into behind one another: a barrel, and what it passes on. */
const maxHops = 2;

/** Builds the answers for one change; modules are looked into when they are asked about. */
export function wrappersOf(snapshot: Snapshot): Wrappers {
  const files = textsOf(snapshot);
  const project: Resolvable = {
    snapshot: { ...snapshot, files: [...files.values()] },
  };
  const known = new Map<string, HandedOn>();
  const handedOnBy = (path: string, hops: number): HandedOn => {
    const key = `${String(hops)} ${path}`;
    const answer =
      known.get(key) ??
      handedOn(files.get(path), (specifier, name) =>
        categoryOf(path, specifier, name, hops - 1),
      );
    known.set(key, answer);
    return answer;
  };
  const categoryOf = (
    from: string,
    specifier: string,
    name: string,
    hops: number,
  ): SensitiveCategory | undefined => {
    if (packageCategory(specifier) !== undefined)
      return importCategory(specifier, name);
    // A hook of the project shows what it read to the page that it stands in, and opens nothing.
    if (/^use[A-Z]/.test(name)) return undefined;
    const path = resolveImport(project, from, specifier);
    const byContent =
      path === undefined || hops <= 0
        ? undefined
        : handedOnBy(path, hops)(name);
    if (byContent !== undefined) return byContent;
    const file = path === undefined ? undefined : files.get(path);
    // A constant of a module that we have read is no way to what the module is named after.
    if (file && /^[A-Z][A-Z\d_]+$/.test(name)) return undefined;
    return categoryByName(from, specifier, { path, file });
  };
  return {
    categoryOf: (from, specifier, name) =>
      categoryOf(from, specifier, name, maxHops),
  };
}

/** Texts by path, the new side first; a module that the change removes still says what its importers used. */
function textsOf({
  changes,
  files,
}: Pick<Snapshot, "changes" | "files">): ReadonlyMap<string, SourceFile> {
  const texts = new Map<string, SourceFile>();
  for (const { before, after } of changes)
    for (const file of [before, after]) if (file) texts.set(file.path, file);
  for (const file of files) texts.set(file.path, file);
  return texts;
}

function categoryByName(
  from: string,
  specifier: string,
  resolved: {
    readonly path: string | undefined;
    readonly file: SourceFile | undefined;
  },
): SensitiveCategory | undefined {
  const path = resolved.path ?? localPath(from, specifier);
  if (path === undefined) return undefined;
  const stem = path.replace(/\.[cm]?[jt]sx?$/, "").replace(/\/index$/, "");
  const isModel = mayBeDataModel(path, [resolved.file]);
  const [signal] = pathSignals(`${stem}.ts`).filter(
    (each) => isModel || each.signal !== modelsFolder,
  );
  return signal?.category ?? categoryOfModuleName(stem);
}

/** Where a specifier leads as far as its text tells, for files that were not listed. */
function localPath(from: string, specifier: string): string | undefined {
  const plain = specifier.replace(/[?#].*$/s, (tail, at: number) =>
    at === 0 ? tail : "",
  );
  if (/^\.{1,2}(?:\/|$)/.test(plain))
    return joinPath(parentFolder(from), plain);
  const alias = /^(?:[@~$#]\/|~|\$|#|src\/|app\/|lib\/|server\/)(.+)$/.exec(
    plain,
  );
  if (alias) return plain.replace(/^(?:[@~$#]\/|~|\$|#)/, "");
  // Workspace packages: `@acme/db`.
  return /^@[\w.-]+\/[\w./-]+$/.test(plain) ? plain.slice(1) : undefined;
}

const moduleNames: readonly (readonly [SensitiveCategory, string])[] = [
  [
    "auth",
    "auth authentication authorization nextauth clerk passport lucia jwt rbac guards",
  ],
  [
    "payment",
    "stripe payment payments billing paypal paddle lemonsqueezy razorpay braintree",
  ],
  [
    "data",
    "db database prisma drizzle mongo mongodb mongoose knex supabase redis dynamo dynamodb postgres pg sql mysql sqlite firestore firebase datasource orm kysely sequelize typeorm turso neon planetscale",
  ],
];

const companions = new Set(
  "client server connection connect admin options config instance service services utils util helpers helper lib api browser edge adapter pool source middleware wrapper sdk setup init provider rsc ssr".split(
    " ",
  ),
);

/** `./stripe`, `./db.server`, `../supabaseClient`: the name of what it hands on, and of nothing else. */
function categoryOfModuleName(stem: string): SensitiveCategory | undefined {
  const name = stem.slice(stem.lastIndexOf("/") + 1);
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[-_.]/);
  const rest = words.slice(1);
  if (!rest.every((word) => companions.has(word))) return undefined;
  return moduleNames.find(([, list]) =>
    list.split(" ").includes(words[0] ?? ""),
  )?.[0];
}
