import type { Context } from "./contexts.js";
import type { Policy } from "./resolve.js";
import type { RuleName } from "./weigh.js";

/** What is wrong with a policy, in one sentence. */
export function sentenceFor(
  rule: RuleName,
  policy: Policy,
  contexts: readonly Context[],
): string {
  const { mark, opens } = policy;
  const { kind, note } = opens.opening;
  const what =
    mark.route === undefined ? mark.means : `${mark.means} on ${mark.route}`;
  const how =
    kind === "reflected"
      ? "allows whatever origin a request names"
      : "allows every origin";
  switch (rule) {
    case "any-origin-with-credentials":
      return kind === "reflected"
        ? `Any website can call this API as the visitor who is logged in: ${what} ${how}, together with credentials.`
        : `${sentenceStart(what)} allows every origin together with credentials: browsers refuse that pair, and the usual repair, to send the request's origin back, opens every session.`;
    case "reflected-origin":
      return `${sentenceStart(what)} ${how}, so that no origin is refused.`;
    case "open-when-unset":
      return `A deployment that lacks the setting is open to every website: ${what} falls back to all origins.`;
    case "wildcard-on-session-api":
      return `Every website can call this API, which knows its users by cookie: ${what} allows every origin.`;
    case "wildcard-on-costly-api":
      return `Every website can spend on your account: ${what} allows every origin, and ${paidPlaces(contexts)} without asking who is there.`;
    case "wildcard-on-token-api":
      return `${sentenceStart(what)} allows every origin on endpoints that check a token.`;
    case "framework-default":
      return `Nobody stated which origins may call this API: ${what} is left at its default, which allows all.`;
    case "loose-origin-match":
      return `Strangers can pass the test of the origin: ${note ?? "it is not exact"}.`;
    case "wildcard-origin":
      return `Every website can call this API: ${what} allows every origin.`;
  }
}

function sentenceStart(text: string): string {
  return text.startsWith("the ") || text.startsWith("this ")
    ? text.charAt(0).toUpperCase() + text.slice(1)
    : text;
}

function paidPlaces(contexts: readonly Context[]): string {
  return contexts.length > 1
    ? `${String(contexts.length)} endpoints behind it call a paid service`
    : "the code behind it calls a paid service";
}

const list =
  "List the origins that you serve, for example https://app.example.com, and answer no others";

/** What to do, by rule. */
export const fixes: Readonly<Record<RuleName, string>> = {
  "any-origin-with-credentials": `${list}; keep credentials only for that list.`,
  "reflected-origin": `${list}; compare the request's origin with the list before you send it back.`,
  "open-when-unset":
    "Refuse to start, or allow no origin, while the list is empty; never fall back to all of them.",
  "wildcard-on-session-api": `${list}.`,
  "wildcard-on-costly-api": `${list}, and ask who is calling before you call a paid service.`,
  "wildcard-on-token-api": `${list}; keep the list in one shared file.`,
  "wildcard-origin": `${list}. If the API is meant for everyone, say so in the configuration of this gate.`,
  "framework-default": `${list}.`,
  "loose-origin-match":
    "Compare the whole origin with a list, or anchor the pattern at both ends with `^` and `$` and escape its dots.",
};
