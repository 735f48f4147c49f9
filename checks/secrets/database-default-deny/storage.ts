import type { Finding } from "#gate/finding.js";
import type { SqlPolicy } from "#model/sql-policy.js";
import type { SqlCondition } from "#parse/sql-facts.js";
import { type Exposure, isCaller } from "./exposure.js";
import { sqlFinding } from "./sql-finding.js";

/** Policies on stored files that let strangers write, or any user touch the files of others. */
export function openBuckets({ database }: Exposure): Finding[] {
  const objects = database.tables.get("storage.objects");
  return [...(objects?.policies.values() ?? [])].flatMap((policy) => {
    const who = everyoneWith(policy);
    return who === undefined
      ? []
      : bucketFindings(policy, who, database.buckets);
  });
}

/** Who may touch all files of the buckets that the condition names: it asks for nothing but the bucket. */
function everyoneWith(
  policy: SqlPolicy,
): "anyone" | "any signed-in user" | undefined {
  const { using, check, roles, restrictive } = policy;
  const condition = policy.command === "insert" ? check : (using ?? check);
  if (restrictive || !roles.some(isCaller) || !onlyBucket(condition))
    return undefined;
  const signedIn =
    condition?.anonymous === "never" ||
    !roles.some((role) => role === "public" || role === "anon");
  return signedIn ? "any signed-in user" : "anyone";
}

function onlyBucket(condition: SqlCondition | undefined): boolean {
  if (condition === undefined) return true;
  return (
    condition.signedIn !== "never" &&
    condition.owner.length === 0 &&
    condition.asks.length === 0 &&
    condition.columns.every((column) => column === "bucket_id") &&
    condition.calls.every((call) => /^auth\.(?:uid|role)$/.test(call)) &&
    !condition.strings.includes("service_role")
  );
}

function bucketFindings(
  policy: SqlPolicy,
  who: "anyone" | "any signed-in user",
  buckets: Exposure["database"]["buckets"],
): Finding[] {
  const { command } = policy;
  const named = [...buckets.values()].filter(
    ({ id }) =>
      (policy.using ?? policy.check)?.strings.includes(id) === true ||
      policy.check?.strings.includes(id) === true,
  );
  if (command === "select") {
    const closed = named.filter(({ isPublic }) => !isPublic);
    if (closed.length === 0) return [];
  }
  const acts = {
    all: "read, write and delete",
    select: "read",
    insert: "add",
    update: "replace",
    delete: "delete",
  };
  const where =
    named.length > 0
      ? `bucket ${named.map(({ id }) => `"${id}"`).join(", ")}`
      : "the buckets that it names";
  const isAdding = command === "insert";
  return [
    sqlFinding(policy.place, {
      rule:
        who === "anyone" ? "bucket-open-to-strangers" : "bucket-open-to-users",
      message: `Policy "${policy.name}" lets ${who} ${acts[command]} any file in ${where}.`,
      fix: "Ask for the caller's own folder: (storage.foldername(name))[1] = auth.uid()::text, and name the role by TO authenticated.",
      confidence:
        who === "anyone" ? "certain" : isAdding ? "possible" : "likely",
      identity: `storage.objects ${policy.name}`,
    }),
  ];
}
