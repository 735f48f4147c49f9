import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { httpTarget } from "./http-calls.js";
import { localsOf } from "./local-values.js";
import type { Project } from "./project.js";
import { type CallValue, valuesWithin } from "./value-walk.js";

const charging =
  /(?:paymentIntents|charges|checkout\.sessions|orders|preferences|payments|transactions|invoices|prices|paymentLinks|invoiceItems|transfers|payouts)\.create$|^(?:createOrder|createPayment|createCharge)$/;
const amountKey =
  /^(?:amount|unit_amount|unitAmount|unit_amount_decimal|unit_price|total|value|price_in_cents|amount_cents|amountCents)$/;

/** The amount that a call to a payment provider charges; undefined for other calls. */
export function amountOf({
  callee,
  arguments: given,
}: CallValue): Value | undefined {
  if (!charging.test(callee) || /(?:^|\.)(?:db|prisma|ctx|tx)\./.test(callee))
    return undefined;
  return amountIn(given);
}

function amountIn(given: readonly Value[]): Value | undefined {
  return given
    .flatMap((one) => valuesWithin(one))
    .flatMap((part) => (part.kind === "object" ? part.entries : []))
    .find(({ key, value }) => amountKey.test(key) && value.kind !== "object")
    ?.value;
}

/** Where providers of payments are asked for one. */
const paymentPath =
  /\/(?:payment[-_]?(?:sessions?|intents?|links?|orders?)|payments?|charges?|checkouts?(?:[-_/]sessions?)?|orders?|preferences)(?:$|[/?#])/i;

/** The amount in what is sent by plain HTTP to an address of a payment provider. */
export function sentAmount(
  project: Project,
  path: string,
  call: CallValue,
  within: FunctionFacts,
): Value | undefined {
  const { callee, arguments: given } = call;
  if (given.length < 2 || !/fetch|post|request|axios|got|ky/i.test(callee))
    return undefined;
  const target = httpTarget(project, { path, value: call, within });
  if (target?.kind !== "absolute" || !paymentPath.test(target.path))
    return undefined;
  return amountIn(
    given
      .slice(1)
      .flatMap((one) => valuesWithin(one))
      .map((part) =>
        part.kind === "name"
          ? (localsOf(within).get(part.name)?.value ?? part)
          : part,
      ),
  );
}
