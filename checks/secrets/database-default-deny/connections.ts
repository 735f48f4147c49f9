import type { HoleMark } from "./marks.js";

const address =
  /\b(mongodb|redis):\/\/([\w.-]{1,253})(?::(\d{1,5}))?(?=[/"'`?\s,;)]|$)/g;

const nobody =
  /^(?:localhost|.*\.(?:local|localhost|internal|svc|lan|test|example|invalid)|.*(?:^|\.)example\.\w+|.*(?:your|xxx|placeholder|changeme|hostname).*)$/i;

/** Addresses of databases elsewhere, without user or password. */
export function connectionMarks(text: string): HoleMark[] {
  const marks: HoleMark[] = [];
  let [line, counted] = [1, 0];
  for (const match of text.matchAll(address)) {
    const [, scheme = "", host = ""] = match;
    if (!isPublicHost(host)) continue;
    for (; counted < match.index; counted++)
      if (text.charCodeAt(counted) === 10) line += 1;
    marks.push({
      kind: "hole",
      rule: "database-without-authentication",
      line,
      message: `This address of ${scheme === "redis" ? "Redis" : "MongoDB"} on "${host}" has no user and no password.`,
      fix: "Switch the server's authentication on, and keep the address with its password in the environment.",
      confidence: "likely",
      about: `${scheme} ${host}`,
      atMost: "advise",
    });
  }
  return marks;
}

function isPublicHost(host: string): boolean {
  const parts = host.split(".");
  if (parts.length < 2 || nobody.test(host)) return false;
  return /^\d+$/.test(parts.at(-1) ?? "")
    ? parts.length === 4 && !privateAddress.test(host)
    : /^[a-z]{2,}$/i.test(parts.at(-1) ?? "");
}

const privateAddress =
  /^(?:0|10|127|22[4-9]|2[3-5]\d)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\.|^192\.0\.2\.|^198\.51\.100\.|^203\.0\.113\./;
