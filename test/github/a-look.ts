import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Probot, ProbotOctokit } from "probot";
import type { Needs } from "#gate/check.js";
import type { Snapshot } from "#gate/snapshot.js";
import { openBlobStore } from "#github/blob-store.js";
import { findMergeBase } from "#github/merge-base.js";
import type { Octokit } from "#github/octokit.js";
import { readPullRequest } from "#github/pull-request.js";
import {
  type LookOptions,
  pullRequestLook,
  readSnapshot,
} from "#github/snapshot.js";
import { openTreeStore } from "#github/tree-store.js";
import type { LocalGitHub } from "#support/local-github/local-github.js";
import type { LocalPullRequest } from "#support/local-github/world/local-pull-request.js";

/** Code of the change, and of each of its commits. */
export const codeNeeds: Needs = {
  files: ["**/*.{ts,env}", "**/.env*"],
  scope: "changed",
  commits: true,
};

/** Octokit as the server has it: as the app's installation, but it never waits. */
export async function octokitOf(github: LocalGitHub): Promise<Octokit> {
  const probot = new Probot({
    appId: github.app.id,
    privateKey: github.app.privateKey,
    secret: "s".repeat(32),
    baseUrl: github.apiUrl,
    logLevel: "fatal",
    // A function, because the defaults that Probot lays over an object switch the waiting on again.
    Octokit: ProbotOctokit.defaults((options: object) => ({
      ...options,
      throttle: { enabled: false },
      retry: { enabled: false },
    })) as typeof ProbotOctokit,
  });
  return probot.auth(github.installationOn("acme").id);
}

/** Empty stores on disk. */
export async function emptyStores(): Promise<
  LookOptions & { readonly remove: () => Promise<void> }
> {
  const folder = await mkdtemp(join(tmpdir(), "look-"));
  return {
    takenAt: "2026-06-01T12:00:00Z",
    blobs: openBlobStore(join(folder, "blobs")),
    trees: openTreeStore(join(folder, "trees")),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Reads a pull request as a review does. */
export async function snapshotOf(
  octokit: Octokit,
  pull: LocalPullRequest,
  stores: LookOptions,
  needs: readonly Needs[] = [codeNeeds],
): Promise<Snapshot> {
  const pullRequest = await readPullRequest(octokit, placeOf(pull));
  const base = await findMergeBase(octokit, pullRequest);
  const look = pullRequestLook(pullRequest, base);
  return readSnapshot(octokit, look, needs, stores);
}

/** A pull request's place in its repository. */
export function placeOf({ repository, number }: LocalPullRequest) {
  return { owner: repository.owner.login, repo: repository.name, number };
}
