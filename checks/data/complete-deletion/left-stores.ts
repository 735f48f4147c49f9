import { databaseOf } from "#model/database.js";
import { type DataUse, dataUsesIn } from "#model/data-uses.js";
import { accountUses, deletesLogin } from "#model/deletion-fate.js";
import type { DeletionPath } from "#model/deletion-paths.js";
import { callsIn } from "#model/functions.js";
import { wordsOf } from "#model/name-words.js";
import { personalFlows } from "#model/personal-sinks.js";
import { type PersonUpload, personUploads } from "#model/person-uploads.js";
import { type LoginProvider, loginProvider } from "#model/login-provider.js";
import type { Project } from "#model/project.js";
import { lastName } from "#model/value-walk.js";
import type { Shown } from "./grouped.js";

/** The login, the files and the vectors of a person that stay when the path has run. */
export function leftStores(project: Project, path: DeletionPath): Shown[] {
  return [
    ...leftLogin(project, path),
    ...leftFiles(project, path),
    ...leftVectors(project, path),
  ];
}

/** Tables of people who sign in; customers and patients are often only written down. */
const signsIn =
  /user|profile|account|usuario|perfil|cuenta|conta|benutzer|konto|utilisateur|profil|compte|kullanici|hesap|utente/i;

function leftLogin(project: Project, path: DeletionPath): Shown[] {
  const provider: LoginProvider | undefined = loginProvider(project);
  if (provider === undefined || deletesLogin(path)) return [];
  if (/webhook|adapter/i.test(`${path.name} ${path.path}`)) return [];
  const removed = accountUses(project, path).find(
    ({ shape }) => shape.kind === "delete" && signsIn.test(shape.table),
  );
  const byDatabase = [...databaseOf(project).functions.values()].some(
    ({ act }) => /delete\s+from\s+"?auth"?\."?users/i.test(act.body),
  );
  if (removed === undefined || byDatabase) return [];
  return [
    {
      ...{ path: removed.in.path, line: removed.line },
      subject: `the login at ${provider.name}, with its address`,
      note: `Removes the row of ${removed.shape.table}; the login at ${provider.name} stays.`,
    },
  ];
}

const removesFiles =
  /^(?:DeleteObjects?Command|deleteObjects?|del|deleteFiles?|delete_resources\w*|emptyBucket|removeObjects?|deleteBlob|deleteFolder|utapi|deleteByPrefix|destroy)$/;
const fileWords =
  /^(?:file|files|object|objects|storage|blob|blobs|image|images|avatar|photo|photos|asset|assets|upload|uploads|media|bucket|folder|attachment|attachments|document|documents|s3|cloudinary)$/;

function leftFiles(project: Project, path: DeletionPath): Shown[] {
  const [first, ...others] = personUploads(project);
  if (
    first === undefined ||
    removesAnyFile(path) ||
    isRemovedElsewhere(project)
  )
    return [];
  const names = [first, ...others].map(({ store }) => store);
  return [
    {
      ...{ path: first.path, line: first.line },
      subject: `the person's files in ${[...new Set(names)].join(", ")}`,
      note: uploadNote(first),
    },
  ];
}

function uploadNote({ store }: PersonUpload): string {
  return `Puts a file under the person's id into ${store}.`;
}

/** Code that runs by itself when a person has gone, or sweeps up after them. */
const sweeps =
  /clean|purge|sweep|orphan|garbage|prune|(?:user|account|profile)s?[\W_]*(?:was[\W_]*)?(?:deleted|deletion|removed)|(?:on|after|before)[\W_]*(?:user|account|profile)[\W_]*delet/i;

/** A trigger of the database, a webhook or a job that removes files. */
function isRemovedElsewhere(project: Project): boolean {
  return (
    [...databaseOf(project).functions.values()].some(({ act }) =>
      removesObjects(act.body),
    ) ||
    [...project.files].some(([path, { code }]) =>
      (code?.functions ?? []).some(
        (facts) =>
          sweeps.test(`${path} ${facts.name}`) &&
          removesAnyFile({
            bodies: [],
            calls: callsIn(facts),
            uses: dataUsesIn(path, facts),
          }),
      ),
    )
  );
}

function removesObjects(body: string): boolean {
  return /delete\s+from\s+"?storage"?\."?objects/i.test(body);
}

interface Acts {
  readonly uses: readonly Pick<DataUse, "shape">[];
  readonly calls: readonly { readonly callee: string }[];
  readonly bodies: readonly string[];
}

function removesAnyFile({ uses, calls, bodies }: Acts): boolean {
  return (
    bodies.some((body) => /storage"?\."?objects/i.test(body)) ||
    uses.some(
      ({ shape }) => shape.library === "storage" && shape.kind === "delete",
    ) ||
    calls.some(({ callee }) => {
      const name = lastName(callee);
      const words = wordsOf(callee);
      return (
        removesFiles.test(name) ||
        (words.some((word) =>
          /^(?:delete|remove|purge|clean|cleanup|destroy|unlink)$/.test(word),
        ) &&
          words.some((word) => fileWords.test(word)))
      );
    })
  );
}

function leftVectors(project: Project, { calls }: DeletionPath): Shown[] {
  const stored = personalFlows(project).sinks.find(
    ({ kind }) => kind === "vectors",
  );
  if (stored === undefined) return [];
  const isRemoved = calls.some(
    ({ callee }) =>
      /(?:^|[.])(?:delete\w*|remove\w*)$/i.test(callee) &&
      /vector|index|pinecone|qdrant|chroma|weaviate|embedding|namespace|collection/i.test(
        callee,
      ),
  );
  if (isRemoved) return [];
  return [
    {
      ...{ path: stored.in.path, line: stored.line },
      subject: `the vectors in ${stored.receiver}`,
      note: `Stores vectors in ${stored.receiver}.`,
    },
  ];
}
