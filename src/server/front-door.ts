import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { type BodyBounds, BodySlots, defaultBounds } from "./body-slots.js";
import type { Metrics } from "./metrics.js";
import { BodyError } from "./read-body.js";
import type { Secret } from "./secret.js";
import { isSignature, isSignedBy } from "./signature.js";

/** A delivery whose signature is right. Its content is still only a hint. */
export interface SignedDelivery {
  readonly id: string;
  readonly event: string;
  /** The raw bytes that were signed. */
  readonly body: Buffer;
}

/** What the front door needs. */
export interface FrontDoorOptions {
  /** The one path on which webhooks are taken. */
  readonly path: string;
  readonly secrets: readonly Secret[];
  /** Stores the delivery durably; what it throws is answered with 503. */
  readonly store: (delivery: SignedDelivery) => Promise<void>;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly bounds?: Partial<BodyBounds>;
  readonly now?: () => number;
}

/** A refusal before the body was read. */
interface Refusal {
  readonly status: number;
  readonly because: string;
}

/** Takes webhooks from the internet: checks what is cheap first, trusts nothing unsigned, answers 2xx only for what is stored. */
export class FrontDoor {
  readonly #options: FrontDoorOptions;
  readonly #slots: BodySlots;
  #secrets: readonly Secret[];
  #open = true;

  constructor(options: FrontDoorOptions) {
    this.#options = options;
    this.#secrets = options.secrets;
    const bounds = { ...defaultBounds, ...options.bounds };
    this.#slots = new BodySlots(bounds, options.now ?? Date.now);
  }

  /** From now on every delivery is answered 503, so that GitHub knows that it was not taken. */
  close(): void {
    this.#open = false;
  }

  /** From now on these secrets count. */
  renew(secrets: readonly Secret[]): void {
    this.#secrets = secrets;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Answers a request to the webhook path; never rejects. */
  readonly handle = async (
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const refusal = this.#refusalOf(request);
    if (refusal) {
      this.#count("refused");
      answer(request, response, refusal.status, refusal.because);
      return;
    }
    const delivery = headersOf(request);
    try {
      const body = await this.#slots.read(request);
      await this.#take(request, response, { ...delivery, body });
    } catch (error) {
      this.#refuseBody(request, response, error);
    }
  };

  #refusalOf(request: IncomingMessage): Refusal | undefined {
    if (!this.#open) return { status: 503, because: "Shutting down." };
    if (request.method !== "POST")
      return { status: 405, because: "Only POST is taken here." };
    return headerRefusal(request);
  }

  async #take(
    request: IncomingMessage,
    response: ServerResponse,
    delivery: SignedDelivery,
  ): Promise<void> {
    const { id, event, body } = delivery;
    const signature = header(request, "x-hub-signature-256");
    if (!isSignedBy(this.#secrets, body, signature)) {
      this.#count("unsigned");
      this.#options.log.warn(
        { delivery: id, event, bytes: body.length },
        "A delivery with a wrong signature was refused",
      );
      answer(request, response, 401, "The signature is wrong.");
      return;
    }
    this.#countSecret(body, signature);
    try {
      await this.#options.store(delivery);
    } catch (cause) {
      this.#count("not-stored");
      this.#options.log.error(
        { delivery: id, event, err: cause },
        "A delivery could not be stored",
      );
      answer(request, response, 503, "Not stored; send it again later.");
      return;
    }
    this.#count("stored");
    answer(request, response, 202, "Stored.");
  }

  /** While a secret is being rotated, the counts say when the old one is not used any more. */
  #countSecret(body: Buffer, signature: string): void {
    const [present, ...previous] = this.#secrets;
    if (!present || previous.length === 0) return;
    const isPresent = isSignedBy([present], body, signature);
    this.#options.metrics.count(
      "vibegate_signatures_total",
      isPresent ? "present-secret" : "previous-secret",
    );
  }

  #refuseBody(
    request: IncomingMessage,
    response: ServerResponse,
    error: unknown,
  ): void {
    if (!(error instanceof BodyError)) {
      this.#options.log.error({ err: error }, "A request failed");
      answer(request, response, 500, "Failed.");
      return;
    }
    this.#count("refused");
    answer(request, response, error.status, error.message);
  }

  #count(outcome: string): void {
    this.#options.metrics.count("vibegate_deliveries_total", outcome);
  }
}

/** Cheap checks, before a byte of the body is read. */
function headerRefusal(request: IncomingMessage): Refusal | undefined {
  if (!/^application\/json(;|$)/i.test(header(request, "content-type")))
    return { status: 415, because: "Only application/json is taken." };
  if (header(request, "content-encoding") !== "")
    return { status: 415, because: "No content encoding is taken." };
  if (!/^[\w-]{1,100}$/.test(header(request, "x-github-delivery")))
    return { status: 400, because: "X-GitHub-Delivery is missing or odd." };
  if (!/^[a-z_]{1,60}$/.test(header(request, "x-github-event")))
    return { status: 400, because: "X-GitHub-Event is missing or odd." };
  if (!isSignature(header(request, "x-hub-signature-256")))
    return { status: 400, because: "X-Hub-Signature-256 is missing or odd." };
  return undefined;
}

function headersOf(
  request: IncomingMessage,
): Pick<SignedDelivery, "id" | "event"> {
  return {
    id: header(request, "x-github-delivery"),
    event: header(request, "x-github-event"),
  };
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}

/** Says the outcome in one sentence. Where the body was not read to its end, the connection ends too. */
function answer(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  sentence: string,
): void {
  if (response.headersSent || response.destroyed) return;
  const unread = !request.complete;
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
    ...(unread ? { connection: "close" } : {}),
    ...(status === 503 ? { "retry-after": "10" } : {}),
  });
  response.end(`${sentence}\n`, () => {
    if (unread) request.destroy();
  });
}
