import { z } from "zod";
import type { Credentials } from "./credentials.js";

/** An app that GitHub has just registered. */
export interface Registered {
  readonly credentials: Credentials;
  /** Its page on GitHub. */
  readonly htmlUrl: string;
}

const answer = z.object({
  id: z.number().int().positive(),
  html_url: z.url({ protocol: /^https?$/ }),
  pem: z.string().min(1),
  webhook_secret: z.string().min(32),
});

const timeoutMs = 15_000;

/**
 * Exchanges the code that GitHub sent the browser back with. A code works once, within an hour.
 *
 * @throws Error without the answer's content, which may hold the key.
 */
export async function convertCode(
  apiUrl: string,
  code: string,
): Promise<Registered> {
  if (!/^[\w-]{1,200}$/.test(code))
    throw new Error("That is no code of GitHub.");
  const response = await fetch(`${apiUrl}/app-manifests/${code}/conversions`, {
    method: "POST",
    headers: {
      accept: "application/vnd.github+json",
      "user-agent": "vibegate",
    },
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 201)
    throw new Error(`GitHub answered ${String(response.status)}.`);
  const parsed = answer.safeParse(await response.json());
  if (!parsed.success)
    throw new Error("GitHub's answer is not that of a registered app.");
  const { id, pem, webhook_secret, html_url } = parsed.data;
  return {
    credentials: {
      ...{ appId: id, privateKey: pem, webhookSecret: webhook_secret },
    },
    htmlUrl: html_url,
  };
}
