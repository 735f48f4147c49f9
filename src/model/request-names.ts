import type { Value } from "#parse/module-facts.js";
import { type CallValue, lastName, stringOf } from "./value-walk.js";

/** Whether a name reads what the client sent: `req.body.id`. */
export function isRequestName(name: string): boolean {
  return /^(?:_?req|request|ctx|c|event|context)\.(?:request\.)?(?:body|query|params|headers|nextUrl\.searchParams|queryStringParameters|pathParameters)(?:\.|$)|^(?:params|input|searchParams)\.|^ctx\.request\.body/.test(
    name,
  );
}

/** Whether a name stands for all of it. */
export function isWholeInput(name: string): boolean {
  return /^(?:req|request)\.body$|^(?:body|payload|updates|data|input|values|fields|requestBody|dto)$|Dto$/.test(
    name,
  );
}

/** `await request.json()`, `url.searchParams.get("id")`, `form.get("id")`, `getRouterParam(event, "id")`. */
export function isInputCall(call: CallValue): boolean {
  const method = lastName(call.callee);
  if (
    /^(?:_?req|request|c\.req|ctx\.req|event\.request|context\.request)\.(?:json|formData|text|param|query|parseBody|valid|body)$/.test(
      call.callee,
    )
  )
    return true;
  if (
    /^(?:readBody|readValidatedBody|getQuery|getRouterParam|getRouterParams|readFormData)$/.test(
      call.callee,
    )
  )
    return true;
  if (method !== "get") return false;
  // `new URL(request.url).searchParams.get("id")`
  if (call.on?.kind === "member" && call.on.name === "searchParams")
    return true;
  if (/(?:searchParams|formData|form|params|query)\.get$/i.test(call.callee))
    return true;
  return (
    /headers\.get$/.test(call.callee) &&
    /^x-user|user-?id|email/i.test(stringOf(call.arguments[0]) ?? "")
  );
}

/** `null`, `undefined`, zero and their like. */
export function isNothing(value: Value): boolean {
  return (
    (value.kind === "literal" && !value.value) ||
    (value.kind === "name" && value.name === "undefined")
  );
}
