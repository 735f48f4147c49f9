import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { dataUses } from "./data-uses.js";
import { callsIn, functionAt } from "./functions.js";
import { localsOf } from "./local-values.js";
import { provenanceOfCallee } from "./provenance.js";
import type { Project } from "./project.js";
import { runtimeOf } from "./runtimes.js";
import { lastName, valuesWithin } from "./value-walk.js";

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

const personId =
  /(?:^|\.)(?:user|profile|member|customer|patient|session\.user|currentUser|account)\.(?:id|uid|sub)$|(?:^|\.)(?:user_?id|uid|profile_?id|customer_?id|patient_?id|member_?id)$/i;

/** Whether a value, or a variable that it is made of, has a person's id in it. */
function namesPerson(value: Value, within: FunctionFacts): boolean {
  const pending = [{ value, hops: 0 }];
  const seen = new Set<Value>();
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (seen.has(at.value)) continue;
    seen.add(at.value);
    for (const part of valuesWithin(at.value)) {
      if (part.kind !== "name") continue;
      if (personId.test(part.name)) return true;
      const local = localsOf(within).get(part.name);
      if (local && at.hops < 2 && local.member === "")
        pending.push({ value: local.value, hops: at.hops + 1 });
    }
  }
  return false;
}
