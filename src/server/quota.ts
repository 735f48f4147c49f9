import type { Queue } from "#queue/queue.js";
import { PutOff } from "./put-off.js";
import type { Work } from "./work.js";

/** Below this part of its hourly quota an installation is short of it. */
const shortPart = 0.1;

/** Work that nobody waits for. */
const canWait: readonly Work["kind"][] = [
  "first-look",
  "reconcile-installation",
  "reconcile-repository",
];

/** Watches what is left of each installation's hourly quota, and sees to it that the newest heads get it. */
export class Quota {
  readonly #queue: Queue;
  /** Milliseconds since 1970 until which each installation is short. */
  readonly #shortUntil = new Map<number, number>();

  constructor(queue: Queue) {
    this.#queue = queue;
  }

  /**
   * Notes what an answer of GitHub says.
   *
   * @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit
   */
  note(
    installationId: number,
    headers: Readonly<Record<string, unknown>>,
  ): void {
    const [limit, remaining, reset] = ["limit", "remaining", "reset"].map(
      (name) => Number(headers[`x-ratelimit-${name}`] ?? Number.NaN),
    );
    if (limit === undefined || remaining === undefined || reset === undefined)
      return;
    if (!(remaining < limit * shortPart) || Number.isNaN(reset)) return;
    const until = reset * 1_000;
    if (this.#shortUntil.get(installationId) === until) return;
    this.#shortUntil.set(installationId, until);
    // Only an order; where it cannot be stored now, the next answer brings it again.
    this.#queue
      .preferNewest(String(installationId), until)
      .catch(() => this.#shortUntil.delete(installationId));
  }

  /** @throws PutOff for work that can wait, while its installation is short of quota. @param now - Milliseconds since 1970. */
  admit(work: Work, now: number): void {
    const until = this.#shortUntil.get(work.installationId) ?? 0;
    if (until > now && canWait.includes(work.kind))
      throw new PutOff(
        new Date(until),
        "This can wait until GitHub's quota is renewed.",
      );
  }
}
