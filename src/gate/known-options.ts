/** What an option of a check is for. */
export interface KnownOption {
  /** Slug of the check that reads it. */
  readonly check: string;
  /** Key under `options`. */
  readonly name: string;
  readonly describes: string;
}

/** Every option that a check reads: lists of endpoints, by path with `*` and `**`. Anything else is a mistake. */
export const knownOptions = [
  {
    check: "server-side-authorization",
    name: "public-routes",
    describes: "Endpoints that anyone may call on purpose.",
  },
  {
    check: "rate-limits",
    name: "limited-routes",
    describes:
      "Endpoints that something in front of the app limits, a gateway or a firewall.",
  },
] as const satisfies readonly KnownOption[];
