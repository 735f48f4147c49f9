import type {
  CommitFacts,
  PushFacts,
  RecordedReview,
} from "#second-review/facts.js";
import { identityOf, commitOf } from "./scenario-people.js";
import { configOf } from "./scenario-policy.js";
import {
  listOf,
  merged,
  nodeOf,
  textOf,
  numberOf,
  type Node,
} from "./scenario-file.js";
import {
  diffOf,
  filesOf,
  nodesOf,
  timeAt,
  type World,
} from "./scenario-world.js";

type Act = (world: World, event: Node) => void;

/** What each event does to the world; events without an entry (draft, ready, close, reopen) change no fact. */
const acts: Readonly<Record<string, Act>> = {
  open: (world, event) => push(world, event),
  push: (world, event) => push(world, event),
  review,
  dismiss,
  comment,
  retarget,
  permission: (world, event) => {
    const login = textOf(event.user) ?? "";
    const person = nodeOf(world.people[login]);
    world.people = {
      ...world.people,
      [login]: { ...person, permission: event.to },
    };
  },
  base_config: (world, event) => {
    world.config = merged(world.config, event);
  },
  other_pr: otherPullRequest,
  merge_group: (world, event) => {
    world.queue = nodesOf(event.prs)
      .filter(({ number }) => number !== world.number)
      .map(({ number, decision }) => ({
        number: numberOf(number) ?? 0,
        ...(isDecision(decision) && { decision }),
      }));
  },
  clock: (world, event) => {
    const hours = numberOf(event.hours) ?? 0;
    const minutes = hours * 60 + (numberOf(event.minutes) ?? 0);
    // A thousand years are as good as any more, and what is before them still has a date.
    world.minutes += Math.min(Math.max(minutes, 0), 525_600_000);
  },
};

/** Lets an event happen. */
export function happen(world: World, event: Node): void {
  world.minutes += 1;
  for (const [kind, value] of Object.entries(event)) {
    if (kind === "fault")
      for (const name of faultsIn(value)) fault(world, name);
    else if (Object.hasOwn(acts, kind)) acts[kind]?.(world, nodeOf(value));
  }
}

/** Faults by name, alone or in a list or with more said about them. */
function faultsIn(value: unknown): readonly string[] {
  return listOf(value).map((each) => {
    const { name, fault: kind } = nodeOf(each);
    return textOf(each) ?? textOf(name) ?? textOf(kind) ?? "unnamed";
  });
}

function isDecision(
  value: unknown,
): value is "satisfied" | "pending" | "not-required" {
  return (
    value === "satisfied" || value === "pending" || value === "not-required"
  );
}

function push(world: World, event: Node): void {
  const by = identityOf(world.people, event.by);
  const before = diffOf(world.files);
  const isFirst = world.head === "";
  const commits = commitsOf(world, event);
  const old = world.commits;
  world.head = textOf(event.sha) ?? commits.at(-1)?.sha ?? world.head;
  const isForced = event.mode === "force" || isFirst;
  world.commits = isForced ? commits : [...old, ...commits];
  if (event.files !== undefined) world.files = nodesOf(event.files);
  world.filesByHead.set(world.head, world.files);
  world.queue = [];
  const isLost = world.losesNext === "push";
  if (isLost) world.losesNext = undefined;
  // Nobody told us of a push whose author the scenario does not know.
  const isSeen = by !== undefined && !isLost;
  world.headSeenAt = isSeen ? world.minutes : undefined;
  if (isFirst && !isSeen) return;
  const move: PushFacts = {
    head: world.head,
    ...(!isFirst && { fingerprintBefore: before }),
    fingerprint: diffOf(world.files),
    added: without(world.commits, old),
    dropped: without(old, world.commits),
  };
  world.pushes.push(isSeen ? { ...move, by } : unheardOf(move));
}

/** A push that nobody told us of: the next look at the head finds what is gone, and cannot tell who brought the rest. */
function unheardOf({ by: _, ...move }: PushFacts): PushFacts {
  return { ...move, added: [] };
}

function commitsOf(world: World, event: Node): readonly CommitFacts[] {
  const listed = listOf(
    event.commits ?? [{ sha: event.sha, author: event.by }],
  );
  return listed.map((commit) => commitOf(world.people, commit));
}

function without(
  some: readonly CommitFacts[],
  others: readonly CommitFacts[],
): readonly CommitFacts[] {
  const shas = new Set(others.map(({ sha }) => sha));
  return some.filter(({ sha }) => !shas.has(sha));
}

const states = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes-requested",
  COMMENTED: "commented",
  PENDING: "pending",
} as const;

