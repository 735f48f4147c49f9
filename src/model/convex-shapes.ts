import type { Value } from "#parse/module-facts.js";
import { type Chain, type DataShape, writtenBy } from "./data-shape.js";
import { lastName, stringOf } from "./value-walk.js";

/** What Convex's database is told to write: `ctx.db.patch(id, fields)`, with the table's name before the id or without. */
export function convexShape({ root, links }: Chain): DataShape | undefined {
  const [first, second] = links;
  if (first === undefined || second || !/(?:^|\.)db$/.test(root))
    return undefined;
  const [name] = first.given;
  const table = name && stringOf(name);
  const base = { table: table ?? "", client: root, library: "orm" as const };
  const given = table === undefined ? first.given : first.given.slice(1);
  const written = writtenBy(given.at(-1));
  const predicates = given.slice(0, 1).map((value) => ({ key: "id", value }));
  switch (`${first.method} ${String(given.length)}`) {
    case "insert 1":
      return table === undefined
        ? undefined
        : { ...base, kind: "create", predicates: [], values: written };
    case "patch 2":
    case "replace 2":
      return { ...base, kind: "update", predicates, values: written };
    case "delete 1":
      return table !== undefined || isId(given[0])
        ? { ...base, kind: "delete", predicates, values: [] }
        : undefined;
    default:
      return undefined;
  }
}

/** `args.taskId` and `row._id`; what other libraries delete is a table. */
function isId(value: Value | undefined): boolean {
  return (
    value?.kind === "name" && /(?:^_?id|Id|_id)$/.test(lastName(value.name))
  );
}
