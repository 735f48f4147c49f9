import { GraphqlRefusal } from "./graphql-refusal.js";

/** The arguments of every list. */
export interface ListArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

const maxItems = 100;

/**
 * A page of a list.
 *
 * @param name - Of the field, for GitHub's words when the page has no bounds.
 * @param view - Turns one item into what the query reads; only for the items of the page.
 * @throws GraphqlRefusal when neither `first` nor `last` is given, or too much is asked for.
 */
export function connection<Item, View>(
  name: string,
  items: readonly Item[],
  args: ListArguments,
  view: (item: Item) => View,
) {
  const asked = args.first ?? args.last;
  if (asked === undefined || asked === null) {
    throw new GraphqlRefusal(
      "MISSING_PAGINATION_BOUNDARIES",
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  }
  if (asked > maxItems || asked < 0) {
    throw new GraphqlRefusal(
      "EXCESSIVE_PAGINATION",
      `Requesting ${String(asked)} records on the \`${name}\` connection exceeds the \`first\` limit of ${String(maxItems)} records.`,
    );
  }
  const from = args.after ? indexOf(args.after) + 1 : 0;
  const to = args.before ? indexOf(args.before) : items.length;
  const start =
    args.first === undefined || args.first === null
      ? Math.max(from, to - asked)
      : from;
  const end = Math.min(to, start + asked);
  const isEmpty = end <= start;
  return {
    totalCount: items.length,
    nodes: items.slice(start, end).map((item) => view(item)),
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: isEmpty ? null : cursor(start),
      endCursor: isEmpty ? null : cursor(end - 1),
    },
  };
}

function cursor(index: number): string {
  return Buffer.from(`cursor:v2:${String(index)}`).toString("base64");
}

function indexOf(text: string): number {
  const decoded = Buffer.from(text, "base64").toString("utf8");
  const index = Number(decoded.split(":")[2]);
  if (Number.isInteger(index)) return index;
  throw new GraphqlRefusal(
    "INVALID_CURSOR_ARGUMENTS",
    `\`${text}\` does not appear to be a valid cursor.`,
  );
}
