import type { IncomingMessage } from "node:http";
import { BodyError, readBody } from "./read-body.js";

/** Bounds on what unknown senders may hold of this process. */
export interface BodyBounds {
  /** GitHub's own cap on a payload is 25 MB. https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap */
  readonly maxBytes: number;
  /** Time from the headers to the body's last byte. */
  readonly deadlineMs: number;
  /** Bodies that are read at the same time. */
  readonly maxBodies: number;
  /** Bytes of all unfinished bodies together. */
  readonly maxBytesInFlight: number;
  /** When all slots are taken, a body that takes longer than this makes room for a new one. */
  readonly patienceMs: number;
}

/** Bounds for a server on the open internet. */
export const defaultBounds: BodyBounds = {
  maxBytes: 25 * 1024 * 1024,
  deadlineMs: 10_000,
  maxBodies: 64,
  maxBytesInFlight: 256 * 1024 * 1024,
  patienceMs: 1_000,
};

interface Slot {
  readonly since: number;
  readonly controller: AbortController;
  bytes: number;
}

/** Reads bodies within bounds, whoever sends them and however slowly. */
export class BodySlots {
  readonly #bounds: BodyBounds;
  readonly #now: () => number;
  /** In the order of their arrival. */
  readonly #slots = new Set<Slot>();

  constructor(bounds: BodyBounds, now: () => number) {
    this.#bounds = bounds;
    this.#now = now;
  }

  /** Bodies that are being read. */
  get taken(): number {
    return this.#slots.size;
  }

  /**
   * Reads a body; its slot is free again when the promise settles.
   *
   * @throws BodyError with 408, 413 or 503 when a bound is passed.
   */
  async read(request: IncomingMessage): Promise<Buffer> {
    const length = Number(request.headers["content-length"] ?? 0);
    if (length > this.#bounds.maxBytes) throw tooLarge();
    const slot = this.#take();
    const deadline = setTimeout(() => {
      slot.controller.abort(tooSlow());
    }, this.#bounds.deadlineMs);
    try {
      return await readBody(request, {
        signal: slot.controller.signal,
        onBytes: (count) => {
          this.#count(slot, count);
        },
      });
    } finally {
      clearTimeout(deadline);
      this.#slots.delete(slot);
    }
  }

  #take(): Slot {
    if (this.#slots.size >= this.#bounds.maxBodies) this.#evictSlowest();
    const slot = {
      since: this.#now(),
      controller: new AbortController(),
      bytes: 0,
    };
    this.#slots.add(slot);
    return slot;
  }

  /** Sixty-four senders that never finish must not shut the door for GitHub, whose bodies arrive at once. */
  #evictSlowest(): void {
    const [oldest] = this.#slots;
    if (!oldest || this.#now() - oldest.since < this.#bounds.patienceMs)
      throw tooMany();
    this.#slots.delete(oldest);
    oldest.controller.abort(tooSlow());
  }

  #count(slot: Slot, count: number): void {
    slot.bytes += count;
    if (slot.bytes > this.#bounds.maxBytes) throw tooLarge();
    let together = 0;
    for (const { bytes } of this.#slots) together += bytes;
    if (together > this.#bounds.maxBytesInFlight) throw tooMany();
  }
}

const tooLarge = (): BodyError =>
  new BodyError(413, "The body is larger than a webhook can be.");
const tooSlow = (): BodyError =>
  new BodyError(408, "The body did not arrive in time.");
const tooMany = (): BodyError =>
  new BodyError(503, "Too many deliveries at once; send it again later.");
