import type { LooseRefs } from "./loose-refs.js";
import type { GitObject } from "./object-reader.js";
import type { ObjectStore } from "./object-store.js";
import { parseCommit } from "./parse-objects.js";
import { runGit } from "./run-git.js";
import { type Leaf, TreeEdit } from "./tree-edit.js";

/** What stands at a path: text, bytes, a script, a link or a submodule. */
export type FileContent =
  | string
  | Buffer
  | { readonly text: string; readonly executable: true }
  | { readonly symlink: string }
  | { readonly submodule: string };

/** Who git says wrote or committed something. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly at: Date;
}

/** One commit to write. */
export interface CommitPlan {
  /** Full name of the ref that will point at it, `refs/heads/main`. */
  readonly ref: string;
  /** First parent first; none for a root commit. */
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
  readonly files: Readonly<Record<string, FileContent>>;
  readonly remove: readonly string[];
  /** Start from an empty tree instead of the first parent's. */
  readonly emptyFirst?: boolean;
}

/** As many are written one by one; more go through git, which packs them. */
const fewFiles = 100;
/** What `git fast-import` takes as it is. */
const plainPath = /^(?!.*(?:^|\/)(?:\.|\.\.|\.git)?(?:\/|$))[^\0\n"\\]+$/i;

/**
 * Writes one commit, and moves the ref to it whether or not it follows.
 *
 * @returns The commit's id.
 */
export async function writeCommit(
  place: CommitPlace,
  plan: CommitPlan,
): Promise<string> {
  const paths = [...Object.keys(plan.files), ...plan.remove];
  const isSimple =
    paths.length <= fewFiles && paths.every((path) => plainPath.test(path));
  const oid = isSimple ? await writeOneByOne(place, plan) : undefined;
  if (oid !== undefined && place.refs.move(plan.ref, oid)) return oid;
  return importCommit(place.folder, plan);
}

/** Where a commit is written. */
export interface CommitPlace {
  readonly folder: string;
  readonly store: ObjectStore;
  readonly refs: LooseRefs;
  readonly read: (oid: string) => Promise<GitObject | undefined>;
}

async function writeOneByOne(
  { store, read }: CommitPlace,
  plan: CommitPlan,
): Promise<string | undefined> {
  const [first] = plan.parents;
  const parent = first === undefined ? undefined : await read(first);
  if (first !== undefined && parent?.type !== "commit") return undefined;
  const start =
    parent && !plan.emptyFirst
      ? parseCommit(parent.oid, parent.data).tree
      : undefined;
  const tree = new TreeEdit({ read, store }, start);
  for (const path of plan.remove) await tree.remove(path);
  for (const [path, content] of Object.entries(plan.files))
    await tree.put(path, leafOf(store, content));
  const lines = [
    `tree ${tree.write()}`,
    ...plan.parents.map((oid) => `parent ${oid}`),
    `author ${signatureText(plan.author)}`,
    `committer ${signatureText(plan.committer)}`,
    "",
    plan.message,
  ];
  return store.write("commit", Buffer.from(lines.join("\n")));
}

function leafOf(store: ObjectStore, content: FileContent): Leaf {
  if (typeof content === "object" && "submodule" in content)
    return { mode: "160000", oid: content.submodule };
  return { mode: modeOf(content), oid: store.write("blob", bytesOf(content)) };
}

/** Writes it with git. */
export async function importCommit(
  folder: string,
  plan: CommitPlan,
): Promise<string> {
  const stream = Buffer.concat(streamOf(plan));
  const output = await runGit(
    folder,
    ["fast-import", "--quiet", "--force", "--done"],
    stream,
  );
  return output.toString("utf8").trim();
}

function streamOf(plan: CommitPlan): Buffer[] {
  const parts: Buffer[] = [];
  const line = (text: string) => parts.push(Buffer.from(`${text}\n`));
  // Without this the tip of an existing ref would become the parent.
  line(`reset ${plan.ref}`);
  line("");
  line(`commit ${plan.ref}`);
  line("mark :1");
  line(`author ${signatureText(plan.author)}`);
  line(`committer ${signatureText(plan.committer)}`);
  pushData(parts, Buffer.from(plan.message));
  plan.parents.forEach((parent, index) => {
    line(`${index === 0 ? "from" : "merge"} ${parent}`);
  });
  if (plan.emptyFirst) line("deleteall");
  for (const path of plan.remove) line(`D ${quoted(path)}`);
  for (const [path, content] of Object.entries(plan.files)) {
    pushFile(parts, path, content);
  }
  line("");
  line("get-mark :1");
  line("done");
  return parts;
}

function pushFile(parts: Buffer[], path: string, content: FileContent): void {
  const name = quoted(path);
  if (typeof content === "object" && "submodule" in content) {
    parts.push(Buffer.from(`M 160000 ${content.submodule} ${name}\n`));
    return;
  }
  parts.push(Buffer.from(`M ${modeOf(content)} inline ${name}\n`));
  pushData(parts, bytesOf(content));
}

function modeOf(content: Exclude<FileContent, { submodule: string }>): string {
  if (typeof content === "string" || Buffer.isBuffer(content)) return "100644";
  return "symlink" in content ? "120000" : "100755";
}

function bytesOf(content: Exclude<FileContent, { submodule: string }>): Buffer {
  if (Buffer.isBuffer(content)) return content;
  if (typeof content === "string") return Buffer.from(content);
  return Buffer.from("symlink" in content ? content.symlink : content.text);
}

function pushData(parts: Buffer[], data: Buffer): void {
  parts.push(Buffer.from(`data ${String(data.length)}\n`), data);
  parts.push(Buffer.from("\n"));
}

function signatureText({ name, email, at }: Signature): string {
  const clean = (text: string) => text.replace(/[<>\n\0]/g, "");
  const seconds = Math.floor(at.getTime() / 1000);
  return `${clean(name)} <${clean(email)}> ${String(seconds)} +0000`;
}

/** The way git fast-import reads a path that has odd characters in it. */
function quoted(path: string): string {
  const escaped = path
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n");
  return `"${escaped}"`;
}
