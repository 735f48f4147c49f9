import type { z } from "zod";
import { configPaths } from "#config/config-paths.js";
import type { pushEvent, rightsEvent } from "./payloads.js";
import { branchPushRecord } from "./push-record.js";
import { nothing, placeOf, type Wishes } from "./wishes.js";
import type { Work } from "./work.js";

/**
 * Wishes of a `push` event. Every push to a branch is remembered, since it may belong to a pull request that is opened
 * later; one to the default branch, or one that changes a configuration, asks for a look.
 */
export function ofPush(payload: z.infer<typeof pushEvent>): Wishes {
  const { ref, deleted, before, after, sender, repository } = payload;
  const branch = /^refs\/heads\/(.+)$/s.exec(ref)?.[1];
  const isQueue = branch?.startsWith("gh-readonly-queue/") ?? false;
  if (branch === undefined || deleted || isQueue) return nothing;
  const changesConfig = touchesConfig(payload);
  const isDefault = branch === repository.default_branch;
  const work: Work = {
    kind: "branch-push",
    ...placeOf(payload),
    ...{ branch, isDefault, changesConfig },
    moves: [
      {
        ...{ before, after, by: sender, isForced: payload.forced },
        isFromWeb: payload.head_commit?.committer?.username === "web-flow",
      },
    ],
  };
  return {
    works: isDefault || changesConfig ? [work] : [],
    records: [branchPushRecord(payload)],
  };
}

/** A list of commits that is full may lack some; then the configuration may have changed. */
function touchesConfig({ commits }: z.infer<typeof pushEvent>): boolean {
  const paths = commits.flatMap(({ added, modified, removed }) => [
    ...(added ?? []),
    ...(modified ?? []),
    ...(removed ?? []),
  ]);
  return (
    commits.length >= fullList ||
    paths.some((path) => configPaths.some((one) => one === path))
  );
}

const fullList = 2_048;

/** Wishes of an event that says that somebody's rights changed: everything that waits is decided anew. */
export function ofRights(payload: z.infer<typeof rightsEvent>): Wishes {
  const { installation, repository } = payload;
  return {
    works: [
      {
        kind: "rights-changed",
        installationId: installation.id,
        ...(repository && { repositoryId: repository.id }),
      },
    ],
  };
}
