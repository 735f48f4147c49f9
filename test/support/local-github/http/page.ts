import type { Answer } from "./answer.js";
import type { Call } from "./route.js";

const defaultPerPage = 30;
const maxPerPage = 100;

/** One page of a list, with the links to the others that clients follow. */
export function paged<Item>(
  call: Call,
  items: readonly Item[],
  wrap: (page: Item[]) => unknown = (page) => page,
): Answer {
  const { page, perPage } = pageOf(call);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const start = (page - 1) * perPage;
  const headers = linkHeader(call.url, page, last);
  return {
    status: 200,
    body: wrap(items.slice(start, start + perPage)),
    ...(headers ? { headers: { link: headers } } : {}),
  };
}

/** The items of the page that was asked for. */
export function pageItems<Item>(call: Call, items: readonly Item[]): Item[] {
  const { page, perPage } = pageOf(call);
  return items.slice((page - 1) * perPage, page * perPage);
}

function pageOf(call: Call): { page: number; perPage: number } {
  const asked = Number(call.query["per_page"] ?? defaultPerPage);
  return {
    page: Math.max(1, Number(call.query["page"] ?? 1)),
    perPage: Math.min(maxPerPage, Math.max(1, asked)),
  };
}

function linkHeader(url: URL, page: number, last: number): string | undefined {
  const links: [string, number][] = [];
  if (page > 1) links.push(["prev", page - 1], ["first", 1]);
  if (page < last) links.push(["next", page + 1], ["last", last]);
  if (links.length === 0) return undefined;
  return links
    .map(([name, number]) => {
      const target = new URL(url);
      target.searchParams.set("page", String(number));
      return `<${target.href}>; rel="${name}"`;
    })
    .join(", ");
}
