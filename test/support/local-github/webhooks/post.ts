import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

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

/** Posts once, on a connection of its own; an unreachable receiver is an answer, not an error. */
export function post(url: string, options: PostOptions): Promise<PostAnswer> {
  const send = url.startsWith("https:") ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const fail = (status: string) => {
      resolve({ statusCode: 0, status, body: "" });
    };
    const request = send(url, {
      method: "POST",
      agent: false,
      timeout: options.timeoutMs,
      headers: {
        ...options.headers,
        "content-length": String(Buffer.byteLength(options.body)),
      },
    });
    request.on("timeout", () => {
      fail("timed out");
      request.destroy();
    });
    request.on("error", () => {
      fail("failed to connect");
    });
    request.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", () => undefined);
      response.on("end", () => {
        const statusCode = response.statusCode ?? 0;
        resolve({
          statusCode,
          status:
            statusCode < 400 ? "OK" : (response.statusMessage ?? "Invalid"),
          body: Buffer.concat(parts).toString("utf8"),
        });
      });
    });
    request.end(options.body);
  });
}
