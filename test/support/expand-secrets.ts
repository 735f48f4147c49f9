import { generateSecret } from "./secret-samples.js";

/** Replaces each `{{secret:kind}}` by a made-up credential of that kind, always the same one. */
export function expandSecrets(text: string): string {
  return text.replace(/\{\{secret:([\w-]+)\}\}/g, (_, kind: string) =>
    generateSecret(kind),
  );
}
