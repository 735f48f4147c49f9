import type { Finding } from "#gate/finding.js";
import { fileSide } from "#model/file-side.js";
import {
  callsIn,
  type FunctionRef,
  resolveFunction,
} from "#model/functions.js";
import { optionOf } from "#model/option-of.js";
import type { Project } from "#model/project.js";
import { isReachable } from "#model/runtimes.js";
import { routesOf } from "#model/routes.js";
import { valueOfName } from "#model/value-of-name.js";
import { type CallValue, lastName } from "#model/value-walk.js";
import { configEntries } from "#parse/config-entries.js";
import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { isLedSpared, type Led, ledTo } from "./endpoints.js";
import { sentenceStart } from "./output-cap.js";
import { isSpared } from "./spared.js";
import { dearReach, spendersOf } from "./spenders.js";

/** Pauses above this are a schedule that somebody thought about. */
const longMs = 15 * 60_000;

/** Timers, polls and schedules that pay for a call again and again. */
export function timerFindings(project: Project): readonly Finding[] {
  if (spendersOf(project).length === 0) return [];
  const inCode = [...project.files].flatMap(([path, { code }]) =>
    code === undefined || fileSide(project, path) === "aside"
      ? []
      : code.functions.flatMap((facts) =>
          callsIn(facts).flatMap(
            ({ call }) => timerFinding(project, path, facts, call) ?? [],
          ),
        ),
  );
  return [...inCode, ...scheduleFindings(project)];
}

function timerFinding(
  project: Project,
  path: string,
  facts: FunctionFacts,
  call: CallValue,
): Finding | undefined {
  const timer = timerOf(call);
  if (timer === undefined) return undefined;
  const pauseMs = numberOf(project, path, facts, timer.pause);
  if (pauseMs === undefined || pauseMs <= 0 || pauseMs > longMs)
    return undefined;
  const ref: FunctionRef | undefined = resolveFunction(
    project,
    path,
    timer.work,
    facts,
  );
  const led =
    ref && ledTo(project, ref).find((one) => !isLedSpared(project, one));
  if (!led) return undefined;
  return {
    rule: "costly-call-on-timer",
    path,
    lines: { start: call.line, end: call.line },
    identity: `${facts.name} ${led.costly.provider}`,
    message: `${sentenceStart(led.costly.provider)} is paid every ${seconds(pauseMs)}${fileSide(project, path) === "client" ? " for each open page" : ""}, whether anybody needs it or not.`,
    fix: "Ask when something has changed or the user asks for it; poll your own store, not the provider.",
    confidence: "likely",
    evidence: evidenceOf(led),
    ...(!isReachable(project, path) && { atMost: "notice" as const }),
  };
}

function timerOf(
  call: CallValue,
): { readonly work: Value; readonly pause: Value } | undefined {
  const [first, second] = call.arguments;
  if (lastName(call.callee) === "setInterval" && first && second)
    return { work: first, pause: second };
  if (
    !/^(?:useQuery|useSWR|createQuery|useInterval)$/.test(lastName(call.callee))
  )
    return undefined;
  if (lastName(call.callee) === "useInterval" && first && second)
    return { work: first, pause: second };
  const options = call.arguments.at(-1);
  const pause = optionOf(options, "refetchInterval", "refreshInterval");
  const work = optionOf(options, "queryFn") ?? second;
  return pause && work ? { work, pause } : undefined;
}

function numberOf(
  project: Project,
  path: string,
  within: FunctionFacts,
  value: Value,
): number | undefined {
  const meant =
    value.kind === "name"
      ? valueOfName(project, { path, within }, value.name)?.value
      : value;
  return meant?.kind === "literal" && typeof meant.value === "number"
    ? meant.value
    : undefined;
}

function seconds(milliseconds: number): string {
  const whole = Math.round(milliseconds / 1000);
  return whole >= 120
    ? `${String(Math.round(whole / 60))} minutes`
    : `${String(Math.max(whole, 1))} seconds`;
}

function evidenceOf({ costly, route }: Led) {
  return [
    ...(route
      ? [
          {
            path: route.file,
            line: route.line,
            note: "The endpoint that it asks.",
          },
        ]
      : []),
    {
      path: costly.path,
      line: costly.line,
      note: `The call that ${costly.provider} is paid for.`,
    },
  ];
}

/** Schedules of Vercel that run every few minutes. */
function scheduleFindings(project: Project): readonly Finding[] {
  return project.snapshot.files.flatMap(({ path, text }): Finding[] => {
    if (!/(?:^|\/)vercel\.json$/.test(path)) return [];
    const entries = configEntries(path, text);
    return entries.flatMap(({ keys, value, line }): Finding[] => {
      if (keys[0] !== "crons" || keys[2] !== "schedule" || !isOften(value))
        return [];
      const target = entries.find(
        (one) =>
          one.keys[0] === "crons" &&
          one.keys[1] === keys[1] &&
          one.keys[2] === "path",
      )?.value;
      const route = routesOf(project).find(
        (one) => one.path === target?.replace(/\?.*$/, ""),
      );
      const reached =
        route &&
        dearReach(project, route.handler).find(
          (one) => !isSpared(project, one.via, one.costly.call),
        );
      if (!reached || !route) return [];
      return [
        {
          rule: "costly-call-on-timer",
          path,
          lines: { start: line, end: line },
          identity: `${value} ${target ?? ""}`,
          message: `${sentenceStart(reached.costly.provider)} is asked on a schedule that runs every few minutes (${value}).`,
          fix: "Run it as seldom as the result is needed, and limit how much one run may do.",
          confidence: "likely",
          evidence: evidenceOf({ ...reached, route }),
        },
      ];
    });
  });
}

/** More often than each quarter of an hour. */
function isOften(schedule: string): boolean {
  const [minute = ""] = schedule.trim().split(/\s+/);
  const every = /^\*\/(\d+)$/.exec(minute)?.[1];
  return minute === "*" || (every !== undefined && Number(every) < 15);
}
