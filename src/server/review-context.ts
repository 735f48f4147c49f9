import { join } from "node:path";
import type { AppCheck } from "#model/define-check.js";
import { type BlobStore, openBlobStore } from "#github/blob-store.js";
import { KnownBranchRules } from "#github/branch-rules.js";
import { KnownLists } from "#github/conditional.js";
import { Permissions } from "#github/permissions.js";
import { openTreeStore, type TreeStore } from "#github/tree-store.js";
import { organizationConfigs } from "./organization-configs.js";
import type { PolicyMeans } from "./policy-for.js";
import type { WorkContext } from "./work-context.js";

/** What every review shares, for as long as the server runs. */
export interface ReviewMeans extends PolicyMeans {
  /** The built-in checks: what they want read, and how reports name them. */
  readonly checks: readonly Omit<AppCheck, "evaluate" | "marker">[];
  /** Contents by git's ids, which never change. */
  readonly blobs: BlobStore;
  readonly trees: TreeStore;
  readonly permissions: Permissions;
  readonly lists: KnownLists;
  readonly branchRules: KnownBranchRules;
}

/** All that a review may use. */
export interface ReviewContext extends WorkContext, ReviewMeans {}

/** Opens the caches of a server. @param cacheDirectory - May be deleted whenever no server runs. */
export function reviewMeans(
  cacheDirectory: string,
  checks: ReviewMeans["checks"],
): ReviewMeans {
  return {
    checks,
    blobs: openBlobStore(join(cacheDirectory, "blobs")),
    trees: openTreeStore(join(cacheDirectory, "trees")),
    permissions: new Permissions(),
    lists: new KnownLists(),
    branchRules: new KnownBranchRules(),
    organizations: organizationConfigs(),
    rules: Object.fromEntries(
      checks.map(({ name, rules }) => [name, Object.keys(rules)]),
    ),
  };
}
