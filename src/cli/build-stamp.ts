import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The compiled rooms that decide what the facts of a file are, and the list of what they were installed with. */
const places = ["src/gate", "src/parse", "checks", "../package.json"];

/**
 * Names this build of the parser and the markers. Facts of another build are never used again, also where somebody changed
 * a marker and forgot its version.
 */
export function buildStamp(): string {
  const root = new URL("../../", import.meta.url);
  const hash = createHash("sha256").update(process.versions.node);
  for (const place of places) addTo(hash, fileURLToPath(new URL(place, root)));
  return hash.digest("base64url");
}

function addTo(hash: ReturnType<typeof createHash>, place: string): void {
  const found = statSync(place);
  if (!found.isDirectory()) {
    hash.update(`${place} ${String(found.size)} ${String(found.mtimeMs)}\n`);
    return;
  }
  for (const name of readdirSync(place, { recursive: true, encoding: "utf8" }))
    if (name.endsWith(".js")) addTo(hash, `${place}/${name}`);
}
