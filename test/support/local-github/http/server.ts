import { createHash } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Answer } from "./answer.js";
import type { Fault, Faults } from "./faults.js";
import { callerOf, type RateLimit } from "./rate-limit.js";
import type { ReadRequest, Responder } from "./responder.js";

/** One request that came in. Tokens are never part of it. */
export interface RecordedRequest {
  readonly at: Date;
  readonly method: string;
  /** Without `/api/v3`. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
  /** Method and path template; undefined when nothing answers there. */
  readonly operation: string | undefined;
  /** What was sent, read as JSON where it is JSON. */
  readonly body: unknown;
  /** 0 while there is no answer, or where none was given. */
  status: number;
  /** Until the answer was sent. */
  durationMs: number;
}

/** The parts that a server joins. */
interface ServerParts {
  readonly responder: Responder;
  readonly faults: Faults;
  readonly rateLimit: RateLimit;
  readonly requests: RecordedRequest[];
}

/** Speaks HTTP on a port of this machine. */
export class GithubServer {
  /** Added to every answer. */
  latencyMs = 0;
  readonly #parts: ServerParts;
  readonly #server: Server;
  readonly #lastAnswers = new Map<string, Answer>();

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#server = createServer((request, response) => {
      void this.#serve(request, response).catch(() => response.destroy());
    });
    // A connection that is closed just as a slow machine uses it again would look like a fault that nobody asked for.
    this.#server.keepAliveTimeout = 0;
  }

  /** @param port - 0 for any free one. @returns Scheme, host and port. */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", resolve);
    });
    const address = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${String(address.port)}`;
  }

  /** Hangs up on everybody. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const started = performance.now();
    const request = await readRequest(incoming);
    const record = this.#record(request);
    const fault = this.#parts.faults.take(
      request.method,
      request.path,
      request.body,
    );
    const delayMs = this.latencyMs + (fault?.delayMs ?? 0);
    if (delayMs > 0) await wait(delayMs, undefined, { ref: false });
    if (fault?.reset) {
      incoming.socket.destroy();
      return;
    }
    const answer = await this.#answer(request, fault);
    if (fault?.actThenReset) incoming.socket.destroy();
    if (fault?.actThenReset || fault?.actThenHang) return;
    record.status = this.#send(request, response, answer, fault);
    record.durationMs = Math.round(performance.now() - started);
  }

  #record(request: ReadRequest): RecordedRequest {
    const record: RecordedRequest = {
      at: new Date(),
      method: request.method,
      path: request.path,
      query: request.url.search.replace(/token=[^&]*/, "token=hidden"),
      operation: this.#parts.responder.operationOf(request),
      body: readable(request.body),
      status: 0,
      durationMs: 0,
    };
    this.#parts.requests.push(record);
    return record;
  }

  async #answer(
    request: ReadRequest,
    fault: Fault | undefined,
  ): Promise<Answer> {
    if (fault?.status !== undefined) {
      return {
        status: fault.status,
        body: fault.body ?? {
          message: "Scripted fault",
          documentation_url: "",
        },
        ...(fault.headers ? { headers: fault.headers } : {}),
      };
    }
    const key = `${request.method} ${request.url.href} ${request.body}`;
    const last = fault?.stale ? this.#lastAnswers.get(key) : undefined;
    const answer = last ?? (await this.#parts.responder.answer(request));
    const isRead = request.method === "GET" || request.path === "/graphql";
    if (isRead) this.#lastAnswers.set(key, answer);
    if (!fault) return answer;
    return {
      status: answer.status,
      body: fault.rewrite ? fault.rewrite(answer.body) : answer.body,
      headers: { ...answer.headers, ...fault.headers },
    };
  }

  /** @returns The status that was sent. */
  #send(
    request: ReadRequest,
    response: ServerResponse,
    answer: Answer,
    fault: Fault | undefined,
  ): number {
    const bytes = bytesOf(answer.body);
    const caller = callerOf(request.headers);
    const tag = etagOf(request, answer, bytes);
    const isKnown =
      tag !== undefined && request.headers["if-none-match"] === tag;
    if (!isKnown) this.#parts.rateLimit.count(caller);
    const status = isKnown ? 304 : answer.status;
    response.writeHead(status, {
      ...(bytes && !Buffer.isBuffer(answer.body)
        ? { "content-type": "application/json; charset=utf-8" }
        : {}),
      ...(tag ? { etag: tag } : {}),
      "x-github-media-type": "github.v3; format=json",
      "x-github-request-id": randomRequestId(),
      ...this.#parts.rateLimit.headers(caller),
      ...answer.headers,
      ...(isKnown ? {} : { "content-length": String(bytes?.length ?? 0) }),
    });
    if (fault?.truncate && bytes) {
      const half = bytes.subarray(0, Math.floor(bytes.length / 2));
      response.write(half, () => response.destroy());
    } else {
      response.end(isKnown ? undefined : bytes);
    }
    return status;
  }
}

async function readRequest(incoming: IncomingMessage): Promise<ReadRequest> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const host = incoming.headers.host ?? "127.0.0.1";
  const url = new URL(incoming.url ?? "/", `http://${host}`);
  return {
    method: incoming.method ?? "GET",
    path:
      url.pathname.replace(/^\/api(\/v3(?=\/|$)|(?=\/graphql$))/, "") || "/",
    url,
    headers: incoming.headers,
    body: Buffer.concat(parts).toString("utf8"),
  };
}

function readable(body: string): unknown {
  if (body === "") return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined) return undefined;
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

function etagOf(
  request: ReadRequest,
  answer: Answer,
  bytes: Buffer | undefined,
): string | undefined {
  if (request.method !== "GET" || answer.status !== 200) return undefined;
  const hash = createHash("sha256").update(bytes ?? "");
  return `W/"${hash.digest("hex")}"`;
}

function randomRequestId(): string {
  return Math.random().toString(16).slice(2, 14).toUpperCase();
}
