import { organization, simpleUser } from "../present/account.js";
import { fullPull, simplePull } from "../present/pull.js";
import { hookRepository } from "../present/repository.js";
import type { Account } from "../world/accounts.js";
import type { LocalPullRequest } from "../world/local-pull-request.js";
import type { LocalRepository } from "../world/local-repository.js";
import type { HookDelivery } from "./hook-deliveries.js";

type Payload = Readonly<Record<string, unknown>>;

/** The part that every event of a repository carries. */
function surroundings(
  repository: LocalRepository,
  sender: Account | undefined,
): Payload {
  const { world, owner } = repository;
  const installation = world.installationFor(repository);
  return {
    repository: hookRepository(repository),
    ...(owner.type === "Organization"
      ? { organization: organization(world, owner) }
      : {}),
    sender: simpleUser(world, sender ?? owner),
    ...(installation
      ? {
          installation: {
            id: installation.id,
            node_id: `MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9u${String(installation.id)}`,
          },
        }
      : {}),
  };
}

/** Tells the app of something in a repository. */
export function emitFor(
  repository: LocalRepository,
  event: string,
  sender: Account | undefined,
  payload: Payload,
): Promise<HookDelivery | undefined> {
  const { world } = repository;
  return world.hooks.emit(
    event,
    { ...payload, ...surroundings(repository, sender) },
    { repository, installation: world.installationFor(repository) },
  );
}

/** Tells the app of a `pull_request` event. */
export async function emitPull(
  pull: LocalPullRequest,
  action: string,
  sender: Account,
  more: Payload = {},
  assignee?: Account,
): Promise<void> {
  const { world } = pull.repository;
  await emitFor(pull.repository, "pull_request", sender, {
    action,
    number: pull.number,
    pull_request: await fullPull(pull),
    ...(assignee ? { assignee: simpleUser(world, assignee) } : {}),
    ...more,
  });
}

/** Tells the app of a `pull_request_review` event. */
export async function emitReview(
  pull: LocalPullRequest,
  action: string,
  sender: Account,
  more: Payload,
): Promise<void> {
  await emitFor(pull.repository, "pull_request_review", sender, {
    action,
    pull_request: simplePull(pull),
    ...more,
  });
}
