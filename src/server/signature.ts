import { createHmac, timingSafeEqual } from "node:crypto";
import type { Secret } from "./secret.js";

/**
 * Whether one of the secrets signed these bytes. Takes the same time for every wrong signature.
 *
 * @param signature - The header's value, `sha256=` and 64 hexadecimal digits.
 * @see https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
 */
export function isSignedBy(
  secrets: readonly Secret[],
  body: Buffer,
  signature: string,
): boolean {
  const given = Buffer.from(signature.slice("sha256=".length), "hex");
  let signed = false;
  for (const secret of secrets) {
    const right = createHmac("sha256", secret.reveal()).update(body).digest();
    // No early return: which secret fits must not show in the time taken.
    if (given.length === right.length && timingSafeEqual(given, right))
      signed = true;
  }
  return signed;
}

/** Whether a header's value has the form of a signature. */
export function isSignature(header: string): boolean {
  return /^sha256=[0-9a-f]{64}$/i.test(header);
}
