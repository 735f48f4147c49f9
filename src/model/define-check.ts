import type { Check } from "#gate/check.js";
import type { Marker } from "#parse/marker.js";
import type { Project } from "./project.js";

/** A check of an app: the gate's contract, and what it notes of each file while parsing. */
export interface AppCheck extends Check<Project> {
  readonly marker?: Omit<Marker, "name">;
}

/** Declares a check; frozen, so that nobody can soften it at run time. */
export function defineCheck(check: AppCheck): AppCheck {
  return Object.freeze(check);
}
