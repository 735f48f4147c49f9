import type { Call } from "../http/route.js";
import { nodeId } from "../present/account.js";
import { repositoryPage } from "../present/repository.js";
import type { LocalRepository } from "../world/local-repository.js";
import type { QueueEntry } from "../world/merge-queue.js";
import { grants } from "../world/registration.js";
import { actorView } from "./actor-view.js";
import { connection, type ListArguments } from "./connection.js";
import { GraphqlRefusal } from "./graphql-refusal.js";
import { commitView, objectView } from "./object-view.js";
import { pullView } from "./pull-view.js";

/** What graphql hands to every resolver. */
export interface Context {
  readonly call: Call;
}

/** A repository, as GraphQL shows it. */
export function repositoryView(repository: LocalRepository): object {
  return {
    __typename: "Repository",
    id: nodeId("Repository", repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: repository.fullName,
    isFork: repository.parent !== undefined,
    isPrivate: repository.isPrivate,
    owner: actorView(repository.world, repository.owner),
    url: repositoryPage(repository),
    defaultBranchRef: (_: unknown, context: Context) => {
      need(context, "contents");
      return refView(repository, `refs/heads/${repository.defaultBranch}`);
    },
    ref: (args: { qualifiedName: string }, context: Context) => {
      need(context, "contents");
      return namedRef(repository, args.qualifiedName);
    },
    object: (
      args: { expression?: string | null; oid?: string | null },
      context: Context,
    ) => {
      need(context, "contents");
      return objectView(repository, args.oid ?? args.expression ?? "");
    },
    pullRequest: (args: { number: number }, context: Context) => {
      need(context, "pull_requests");
      return pullOf(repository, args.number);
    },
    mergeQueue: (args: { branch?: string | null }, context: Context) => {
      need(context, "merge_queues");
      return queueView(repository, args.branch ?? repository.defaultBranch);
    },
  };
}

/** A branch or another ref; null when there is none. */
export async function refView(repository: LocalRepository, name: string) {
  const tip = await repository.git.read(name);
  if (!tip) return null;
  const prefix = /^refs\/(heads|tags|pull)\//.exec(name)?.[0] ?? "refs/";
  return {
    id: nodeId("Ref", `${String(repository.id)}:${name}`),
    name: name.slice(prefix.length),
    prefix,
    target: () => objectView(repository, tip.oid),
  };
}

async function namedRef(repository: LocalRepository, name: string) {
  if (name.startsWith("refs/")) return refView(repository, name);
  return (
    (await refView(repository, `refs/heads/${name}`)) ??
    (await refView(repository, `refs/tags/${name}`))
  );
}

function pullOf(repository: LocalRepository, number: number) {
  const pull = repository.findPull(number);
  if (pull) return pullView(pull);
  throw new GraphqlRefusal(
    "NOT_FOUND",
    `Could not resolve to a PullRequest with the number of ${String(number)}.`,
  );
}

function queueView(repository: LocalRepository, branch: string) {
  const entries = repository.queue.filter((entry) => entry.branch === branch);
  if (entries.length === 0) return null;
  return {
    id: nodeId("MergeQueue", `${String(repository.id)}:${branch}`),
    entries: (args: ListArguments) =>
      connection("entries", entries, args, (entry) =>
        entryView(repository, entry, entries.indexOf(entry) + 1),
      ),
  };
}

function entryView(
  repository: LocalRepository,
  entry: QueueEntry,
  position: number,
) {
  return {
    id: nodeId("MergeQueueEntry", entry.id),
    position,
    state: "AWAITING_CHECKS",
    enqueuedAt: entry.enqueuedAt,
    enqueuer: actorView(repository.world, entry.enqueuer),
    baseCommit: () => commitView(repository, entry.baseSha),
    headCommit: () => commitView(repository, entry.headSha),
    pullRequest: () => pullView(entry.pull),
  };
}

function need({ call }: Context, permission: string): void {
  if (grants(call.token.permissions, permission, "read")) return;
  throw new GraphqlRefusal(
    "FORBIDDEN",
    "Resource not accessible by integration",
  );
}
