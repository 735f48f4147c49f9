import { LRUCache } from "lru-cache";
import type { OrganizationFiles } from "#github/organization-config.js";

/** The organization's files that were read lately; absent ones are remembered, too. */
export type OrganizationConfigs = LRUCache<string, OrganizationFiles>;

/** How long an organization's file is believed: a floor that was raised counts within minutes. */
const believedMs = 120_000;

/** A memory for organizations' files. */
export function organizationConfigs(): OrganizationConfigs {
  return new LRUCache({ max: 1_000, ttl: believedMs });
}
