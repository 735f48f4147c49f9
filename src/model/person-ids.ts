import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { localsOf } from "./local-values.js";
import { valuesWithin } from "./value-walk.js";

const personId =
  /(?:^|\.)(?:user|profile|member|customer|patient|session\.user|currentUser|account)\.(?:id|uid|sub)$|(?:^|\.)(?:user_?id|uid|profile_?id|customer_?id|patient_?id|member_?id)$/i;

/** Whether a value, or a variable that it is made of, has a person's id in it. */
export function namesPerson(value: Value, within: FunctionFacts): boolean {
  const pending = [{ value, hops: 0 }];
  const seen = new Set<Value>();
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (seen.has(at.value)) continue;
    seen.add(at.value);
    for (const part of valuesWithin(at.value)) {
      if (part.kind !== "name") continue;
      if (personId.test(part.name)) return true;
      const local = localsOf(within).get(part.name);
      if (local && at.hops < 2 && local.member === "")
        pending.push({ value: local.value, hops: at.hops + 1 });
    }
  }
  return false;
}
