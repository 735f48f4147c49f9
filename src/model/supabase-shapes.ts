import type { ObjectEntry } from "#parse/module-facts.js";
import {
  type Chain,
  type DataShape,
  type Link,
  supabaseVerbs,
  writtenBy,
} from "./data-shape.js";
import { stringOf } from "./value-walk.js";

const storageVerbs: Readonly<Record<string, DataShape["kind"]>> = {
  remove: "delete",
  move: "update",
  copy: "create",
  upload: "create",
  download: "read",
  createSignedUrl: "read",
};
const accountVerbs: Readonly<Record<string, DataShape["kind"]>> = {
  deleteUser: "delete",
  createUser: "create",
  inviteUserByEmail: "create",
  updateUserById: "update",
  generateLink: "create",
};

/** Tables, buckets and accounts of Supabase. */
export function supabaseShape({ root, links }: Chain): DataShape | undefined {
  const account = accountShape({ root, links });
  if (account) return account;
  const from = links.findIndex(
    ({ method, given }) => method === "from" && given.length === 1,
  );
  const table = stringOf(links[from]?.given[0]);
  if (from < 0) return undefined;
  const client = root.replace(/\.(?:storage|schema)$/, "");
  const after = links.slice(from + 1);
  if (/(?:^|\.)storage$/.test(root))
    return storageShape(client, table ?? "", after);
  const verb = after.find(({ method }) => Object.hasOwn(supabaseVerbs, method));
  if (verb === undefined || from !== 0) return undefined;
  return {
    kind: supabaseVerbs[verb.method] ?? "read",
    table: table ?? "",
    client,
    library: "supabase",
    predicates: after.flatMap(filterOf),
    values: verb.method === "select" ? [] : writtenBy(verb.given[0]),
  };
}

function filterOf({ method, given }: Link): ObjectEntry[] {
  const [column, value] = given;
  if (method === "match" && column?.kind === "object")
    return [...column.entries];
  if (
    !/^(?:eq|in|is|ilike|like|contains|or|filter|neq|gt|gte|lt|lte)$/.test(
      method,
    )
  )
    return [];
  if (method === "or" && column) return [{ key: "or", value: column }];
  return value ? [{ key: stringOf(column) ?? "", value }] : [];
}

/** `auth.admin.deleteUser(id)`. */
function accountShape({ root, links }: Chain): DataShape | undefined {
  const last = links.at(-1);
  if (
    /(?:^|\.)auth\.admin$/.test(root) &&
    last &&
    Object.hasOwn(accountVerbs, last.method)
  )
    return {
      kind: accountVerbs[last.method] ?? "update",
      table: "accounts",
      client: root.replace(/\.auth\.admin$/, ""),
      library: "accounts",
      predicates: last.given.slice(0, 1).map((value) => ({ key: "id", value })),
      values: last.given.flatMap((one) =>
        one.kind === "object" ? one.entries : [],
      ),
    };
  return undefined;
}

function storageShape(
  client: string,
  bucket: string,
  after: readonly Link[],
): DataShape | undefined {
  const verb = after.find(({ method }) => Object.hasOwn(storageVerbs, method));
  if (verb === undefined) return undefined;
  const predicates = verb.given
    .slice(0, 1)
    .map((value) => ({ key: "path", value }));
  return {
    kind: storageVerbs[verb.method] ?? "read",
    table: bucket,
    client,
    library: "storage",
    predicates,
    values: [],
  };
}
