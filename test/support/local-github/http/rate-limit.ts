import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Requests that one caller may make in an hour. */
const perHour = 5000;

/** Callers are told apart by what they sent, of which only a hash is kept. */
export function callerOf(headers: IncomingHttpHeaders): string {
  const sent = headers.authorization ?? "";
  return createHash("sha256").update(sent).digest("hex");
}

/** Counts requests by caller, and says how many are left. */
export class RateLimit {
  readonly #used = new Map<string, number>();
  readonly #reset: number;

  constructor(now: Date) {
    this.#reset = Math.floor(now.getTime() / 1000) + 3600;
  }

  /** Counts one more for a caller. */
  count(caller: string): void {
    this.#used.set(caller, this.#usedBy(caller) + 1);
  }

  /** What `GET /rate_limit` shows. */
  state(caller: string) {
    const used = this.#usedBy(caller);
    return {
      limit: perHour,
      used,
      remaining: Math.max(0, perHour - used),
      reset: this.#reset,
    };
  }

  /** The headers that every answer carries. */
  headers(caller: string): Record<string, string> {
    const state = this.state(caller);
    return {
      "x-ratelimit-limit": String(state.limit),
      "x-ratelimit-remaining": String(state.remaining),
      "x-ratelimit-used": String(state.used),
      "x-ratelimit-reset": String(state.reset),
      "x-ratelimit-resource": "core",
    };
  }

  #usedBy(caller: string): number {
    return this.#used.get(caller) ?? 0;
  }
}
