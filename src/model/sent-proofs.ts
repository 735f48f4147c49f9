import { dataShape } from "./data-operations.js";
import { type CallValue, lastName, stringOf } from "./value-walk.js";

/** Headers that say what is sent or from where, and nothing of who sends it. */
const plainHeader =
  /^(?:content-.*|accept.*|user-agent|origin|host|referer|range|if-.*|x-forwarded-.*|x-real-ip|cf-.*|x-request-id|x-vercel-.*|upgrade|connection|cache-control|sec-.*|idempotency-key|x-idempotency-key|traceparent|x-pathname|x-url|x-invoke-path|purpose|next-.*|hx-.*|rsc|locale|theme|lang|language|i18n.*|ref|utm.*|consent.*)$/i;

/** A header or cookie that is read: that it is there proves nothing. */
export function isPresence(call: CallValue): boolean {
  if (plainHeader.test(stringOf(call.arguments[0]) ?? "")) return false;
  return (
    /(?:^|\.)\w*(?:[hH]eaders|[cC]ookies|cookieStore|cookieJar)(?:\.get|\.has|\.getAll)$|^getCookie$|^(?:getHeader|getRequestHeader|parseCookies)$|(?:^|\.)req\.(?:header|get)$|^(?:request|c\.req)\.header$/.test(
      call.callee,
    ) ||
    (/^(?:get|has)$/.test(call.callee) &&
      call.on?.kind === "call" &&
      /^(?:headers|cookies)$/.test(call.on.callee))
  );
}

/** Whether a name reads a header or cookie: `req.headers.authorization`. */
export function isSentProof(name: string): boolean {
  const sent =
    /^(?:_?req|request|ctx|context|c|event|info)\.(?:(?:req|request|raw)\.)?(?:headers|cookies)\.([\w-]+)/.exec(
      name,
    )?.[1];
  return (
    sent !== undefined &&
    !/^(?:get|has|set|delete|append|entries|forEach)$/.test(sent) &&
    !plainHeader.test(sent)
  );
}

/** Whether a call asks if the caller's address is one of those that are known. */
export function isAddressTest({ callee }: CallValue): boolean {
  return /(?:^|[._])(?:isIp\w*|ip\w*(?:Range|Allow|White|Match)\w*)$|(?:IP|Ip|ip)_?(?:RANGES|ADDRESSES|WHITELIST|ALLOWLIST|LIST|Ranges|Addresses|Whitelist|Allowlist|List|S|s)\.(?:includes|some|has)$/.test(
    callee,
  );
}

/** Whether a call looks something up: in a database, a cache, a list of sessions, or at a service that is asked. */
export function isLookup(call: CallValue): boolean {
  if (dataShape(call)?.kind === "read") return true;
  const { callee } = call;
  if (/^(?:fetch|\$fetch|ofetch|axios|got|ky|undici\.request)$/.test(callee))
    return true;
  if (/^(?:axios|http|https|client|got|ky)\.(?:get|post|request)$/.test(callee))
    return true;
  if (!/^(?:get|hget|hgetall|getItem|has|find)$/.test(lastName(callee)))
    return false;
  const owner = callee.slice(0, -lastName(callee).length - 1);
  return /(?:session|token|redis|kv|cache|store|key|user|login|auth)\w*$/i.test(
    owner,
  );
}
