import type { Value } from "#parse/module-facts.js";
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
  const amount = given
    .flatMap((one) => valuesWithin(one))
    .flatMap((part) => (part.kind === "object" ? part.entries : []))
    .find(({ key, value }) => amountKey.test(key) && value.kind !== "object");
  return amount?.value;
}
