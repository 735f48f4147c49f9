import type { Hit } from "./hit.js";
import { nameBefore } from "./neighbourhood.js";

/** Longest token that is looked at: far above any that services issue. */
const maxTokenLength = 8_000;

/** JSON web tokens, judged by what they say of themselves: a role, an issuer, an end. */
export function jsonWebTokens(text: string): Hit[] {
  const hits: Hit[] = [];
  let at = text.indexOf("eyJ");
  while (at >= 0) {
    const end = endOfToken(text, at);
    const hit = isTokenStart(text, at) && tokenHit(text, at, end);
    if (hit) hits.push(hit);
    at = text.indexOf("eyJ", end);
  }
  return hits;
}

function isTokenStart(text: string, start: number): boolean {
  return !/[A-Za-z0-9_.-]/.test(text[start - 1] ?? " ");
}

function endOfToken(text: string, start: number): number {
  const run = /[\w.-]{3,8000}/y;
  run.lastIndex = start;
  return start + (run.exec(text)?.[0].length ?? 3);
}

function tokenHit(text: string, start: number, end: number): Hit | undefined {
  const token = text.slice(start, end).replace(/\.+$/, "");
  const [head, payload, signature, more] = token.split(".");
  if (!head || !payload || !signature || more !== undefined) return undefined;
  if (signature.length < 20 || token.length >= maxTokenLength) return undefined;
  const claims = decoded(payload);
  if (!decoded(head) || !claims) return undefined;
  const expires = typeof claims["exp"] === "number" ? claims["exp"] : undefined;
  return {
    ...judged(claims),
    name: nameBefore(text, start),
    start,
    end: start + token.length,
    value: token,
    ...(expires !== undefined && { expires }),
  };
}

type Judged = Pick<Hit, "rule" | "kind" | "confidence">;

function judged(claims: Readonly<Record<string, unknown>>): Judged {
  const role = claims["role"];
  const meantToBeSeen =
    claims["iss"] === "supabase-demo" || role === "anon" || isTutorial(claims);
  if (meantToBeSeen)
    return { rule: "public", kind: "public-token", confidence: "certain" };
  if (role === "service_role" || role === "supabase_admin")
    return {
      rule: "provider-key",
      kind: "supabase-service-role",
      confidence: "certain",
    };
  return { rule: "signed-token", kind: "json-web-token", confidence: "likely" };
}

/** The token that jwt.io shows to everybody, and its many copies. */
function isTutorial(claims: Readonly<Record<string, unknown>>): boolean {
  return claims["sub"] === "1234567890" || claims["name"] === "John Doe";
}

function decoded(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(part, "base64url").toString("utf8"),
    );
    return typeof value === "object" && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined; // Not a token: most runs that begin like one are other base64.
  }
}
