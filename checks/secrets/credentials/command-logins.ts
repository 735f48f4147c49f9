import type { Hit } from "./hit.js";
import type { Place } from "./place.js";
import { isPlaceholder } from "./placeholders.js";
import { isPatterned, looksRandom } from "./randomness.js";
import { isPlausiblePassword, isPublicByDesign } from "./secret-values.js";

/** `curl -u user:password`, and `Authorization: Bearer …` as text: logins in commands and guides. */
export function commandLogins(place: Place, text: string): Hit[] {
  if (place.isQuiet) return [];
  return [...userOptions(text), ...authorizations(text)];
}

function userOptions(text: string): Hit[] {
  if (!text.includes("curl")) return [];
  const options =
    /\s(?:-u|--user)[ =]{1,2}["']?[\w.@+-]{1,60}:([^\s"'`\\]{6,100})/g;
  return [...text.matchAll(options)].flatMap((found) => {
    const value = found[1] as string;
    if (isPlaceholder(value) || !isPlausiblePassword(value)) return [];
    return [loginHit("password", found, value)];
  });
}

function authorizations(text: string): Hit[] {
  const headers =
    /Authorization["']?\s{0,3}[:=,]\s{0,3}["'`]?(Bearer|Basic|Token)\s([\w+/=.-]{16,400})/gi;
  return [...text.matchAll(headers)].flatMap((found) => {
    const [, scheme = "", value = ""] = found;
    if (/^basic$/i.test(scheme))
      return isLogin(value) ? [loginHit("basic-header", found, value)] : [];
    if (value.startsWith("eyJ") || isPlaceholder(value)) return [];
    if (isPatterned(value) || !looksRandom(value)) return [];
    if (isPublicByDesign(value)) return [];
    return [loginHit("token", found, value)];
  });
}

/** Base64 hides nothing; what hides in it is mostly `user:pass` of an example. */
function isLogin(encoded: string): boolean {
  const text = Buffer.from(encoded, "base64").toString("latin1");
  const password = /^[!-9;-~]{1,200}:([!-~]{6,300})$/.exec(text)?.[1];
  return (
    password !== undefined &&
    !isPlaceholder(password) &&
    isPlausiblePassword(password)
  );
}

function loginHit(kind: string, found: RegExpExecArray, value: string): Hit {
  const start = found.index + found[0].lastIndexOf(value);
  return {
    rule: kind === "token" ? "hard-coded-secret" : "hard-coded-password",
    kind,
    name: "",
    start,
    end: start + value.length,
    value,
    confidence: "likely",
    atMost: "advise",
  };
}
