import { runGit } from "./run-git.js";

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

/**
 * Writes one commit, and moves the ref to it whether or not it follows.
 *
 * @returns The commit's id.
 */
export async function writeCommit(
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
