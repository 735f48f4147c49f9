/** Kinds of personal data, as a column's name tells them. */
export type PersonalClass =
  | "name"
  | "contact"
  | "address"
  | "birth"
  | "government-id"
  | "health"
  | "body"
  | "biometric"
  | "location"
  | "financial"
  | "device"
  | "special-category"
  | "demographic";

/** Kinds whose leak harms the most, and which laws protect most: health, beliefs, identity papers, bodies, accounts. */
export const sensitiveClasses: ReadonlySet<string> = new Set<PersonalClass>([
  "government-id",
  "health",
  "biometric",
  "financial",
  "special-category",
]);
