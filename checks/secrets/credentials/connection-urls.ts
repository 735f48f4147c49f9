import type { Hit } from "./hit.js";
import { nameBefore } from "./neighbourhood.js";
import { isPlaceholder } from "./placeholders.js";
import { isPatterned } from "./randomness.js";

/** Farthest that user, password and host may reach. */
const longestAuthority = 400;

/** Addresses that carry a password: `postgres://user:password@host`. */
export function connectionPasswords(text: string): Hit[] {
  const hits: Hit[] = [];
  let at = text.indexOf("://");
  while (at >= 0) {
    const hit = passwordIn(text, at);
    if (hit) hits.push(hit);
    at = text.indexOf("://", at + 3);
  }
  return hits;
}

function passwordIn(text: string, at: number): Hit | undefined {
  const scheme = /[A-Za-z][A-Za-z0-9+.-]{1,20}$/.exec(
    text.slice(Math.max(0, at - 22), at),
  )?.[0];
  if (scheme === undefined) return undefined;
  const authority = authorityAt(text, at + 3);
  if (authority === undefined) return undefined;
  const { user, password, host } = authority;
  if (isHarmless(user, password, host)) return undefined;
  const start = at + 3 + user.length + 1;
  return {
    rule: "connection-password",
    kind: kindOf(scheme.toLowerCase()),
    name: nameBefore(text, at - scheme.length),
    start,
    end: start + password.length,
    value: password,
    confidence: "likely",
    ...(isInternal(host) && { atMost: "notice" as const }),
  };
}

interface Authority {
  readonly user: string;
  readonly password: string;
  readonly host: string;
}

/** User, password and host. A password may hold any character that is not white space or a quote, an `@` included. */
function authorityAt(text: string, from: number): Authority | undefined {
  const window = /[^\s"'`<>|\\]{3,400}/y;
  window.lastIndex = from;
  const rest = window.exec(text)?.[0];
  if (rest === undefined || rest.length > longestAuthority) return undefined;
  const authority = rest.slice(0, endOfAuthority(rest));
  const split = authority.lastIndexOf("@");
  const colon = authority.indexOf(":");
  if (split < 0 || colon < 0 || colon > split) return undefined;
  const host = /^\[?[\w.:${}-]+/.exec(authority.slice(split + 1))?.[0] ?? "";
  return {
    user: authority.slice(0, colon),
    password: authority.slice(colon + 1, split),
    host: host.replace(/:\d*$/, ""),
  };
}

/** A slash ends the authority; one inside a password is rare, and then an `@host.` follows soon. */
function endOfAuthority(rest: string): number {
  const slash = rest.search(/[/?#,)]/);
  if (slash < 0) return rest.length;
  if (rest.slice(0, slash).includes("@")) return slash;
  const late =
    /^[^/?\s]{0,60}[/#?][^/?\s]{0,60}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}/.exec(
      rest,
    );
  return late?.[0].length ?? slash;
}

function kindOf(scheme: string): string {
  if (/^postgres|^cockroach/.test(scheme)) return "postgres-url";
  if (scheme.startsWith("mysql") || scheme.startsWith("maria"))
    return "mysql-url";
  if (scheme.startsWith("mongodb")) return "mongodb-url";
  if (scheme.startsWith("redis") || scheme === "valkey") return "redis-url";
  if (scheme.startsWith("amqp")) return "amqp-url";
  if (scheme.startsWith("smtp")) return "smtp-url";
  if (scheme === "cloudinary") return "cloudinary-url";
  return scheme.startsWith("http") || scheme.startsWith("git")
    ? "basic-auth-url"
    : "connection-url";
}

const documentedPasswords = new Set(
  "password passwd pass pwd pw secret postgres root admin user username mysql mongo redis guest test changeme hunter2 token p4ssw0rd password123 mypassword yourpassword dbpassword db_password senha contraseña clave passwort x-oauth-basic x-token-auth".split(
    " ",
  ),
);

function isHarmless(user: string, password: string, host: string): boolean {
  if (password.length < 4 || user.length > 120 || host === "") return true;
  if (/[$%]\{|\$\(|\{\{|[{}$<>[\]*]|%s|%\(/.test(user + host)) return true;
  if (/^[{$[<%*(]|\$\{|\}\}|^:|\/\//.test(password)) return true;
  if (isPlaceholder(password) || isPatterned(password)) return true;
  if (documentedPasswords.has(password.toLowerCase())) return true;
  if (/^[A-Z][A-Z_]+$/.test(password) || password === user) return true;
  return isLocal(host) || isDocumented(host);
}

function isLocal(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1|\[|host\.docker\.internal|.*\.(local|localhost|test|internal\.test))$/i.test(
    host,
  );
}

function isDocumented(host: string): boolean {
  return (
    /(^|\.)(example|exam\.ple|domain|yourdomain|myserver|yourserver|server|host|hostname|ip)(\.\w{2,4})?$/i.test(
      host,
    ) ||
    /^(your|my|some|the)[-_.]?(host|server|db|database|domain|project|app|cluster|instance)|^(xxx|proxy$|project-?ref)|example|placeholder|xxxxx/i.test(
      host,
    )
  );
}

/** A name without dots is a service of the same compose file or cluster. */
function isInternal(host: string): boolean {
  return !host.includes(".") || /\.svc(\.|$)|\.internal$/.test(host);
}
