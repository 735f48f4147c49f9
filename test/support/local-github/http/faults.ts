/** Something that goes wrong on purpose. The first that fits a request is used. */
export interface Fault {
  /** Any method unless told. */
  readonly method?: string;
  /** Tested against the path without `/api/v3`; `/graphql` for GraphQL. */
  readonly path?: RegExp;
  /** Tested against the text of the request's body. */
  readonly bodyMatches?: RegExp;
  /** How many requests suffer; every one unless told. */
  readonly times?: number;
  /** How many fitting requests are spared first. */
  readonly skip?: number;
  /** Answered instead of acting. */
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Waits before anything else. */
  readonly delayMs?: number;
  /** Promises the whole answer, sends half, and hangs up. */
  readonly truncate?: boolean;
  /** Hangs up without acting. */
  readonly reset?: boolean;
  /** Acts, and never answers. */
  readonly actThenHang?: boolean;
  /** Acts, and hangs up before it answers. */
  readonly actThenReset?: boolean;
  /** Answers a read as it was answered the last time, whatever has changed since. */
  readonly stale?: boolean;
  /** Changes what is answered. */
  readonly rewrite?: (body: unknown) => unknown;
}

/** What an installation hears that has used up its hour; to be spread into a fault. */
export function primaryRateLimit(resetAt: Date): Fault {
  return {
    status: 403,
    headers: {
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(Math.ceil(resetAt.getTime() / 1000)),
    },
    body: { message: "API rate limit exceeded for installation." },
  };
}

/** What an app hears that asks too much at once; to be spread into a fault. */
export function secondaryRateLimit(retryAfterSeconds: number): Fault {
  return {
    status: 403,
    headers: { "retry-after": String(retryAfterSeconds) },
    body: {
      message:
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
    },
  };
}

interface Armed {
  readonly fault: Fault;
  spared: number;
  left: number;
}

/** The faults that are still to happen. */
export class Faults {
  #armed: Armed[] = [];

  /** Arms one. @returns What disarms it. */
  add(fault: Fault): () => void {
    const armed: Armed = {
      fault,
      spared: fault.skip ?? 0,
      left: fault.times ?? Number.POSITIVE_INFINITY,
    };
    this.#armed.push(armed);
    return () => {
      this.#armed = this.#armed.filter((one) => one !== armed);
    };
  }

  /** The fault that this request suffers, which counts as one of its times. */
  take(method: string, path: string, body: string): Fault | undefined {
    for (const armed of this.#armed) {
      if (armed.left <= 0 || !fits(armed.fault, method, path, body)) continue;
      if (armed.spared > 0) {
        armed.spared -= 1;
        continue;
      }
      armed.left -= 1;
      return armed.fault;
    }
    return undefined;
  }

  /** Disarms all. */
  clear(): void {
    this.#armed = [];
  }
}

function fits(
  fault: Fault,
  method: string,
  path: string,
  body: string,
): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  if (fault.path && !fault.path.test(path)) return false;
  return !fault.bodyMatches || fault.bodyMatches.test(body);
}
