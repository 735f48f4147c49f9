import { decide } from "#second-review/decide.js";
import type { Decision } from "#second-review/decision.js";
import type { MissingFact, ReviewFacts } from "#second-review/facts.js";
import { happen, sensitiveDiffOf, settleLoss } from "./scenario-events.js";
import { numberOf, textOf, textsOf, type Scenario } from "./scenario-file.js";
import { accountsOf, identityOf } from "./scenario-people.js";
import { configOf } from "./scenario-policy.js";
import { diffOf, filesOf, timeAt, type World } from "./scenario-world.js";

/** How a scenario ended, and what each of its checks got as an answer. */
export interface ScenarioAnswer {
  readonly id: string;
  readonly decision: Decision;
  readonly checks: readonly Decision[];
}

/** Plays a scenario event by event through the decision that the server takes. */
export function runScenario(scenario: Scenario): ScenarioAnswer {
  const world = worldOf(scenario);
  const checks: Decision[] = [];
  for (const event of scenario.timeline)
    if ("check" in event) checks.push(evaluate(world));
    else happen(world, event);
  return { id: scenario.id, decision: evaluate(world), checks };
}

function worldOf({ people, config, pullRequest }: Scenario): World {
  return {
    ...{ people, config },
    number: numberOf(pullRequest.number) ?? 1,
    author: pullRequest.author,
    requesters: [
      ...textsOf(pullRequest.assignees),
      ...textsOf(pullRequest.requested_by),
    ],
    base: textOf(pullRequest.base) ?? "main",
    ...{ head: "", files: [], minutes: 0, headSeenAt: undefined, commits: [] },
    ...{ pushes: [], reviews: [], records: [], comments: [], twins: [] },
    ...{ queue: [], filesByHead: new Map(), faults: [], losesNext: undefined },
  };
}

function evaluate(world: World): Decision {
  settleLoss(world);
  const decision = decide(factsOf(world));
  // A fault passes: what could not be read is tried again.
  world.faults = [];
  return decision;
}

function factsOf(world: World): ReviewFacts {
  const config = configOf(world.config);
  const author = identityOf(world.people, world.author);
  const files = filesOf(world.files, config.policy);
  const fails = (pattern: RegExp) =>
    world.faults.some((name) => pattern.test(name));
  return {
    at: timeAt(world.minutes),
    config,
    pullRequest: {
      ...{ number: world.number, base: world.base, head: world.head },
      ...(author && { author }),
    },
    ...(world.headSeenAt !== undefined && {
      headSeenAt: timeAt(world.headSeenAt),
    }),
    fingerprint: diffOf(world.files),
    sensitiveFingerprint: sensitiveDiffOf(world.files, config.policy),
    files,
    commits: world.commits,
    pushes: world.pushes,
    requesters: world.requesters.flatMap(
      (login) => identityOf(world.people, login) ?? [],
    ),
    ...{ reviews: world.reviews, records: world.records },
    accounts: accountsOf(world.people, world.config, actorsOf(world), {
      permissions: !fails(rights),
      teams: !fails(memberships),
    }),
    ...{ twins: world.twins, comments: world.comments, queue: world.queue },
    missing: [
      ...world.faults.flatMap(missingFact),
      ...(world.head === ""
        ? [{ what: "head", because: "nothing was pushed" } as const]
        : []),
    ],
  };
}

function actorsOf({ reviews, comments }: World): readonly string[] {
  return [...reviews, ...comments].flatMap(({ by }) => by?.login ?? []);
}

const rights = /permission|collaborator/;
const memberships = /team|membership/;

/** What a fault leaves unknown; one of an unknown name leaves everything unknown. */
function missingFact(name: string): MissingFact[] {
  if (rights.test(name) || memberships.test(name)) return [];
  return [{ what: whatFails(name), because: `of the fault ${name}` }];
}

function whatFails(name: string): MissingFact["what"] {
  if (/head/.test(name)) return "head";
  if (/config/.test(name)) return "config";
  if (/commit/.test(name)) return "commits";
  return /review|dismissal|timeline/.test(name) ? "reviews" : "files";
}
