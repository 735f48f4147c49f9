import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { costlyCallsIn } from "./costly-calls.js";
import {
  dataReceivers,
  forgets,
  mailingLists,
  type ReceiverKind,
} from "./data-receivers.js";
import type { FunctionRef } from "./function-ref.js";
import { callsIn } from "./functions.js";
import { namesPerson } from "./person-ids.js";
import { type PersonalValue, personalValuesIn } from "./personal-values.js";
import type { Project } from "./project.js";
import { provenanceOfCallee } from "./provenance.js";
import { runtimeOf } from "./runtimes.js";
import {
  type CallValue,
  hasPart,
  lastName,
  stepsIn,
  valuesOf,
  valuesWithin,
} from "./value-walk.js";

/** A place where personal data leaves the app's own store: into a log, or to a service. */
export interface PersonalSink {
  readonly kind: "log" | ReceiverKind;
  /** `console`, `logger`, or the service: `PostHog`. */
  readonly receiver: string;
  readonly in: FunctionRef;
  /** From 1. */
  readonly line: number;
  /** What it is given; may be empty for vectors that are stored under a person's id. */
  readonly values: readonly PersonalValue[];
}

/** What the app sends out of its store, and which services it asks to forget. */
export interface PersonalFlows {
  readonly sinks: readonly PersonalSink[];
  /** Services that some code asks to delete, remove or forget something. */
  readonly forgetting: ReadonlySet<string>;
}

const known = new WeakMap<Project, PersonalFlows>();

/** Where the app's own code sends personal data; tests, scripts and generated files are not part of it. */
export function personalFlows(project: Project): PersonalFlows {
  const before = known.get(project);
  if (before) return before;
  const sinks: PersonalSink[] = [];
  const forgetting = new Set<string>();
  for (const [path, { code }] of project.files) {
    const runtime = runtimeOf(project, path);
    if (code === undefined || /^(?:test|script|generated)$/.test(runtime))
      continue;
    for (const facts of code.functions) {
      if (runtime !== "client") sinks.push(...logsIn(path, facts));
      sinks.push(...sentIn(project, path, facts, forgetting));
      sinks.push(...askedIn(project, path, facts));
    }
  }
  const flows = { sinks, forgetting };
  known.set(project, flows);
  return flows;
}

const logCalls =
  /^console\.(?:log|info|warn|error)$|(?:^|\.)(?:log|logger|\w+Logger|winston|pino)\.(?:info|warn|error|fatal|notice|http|log)$/;

/** Lines of logs that hold personal data, apart from those that only a developer's machine writes. */
function logsIn(path: string, facts: FunctionFacts): PersonalSink[] {
  if (!callsIn(facts).some(({ callee }) => logCalls.test(callee))) return [];
  return productionSteps(facts.steps).flatMap((step) =>
    valuesOf(step).flatMap((value) =>
      valuesWithin(value).flatMap((part): PersonalSink[] => {
        if (part.kind !== "call" || !logCalls.test(part.callee)) return [];
        const values = personalValuesIn(part.arguments, facts, false);
        return values.length === 0
          ? []
          : [
              {
                kind: "log",
                receiver: part.callee.startsWith("console.")
                  ? "console"
                  : "logger",
                ...{ in: { path, at: facts.at }, line: part.line, values },
              },
            ];
      }),
    ),
  );
}

/** The steps that run in production, without those under a test of a development or debugging switch. */
function productionSteps(steps: readonly Step[]): Step[] {
  const found: Step[] = [];
  const pending: Step[] = steps.toReversed();
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    found.push(at);
    const inner =
      at.kind === "if" && isDeveloperTest(at.test) ? at.else : stepsIn(at);
    pending.push(...inner.toReversed());
  }
  return found;
}

function isDeveloperTest(test: Value): boolean {
  return hasPart(
    test,
    (part) =>
      (part.kind === "environment" &&
        /^(?:NODE_ENV|DEBUG|DEV|MODE|VERCEL_ENV|ENVIRONMENT|\w*_DEBUG)$/.test(
          part.name,
        )) ||
      (part.kind === "name" &&
        /(?:^|\.)(?:debug|isDev\w*|__DEV__|dev|DEBUG|verbose|isLocal\w*)$/i.test(
          part.name,
        )),
  );
}

function sentIn(
  project: Project,
  path: string,
  facts: FunctionFacts,
  forgetting: Set<string>,
): PersonalSink[] {
  return callsIn(facts).flatMap(({ call, line }): PersonalSink[] => {
    const receiver = receiverOf(project, path, facts, call);
    if (receiver === undefined) return [];
    if (receiver.forgets) {
      forgetting.add(receiver.vendor);
      return [];
    }
    const values = personalValuesIn(call.arguments, facts, true);
    const isOfPerson =
      receiver.kind === "vectors" &&
      call.arguments.some((one) => namesPerson(one, facts));
    if (values.length === 0 && !isOfPerson) return [];
    return [
      {
        ...{ kind: receiver.kind, receiver: receiver.vendor },
        ...{ in: { path, at: facts.at }, line, values },
      },
    ];
  });
}

function receiverOf(
  project: Project,
  path: string,
  facts: FunctionFacts,
  call: CallValue,
):
  | {
      readonly vendor: string;
      readonly kind: ReceiverKind;
      readonly forgets: boolean;
    }
  | undefined {
  const name = lastName(call.callee);
  const mayForget = forgets.test(name);
  const maySend = [...dataReceivers, ...mailingLists].some(({ sends }) =>
    sends.test(name),
  );
  if (!maySend && !mayForget) return undefined;
  const made = provenanceOfCallee(project, {
    path,
    value: call,
    within: facts,
  });
  if (made === undefined) return undefined;
  const found =
    dataReceivers.find((one) => one.name.test(made.package)) ??
    mailingLists.find(
      (one) =>
        one.name.test(made.package) && (mayForget || one.way.test(made.way)),
    );
  if (found === undefined || !(mayForget || found.sends.test(name)))
    return undefined;
  return { vendor: found.vendor, kind: found.kind, forgets: mayForget };
}

/** Prompts that name a person or repeat what people wrote. */
function askedIn(
  project: Project,
  path: string,
  facts: FunctionFacts,
): PersonalSink[] {
  return costlyCallsIn(project, { path, at: facts.at }).flatMap(
    ({ kind, provider, call, line }): PersonalSink[] => {
      if (kind !== "model") return [];
      const values = personalValuesIn(call.arguments, facts, true);
      return values.length === 0
        ? []
        : [
            {
              ...{ kind: "model" as const, receiver: provider },
              ...{ in: { path, at: facts.at }, line, values },
            },
          ];
    },
  );
}
