import type { Guard } from "./guard.js";

/** Kinds of guards, from what tells most of the caller to what tells least. */
export const byStrength: readonly Guard["kind"][] = [
  "role",
  "session",
  "owner",
  "signature",
  "secret",
  "capability",
  "network",
  "platform",
  "presence",
];

/** Place among the kinds, from 0 for what tells most. */
export function strength(kind: Guard["kind"]): number {
  return byStrength.indexOf(kind);
}
