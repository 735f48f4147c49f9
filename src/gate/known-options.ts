/** What an option of a check is for. */
export interface KnownOption {
  /** Slug of the check that reads it. */
  readonly check: string;
  /** Key under `options`. */
  readonly name: string;
  /** Slugs of its rules that can have an option of their own; it then holds for them alone. */
  readonly rules: readonly string[];
  readonly describes: string;
}

/** Whether an option may stand under a check or one of its rules. */
export function isOptionOf(
  { check, rules }: KnownOption,
  subject: string,
): boolean {
  return (
    subject === check || rules.some((rule) => subject === `${check}/${rule}`)
  );
}

/** Every option that a check reads: lists of endpoints, by path with `*` and `**`. Anything else is a mistake. */
export const knownOptions = [
  {
    check: "server-side-authorization",
    name: "public-routes",
    rules: [
      "open-mutation",
      "open-read",
      "guard-only-in-ui",
      "presence-only",
      "identity-from-request",
    ],
    describes: "Endpoints that anyone may call on purpose.",
  },
  {
    check: "rate-limits",
    name: "limited-routes",
    rules: [
      "anonymous-costly-route",
      "unlimited-costly-route",
      "unlimited-credential-route",
      "limiter-misses-route",
      "limiter-result-unused",
      "spoofable-limiter-key",
      "memory-limiter-on-serverless",
      "limiter-fails-open",
    ],
    describes:
      "Endpoints that something in front of the app limits, a gateway or a firewall.",
  },
] as const satisfies readonly KnownOption[];
