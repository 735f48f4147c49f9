import { createHmac, randomBytes } from "node:crypto";
import type { Records } from "#queue/records.js";

const collection = "server";
const name = "fingerprint-key";

/**
 * Reads the key that fingerprints of secrets are made with, or makes one that stays.
 *
 * @returns the key of an installation. A plain hash of a short secret could be guessed, and one key for all would let one
 * installation recognise another's secrets.
 */
export async function fingerprintKeys(
  records: Records,
): Promise<(installationId: number) => string> {
  const fresh = randomBytes(32).toString("hex");
  await records.put(collection, name, fresh, { ifVersion: 0 });
  const kept = await records.get(collection, name);
  if (typeof kept?.value !== "string")
    throw new Error("The store holds no fingerprint key.");
  const root = kept.value;
  return (installationId) =>
    createHmac("sha256", root).update(String(installationId)).digest("hex");
}
