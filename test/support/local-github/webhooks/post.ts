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
export async function post(
  url: string,
  options: PostOptions,
): Promise<PostAnswer> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: { ...options.headers, connection: "close" },
      body: options.body,
      signal,
    });
    const { status: statusCode, statusText } = response;
    const status = statusCode < 400 ? "OK" : statusText;
    return { statusCode, status, body: await response.text() };
  } catch {
    const status = signal.aborted ? "timed out" : "failed to connect";
    return { statusCode: 0, status, body: "" };
  }
}
