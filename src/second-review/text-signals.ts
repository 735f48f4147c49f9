import type { SensitiveCategory } from "#gate/review-policy.js";

/** What a piece of text gives away, as a category and a clause. */
export type TextSignal = readonly [SensitiveCategory, string];

/** Beginnings of SQL, in one case throughout: a sentence that starts with "Select" is none. */
const statements =
  /^\s{0,200}(?:--[^\n]{0,200}\n\s{0,200})?(?:(?:SELECT|select)\s[\w\s.,*"`()$:=]{1,400}\b(?:FROM|from)\s|(?:INSERT|insert)\s+(?:INTO|into)\s|(?:UPDATE|update)\s+[\w."`$]{1,100}\s+(?:SET|set)\s|(?:DELETE|delete)\s+(?:FROM|from)\s|(?:MERGE|merge)\s+(?:INTO|into)\s|(?:TRUNCATE|truncate)\s+(?:TABLE|table|[\w."]{1,100}\s{0,3};?$))/;

const definitions =
  /\b(?:CREATE|create)\s+(?:(?:OR|or)\s+(?:REPLACE|replace)\s+)?(?:TABLE|table|POLICY|policy|ROLE|role|FUNCTION|function|TRIGGER|trigger|VIEW|view|SCHEMA|schema|EXTENSION|extension|UNIQUE\s+INDEX|INDEX|DATABASE|database)\s|\b(?:ALTER|alter)\s+(?:TABLE|table|POLICY|policy|ROLE|role|DEFAULT|default|DATABASE|database)\s|\b(?:DROP|drop)\s+(?:TABLE|table|POLICY|policy|ROLE|role|FUNCTION|function|TRIGGER|trigger|VIEW|view|COLUMN|column)\s|\b(?:GRANT|grant)\s+[\w\s,*]{1,200}\b(?:ON|on|TO|to)\s|\b(?:REVOKE|revoke)\s+[\w\s,*]{1,200}\b(?:ON|on|FROM|from)\s|\b(?:ROW\s+LEVEL\s+SECURITY|row\s+level\s+security)\b/;

/** A query within a piece of another one. */
const subquery =
  /\(\s{0,100}(?:SELECT|select)\s[\w\s.,*"`()$:=]{1,400}\b(?:FROM|from)\s/;

/** What a server answers to those whom it does not let in. */
const refusals =
  /^(unauthori[sz]ed|forbidden|unauthenticated|not (authori[sz]ed|authenticated|allowed|logged in|signed in)|access denied|permission denied|(authentication|login) required)[.!]?$/i;

/** What a string in code gives away. */
export function stringSignal(text: string): TextSignal | undefined {
  if (text.length < 6) return undefined;
  const head = text.slice(0, 4_000);
  if ([statements, definitions, subquery].some((one) => one.test(head)))
    return ["data", "an SQL statement"];
  if (/^access-control-allow-(origin|credentials)$/i.test(text))
    return ["auth", "a CORS header"];
  if (refusals.test(text)) return ["auth", "an answer that refuses access"];
  if (/csrf|xsrf/i.test(head) && head.length < 60)
    return ["auth", "a protection against forged requests"];
  if (
    /^(stripe|paypal|paddle|x-razorpay|x-lemonsqueezy|bolt)[\w-]*-signature$/i.test(
      text,
    )
  )
    return ["payment", "the signature of a payment webhook"];
  if (/^x-[\w-]*signature[\w-]*$/i.test(text))
    return ["auth", "the signature of a webhook"];
  return undefined;
}

/** What the name of an environment setting gives away. */
export function settingSignal(name: string): TextSignal | undefined {
  const clause = "a setting that holds a key";
  if (
    /STRIPE|PAYPAL|PADDLE|LEMON_?SQUEEZY|RAZORPAY|BRAINTREE|ADYEN|MOLLIE/i.test(
      name,
    )
  )
    return ["payment", clause];
  if (
    /SERVICE_ROLE|DATABASE_URL|_DB_URL|^DB_|POSTGRES|MYSQL|MONGO|REDIS_URL|DATABASE_/i.test(
      name,
    )
  )
    return ["data", clause];
  if (
    /(AUTH|JWT|SESSION|COOKIE|CLERK|OAUTH|CSRF|SIGNING|ENCRYPTION)\w*(SECRET|KEY)|_SECRET_KEY$|^SECRET_KEY$|ADMIN_(PASSWORD|TOKEN|KEY|EMAILS?)/i.test(
      name,
    )
  )
    return ["auth", clause];
  return undefined;
}

/** Names of fields that hold what the law protects most; an e-mail address alone would name every form. */
export function fieldSignal(name: string): TextSignal | undefined {
  const bare = name.replaceAll("_", "").toLowerCase();
  if (personal.has(bare)) return ["data", "a field of personal data"];
  return payment.has(bare) ? ["payment", "a field of a payment"] : undefined;
}

const personal = new Set(
  "ssn socialsecuritynumber passportnumber nationalid nationalidnumber taxid taxnumber dateofbirth birthdate dob driverslicense driverlicense medicalrecord medicalhistory healthrecord diagnosis bloodtype biometric biometrics fingerprintdata ethnicity sexualorientation".split(
    " ",
  ),
);

const payment = new Set(
  "paymentintent paymentintentid paymentmethod paymentmethodid pricedata unitamount unitamountdecimal lineitems applicationfeeamount cardnumber cvc cvv iban accountnumber routingnumber stripecustomerid stripesubscriptionid stripepriceid chargeid refundamount".split(
    " ",
  ),
);
