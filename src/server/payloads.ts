import { z } from "zod";

// Only what is used of GitHub's payloads, with bounds that real ones never reach.
// https://docs.github.com/webhooks/webhook-events-and-payloads

const id = z.int().positive();
const name = z.string().min(1).max(255);
const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const ref = z.string().min(1).max(1_024);
const action = z.string().max(100);
const user = z.object({ id, login: name });
const actor = user.extend({ type: z.string().max(50).optional() });
const installation = z.object({ id });
const repository = z.object({
  id,
  name,
  owner: z.object({ login: name }),
});
const place = z.object({ action, installation, repository });

/** A pull request's own number; the base repository's id tells it from one of a fork. */
const mentionedPullRequest = z.object({
  number: id,
  head: z.object({ sha }).optional(),
  base: z.object({ repo: z.object({ id }) }).optional(),
});

/** `pull_request` */
export const pullRequestEvent = place.extend({
  number: id,
  sender: actor.optional(),
  before: sha.optional(),
  after: sha.optional(),
  changes: z.object({ base: z.unknown().optional() }).optional(),
  pull_request: z
    .object({
      user: actor.nullable(),
      head: z.object({ sha, ref }),
      base: z.object({ ref }),
      merged: z.boolean().nullable().optional(),
      merged_at: z.string().max(50).nullable().optional(),
      merged_by: actor.nullable().optional(),
    })
    .optional(),
});

/** `push` */
export const pushEvent = z.object({
  installation,
  repository: repository.extend({ default_branch: ref.optional() }),
  sender: actor,
  ref,
  before: sha,
  after: sha,
  deleted: z.boolean(),
  forced: z.boolean(),
  head_commit: z
    .object({
      committer: z
        .object({ username: z.string().nullable().optional() })
        .optional(),
    })
    .nullable()
    .optional(),
  commits: z
    .array(
      z.object({
        id: sha,
        added: z.array(z.string()).optional(),
        modified: z.array(z.string()).optional(),
        removed: z.array(z.string()).optional(),
      }),
    )
    .max(2_048),
});

/** `issue_comment` */
export const issueCommentEvent = place.extend({
  sender: actor,
  changes: z
    .object({ body: z.object({ from: z.string() }).optional() })
    .optional(),
  issue: z.object({ number: id, pull_request: z.unknown().optional() }),
  comment: z.object({
    id,
    // Null when the account was deleted.
    user: actor.nullable(),
    body: z.string().max(100_000).nullable().optional(),
    created_at: z.string().max(50),
    html_url: z.string().max(2_000).optional(),
  }),
});

/** `member`, `membership`, `team` and `organization`: that rights changed; which ones is read anew. */
export const rightsEvent = z.object({
  action,
  installation,
  repository: repository.optional(),
});

/** `pull_request_review` */
export const reviewEvent = place.extend({
  sender: user,
  pull_request: z.object({
    number: id,
    head: z.object({ sha }),
    base: z.object({ ref, sha }),
  }),
  review: z.object({
    id,
    // Null when the account was deleted.
    user: user.nullable(),
    state: z.string().max(50),
    commit_id: sha.nullable().optional(),
    submitted_at: z.string().max(50).nullable().optional(),
  }),
});

/** `check_run` */
export const checkRunEvent = place.extend({
  sender: user,
  requested_action: z.object({ identifier: z.string().max(20) }).optional(),
  check_run: z.object({
    head_sha: sha,
    external_id: z.string().max(1_024).nullable().optional(),
    app: z.object({ id }).nullable(),
    pull_requests: z.array(mentionedPullRequest).max(1_000),
  }),
});

/** `check_suite` */
export const checkSuiteEvent = place.extend({
  check_suite: z.object({
    head_sha: sha,
    app: z.object({ id }).nullable(),
    pull_requests: z.array(mentionedPullRequest).max(1_000),
  }),
});

/** `merge_group` */
export const mergeGroupEvent = place.extend({
  merge_group: z.object({
    head_sha: sha,
    base_sha: sha,
    base_ref: ref,
    head_ref: ref,
  }),
});

const installedRepository = z.object({
  id,
  full_name: z.string().regex(/^[^/]{1,255}\/[^/]{1,255}$/),
});

/** `installation` */
export const installationEvent = z.object({
  action,
  installation,
  repositories: z.array(installedRepository).max(100_000).optional(),
});

/** `installation_repositories` */
export const installationRepositoriesEvent = z.object({
  action,
  installation,
  repositories_added: z.array(installedRepository).max(100_000),
});
