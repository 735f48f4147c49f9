/** How far a search through names may still go: in depth, and in steps over all its branches together. */
export interface Search {
  readonly depth: number;
  readonly budget: { left: number };
}

/** A fresh search; the budget keeps branches that multiply from taking long. */
export function aSearch(depth: number, steps = 400): Search {
  return { depth, budget: { left: steps } };
}

/** The search one or more levels further down. */
export function deeper(search: Search, levels = 1): Search {
  search.budget.left -= 1;
  return { depth: search.depth - levels, budget: search.budget };
}

/** Whether the search has to give up. */
export function isExhausted({ depth, budget }: Search): boolean {
  return depth <= 0 || budget.left <= 0;
}
