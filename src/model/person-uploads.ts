import { dataUses } from "./data-uses.js";
import { callsIn, functionAt } from "./functions.js";
import { namesPerson } from "./person-ids.js";
import { provenanceOfCallee } from "./provenance.js";
import type { Project } from "./project.js";
import { runtimeOf } from "./runtimes.js";
import { lastName } from "./value-walk.js";

/** A file that is stored under a person's id. */
export interface PersonUpload {
  /** Bucket or service. */
  readonly store: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

const uploads =
  /^(?:PutObjectCommand|Upload|put|putObject|uploadBytes|uploadBytesResumable|uploadString|upload|upload_stream)$/;
const services: readonly (readonly [RegExp, string])[] = [
  [/^@aws-sdk\/(?:client-s3|lib-storage)$|^aws-sdk$/, "S3"],
  [/^@vercel\/blob$/, "Vercel Blob"],
  [/^firebase/, "Firebase Storage"],
  [/^cloudinary$/, "Cloudinary"],
  [/^@google-cloud\/storage$/, "Cloud Storage"],
];

const known = new WeakMap<Project, readonly PersonUpload[]>();

/** Where the app stores files under the id of a person, so that they can be found and must be removed with the account. */
export function personUploads(project: Project): readonly PersonUpload[] {
  const before = known.get(project);
  if (before) return before;
  const found = [...ofSupabase(project), ...ofServices(project)];
  known.set(project, found);
  return found;
}

function ofSupabase(project: Project): PersonUpload[] {
  return dataUses(project).flatMap(({ shape, in: ref, line }) => {
    const facts = functionAt(project, ref);
    const isUpload = shape.library === "storage" && shape.kind === "create";
    if (!isUpload || facts === undefined) return [];
    const isOfPerson = shape.predicates.some(({ value }) =>
      namesPerson(value, facts),
    );
    return isOfPerson
      ? [{ store: shape.table || "storage", path: ref.path, line }]
      : [];
  });
}

function ofServices(project: Project): PersonUpload[] {
  return [...project.files].flatMap(([path, { code }]) =>
    code === undefined ||
    /^(?:test|script|generated)$/.test(runtimeOf(project, path))
      ? []
      : code.functions.flatMap((facts) =>
          callsIn(facts).flatMap(({ call, callee, line }): PersonUpload[] => {
            if (!uploads.test(lastName(callee))) return [];
            if (!call.arguments.some((one) => namesPerson(one, facts)))
              return [];
            const made = provenanceOfCallee(project, {
              ...{ path, value: call, within: facts },
            });
            const store = services.find(([name]) =>
              name.test(made?.package ?? ""),
            )?.[1];
            return store === undefined ? [] : [{ store, path, line }];
          }),
        ),
  );
}
