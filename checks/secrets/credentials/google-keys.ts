import type { Hit } from "./hit.js";
import { nameBefore } from "./neighbourhood.js";
import { isStandIn } from "./placeholders.js";
import { entropy, isPatterned } from "./randomness.js";

/** How far around a key its use is looked for, in characters. */
const window = 500;

/**
 * Google's `AIza` keys. The same shape serves products whose keys are public by design (Firebase, Maps in a page) and
 * ones whose keys are money (Gemini), so what stands around the key decides.
 */
export function googleKeys(path: string, text: string): Hit[] {
  const hits: Hit[] = [];
  if (!text.includes("AIza")) return hits;
  for (const found of text.matchAll(/(?<![\w-])AIza[\w-]{35}(?![\w-])/g)) {
    const start = found.index;
    const value = found[0];
    if (isStandIn(value) || isPatterned(value) || entropy(value) < 3.2)
      continue;
    const name = nameBefore(text, start);
    hits.push({
      ...judged(path, surroundings(text, start), name),
      name,
      start,
      end: start + value.length,
      value,
    });
  }
  return hits;
}

function surroundings(text: string, at: number): string {
  return text.slice(Math.max(0, at - window), at + window);
}

type Judged = Pick<Hit, "rule" | "kind" | "confidence" | "atMost">;

function judged(path: string, around: string, name: string): Judged {
  if (isModelKey(name) || /generativelanguage\.googleapis/i.test(around))
    return { rule: "provider-key", kind: "gemini", confidence: "certain" };
  if (isBrowserKey(path, around, name))
    return { rule: "public", kind: "google-browser", confidence: "certain" };
  if (isModelKey(around))
    return { rule: "provider-key", kind: "gemini", confidence: "likely" };
  return {
    rule: "provider-key",
    kind: "google-api",
    confidence: "likely",
    atMost: "advise",
  };
}

function isModelKey(words: string): boolean {
  return /gemini|generative|google_?ai|genai|vertex|palm_api/i.test(words);
}

function isBrowserKey(path: string, around: string, name: string): boolean {
  if (/google-services\.json$|GoogleService-Info\.plist$|firebase/i.test(path))
    return true;
  return (
    /firebase/i.test(name) ||
    /authDomain|messagingSenderId|measurementId|storageBucket|firebaseapp\.com|firebaseConfig|FIREBASE_|current_key|identitytoolkit|maps\.googleapis|maps\/api|recaptcha/i.test(
      around,
    ) ||
    /maps?(_|api|key)|recaptcha|places/i.test(name)
  );
}
