import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

/** What came back for a webhook. */
export interface PostAnswer {
  /** 0 when nothing came back. */
  readonly statusCode: number;
  /** GitHub's word for it. */
  readonly status: string;
  readonly body: string;
}

/** How a webhook is sent. */
interface PostOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

/**
 * Posts once, on a connection of its own; an unreachable receiver is an answer, not an error.
 *
 * The pool of `fetch` may hold a connection to a receiver that has ended since, so it is not asked.
 */
export async function post(
  url: string,
  options: PostOptions,
): Promise<PostAnswer> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  try {
    return await send(url, options, signal);
  } catch {
    const status = signal.aborted ? "timed out" : "failed to connect";
    return { statusCode: 0, status, body: "" };
  }
}

async function send(
  url: string,
  { headers, body }: PostOptions,
  signal: AbortSignal,
): Promise<PostAnswer> {
  const sent = request(url, {
    method: "POST",
    agent: false,
    headers: { ...headers, "content-length": Buffer.byteLength(body) },
    signal,
  });
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const { statusCode = 0, statusMessage = "" } = response;
  const status = statusCode < 400 ? "OK" : statusMessage;
  return { statusCode, status, body: await text(response) };
}
