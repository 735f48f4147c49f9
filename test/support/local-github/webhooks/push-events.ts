import { pushCommit } from "../present/commit.js";
import { hookSuite } from "../present/check.js";
import { hookRepository } from "../present/repository.js";
import { suiteFor } from "../world/suites.js";
import { zeroOid } from "../world/notation.js";
import type { Push } from "../world/push.js";
import { emitFor, emitPull } from "./events.js";

/** Commits that a push event lists at most. */
const maxListed = 2048;

/** Tells the app of a push, and pull requests of their new head. */
export async function announcePush(push: Push): Promise<void> {
  await emitPush(push);
  await requestSuite(push);
  await moveHeads(push);
}

async function emitPush(push: Push): Promise<void> {
  const { repository, before, after, by } = push;
  const { git } = repository;
  const ids =
    before === zeroOid ? [after] : await git.commitsBetween(before, after);
  const commits = await Promise.all(
    ids.slice(-maxListed).map(async (id) => pushCommit(repository, id)),
  );
  const created = before === zeroOid;
  await emitFor(repository, "push", by, {
    ref: `refs/heads/${push.branch}`,
    before,
    after,
    created,
    deleted: false,
    forced: push.type === "force_push",
    base_ref: null,
    compare: `${hookRepository(repository).html_url}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits,
    head_commit: await pushCommit(repository, after),
    pusher: { name: by.login, email: by.email },
  });
}

/** GitHub opens a suite for every app that may write checks, on every push. */
async function requestSuite(push: Push): Promise<void> {
  const { repository, branch } = push;
  const installation = repository.world.installationFor(repository);
  if (installation?.permissions["checks"] !== "write") return;
  const suite = suiteFor(repository, push.after, {
    branch,
    before: push.before,
  });
  await emitFor(repository, "check_suite", push.by, {
    action: "requested",
    check_suite: await hookSuite(repository, suite),
  });
}

async function moveHeads(push: Push): Promise<void> {
  const { repository, branch, by } = push;
  const pulls = repository.world.repositories
    .flatMap((one) => one.pulls)
    .filter(
      (pull) =>
        pull.state === "open" &&
        pull.headRepository === repository &&
        pull.headRef === branch,
    );
  for (const pull of pulls) {
    const before = await pull.follow();
    const after = pull.headSha;
    if (push.type === "force_push") {
      pull.record({ kind: "force-pushed", before, after }, by);
    }
    await emitPull(pull, "synchronize", by, { before, after });
  }
}