function review(world: World, event: Node): void {
  const id = numberOf(event.id) ?? world.reviews.length + 1;
  const by = identityOf(world.people, event.by);
  const on = textOf(event.on) ?? world.head;
  const name = textOf(event.state)?.toUpperCase() ?? "";
  const state = states[name as keyof typeof states] ?? "commented";
  const isDismissed = name === "DISMISSED";
  world.reviews.push({
    id,
    ...(by && { by }),
    state: isDismissed ? "approved" : state,
    ...(isDismissed && { dismissal: { at: timeAt(world.minutes) } }),
    submittedAt: timeAt(world.minutes),
    reportedCommit: textOf(event.api_commit_id) ?? on,
  });
  const isLost = world.losesNext === "review";
  if (isLost) world.losesNext = undefined;
  const record = isLost ? undefined : recordOf(world, id, on);
  if (record) world.records.push(record);
}

/** What our store writes down when the review arrives: the head in the event and its diff, nothing that GitHub moves. */
function recordOf(
  world: World,
  reviewId: number,
  head: string,
): RecordedReview | undefined {
  const files = world.filesByHead.get(head);
  if (files === undefined) return undefined;
  const { policy } = configOf(world.config);
  return {
    ...{ reviewId, head, base: world.base },
    fingerprint: diffOf(files),
    sensitiveFingerprint: sensitiveDiffOf(files, policy),
  };
}

/** Names the part of a diff that is sensitive. */
export function sensitiveDiffOf(
  files: readonly Node[],
  policy: Parameters<typeof filesOf>[1],
): string {
  const facts = filesOf(files, policy);
  return diffOf(
    files.filter((_, index) => (facts[index]?.categories.length ?? 0) > 0),
  );
}

function dismiss(world: World, event: Node): void {
  const id = numberOf(event.review) ?? numberOf(event.id);
  const index = world.reviews.findLastIndex((each) => each.id === id);
  const known = world.reviews[index];
  if (!known) return;
  const by = identityOf(world.people, event.by);
  const dismissal = { at: timeAt(world.minutes), ...(by && { by }) };
  world.reviews[index] = { ...known, dismissal };
}

function comment(world: World, event: Node): void {
  const by = identityOf(world.people, event.by);
  world.comments.push({
    id: world.comments.length + 1,
    ...(by && { by }),
    body: textOf(event.body) ?? "",
    at: timeAt(world.minutes),
    isEdited: event.edited_by !== undefined && event.edited_by !== null,
    fingerprint: diffOf(world.files),
  });
}

function retarget(world: World, event: Node): void {
  world.base = textOf(event.base) ?? world.base;
  if (event.files !== undefined) world.files = nodesOf(event.files);
  world.filesByHead.clear();
  world.filesByHead.set(world.head, world.files);
  world.queue = [];
}

function otherPullRequest(world: World, event: Node): void {
  const number = numberOf(event.number) ?? 0;
  const known = world.twins.findIndex((twin) => twin.number === number);
  if (known >= 0) world.twins.splice(known, 1);
  if (event.state === "closed") return;
  const author = identityOf(world.people, event.author);
  world.twins.push({
    number,
    ...(author && { author }),
    base: textOf(event.base) ?? world.base,
    head: textOf(event.sha) ?? "",
  });
}

const losses =
  /\b(lost|undelivered|unrecorded|downtime|offline|cold-start)\b|\b(not|never)-(delivered|received|recorded|seen)\b|\bno-(record|memory|event|webhook)s?\b|\bmiss(ed|ing)-(event|webhook|delivery|review|push|record)|\b(event|webhook|delivery|record|memory|store)s?-(missed|missing|dropped|wiped|gone)/;

/** Deliveries that come twice or in another order change nothing: the facts are what they are. */
const repeats = /duplicate|redeliver|out-of-order|reorder/;

/** The app was not there before. */
const beginnings = /cold-start|install/;

function forgetAll(world: World): void {
  world.records.length = 0;
  world.pushes.length = 0;
  world.headSeenAt = undefined;
}

/** A fault of the interface lasts for one evaluation; an event that got lost stays lost. */
function fault(world: World, name: string): void {
  if (repeats.test(name)) return;
  if (beginnings.test(name)) return forgetAll(world);
  if (!losses.test(name)) world.faults.push(name);
  else if (/push|synchroni[sz]e/.test(name)) world.losesNext = "push";
  else if (/record|memory|store/.test(name)) world.records.length = 0;
  else world.losesNext = "review";
}

/** A loss that no later event suffered was the loss of the last one. */
export function settleLoss(world: World): void {
  if (world.losesNext === "review") world.records.pop();
  if (world.losesNext === "push") {
    const push = world.pushes.pop();
    if (push?.fingerprintBefore !== undefined)
      world.pushes.push(unheardOf(push));
    world.headSeenAt = undefined;
  }
  world.losesNext = undefined;
}
