import {
  createHmac,
  generateKeyPairSync,
  randomBytes,
  randomUUID,
} from "node:crypto";

/** A fresh secret of the right length. */
export const aSecret = (): string => randomBytes(32).toString("hex");

/** A fresh key of an app, as PEM. */
export const aPrivateKey = (): string =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;

/** Headers of a delivery that was signed with the secret. */
export function signedHeaders(
  secret: string,
  body: string | Buffer,
  more: Record<string, string> = {},
): Record<string, string> {
  const digest = createHmac("sha256", secret).update(body).digest("hex");
  return {
    "content-type": "application/json",
    "x-github-delivery": randomUUID(),
    "x-github-event": "pull_request",
    "x-hub-signature-256": `sha256=${digest}`,
    ...more,
  };
}

/** The least that a `pull_request` payload holds. */
export function aPullRequestPayload(number: number, action = "opened"): string {
  return JSON.stringify({
    action,
    number,
    installation: { id: 7 },
    repository: { id: 42, name: "shop", owner: { login: "acme" } },
  });
}
