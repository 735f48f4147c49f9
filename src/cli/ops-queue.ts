import type { Keeper, ListedJob, ParkedJob } from "#queue/queue.js";
import { forTerminal } from "#report/escape.js";
import { toJob } from "#server/intents.js";
import type { Work } from "#server/work.js";
import { complain } from "./complain.js";
import { withStore } from "./with-store.js";

const listed = 50;
const environment = process.env;

/** Prints what runs and waits, and which installations GitHub made us pause. @returns the exit code. */
export function opsQueue(): Promise<number> {
  return withStore(environment, async ({ queue }) => {
    const { depth, running, parked, oldestAgeMs } = await queue.stats();
    say(
      `${String(depth)} jobs (${String(running)} running, oldest waits ${seconds(oldestAgeMs)}), ${String(parked)} parked`,
    );
    for (const { group, until } of await queue.pauses())
      say(`installation ${group} is paused until ${timeOf(until)}`);
    for (const job of await queue.list(listed)) say(lineOf(job));
    if (depth > listed) say(`and ${String(depth - listed)} more`);
  });
}

/** Prints the jobs that were given up, with the reason. @returns the exit code. */
export function opsParked(): Promise<number> {
  return withStore(environment, async ({ queue }) => {
    const parked = await queue.parked();
    if (parked.length === 0) say("Nothing is parked.");
    for (const { key, because, parkedAt } of parked)
      say(`${timeOf(parkedAt)}  ${key}  ${because}`);
  });
}

/**
 * Gives parked jobs a fresh start.
 *
 * @param keys - As `ops parked` prints them; all when there are none.
 * @returns the exit code.
 */
export function opsRetry(keys: readonly string[]): Promise<number> {
  return withStore(environment, async ({ queue }) => {
    const parked = await queue.parked();
    const isWanted = ({ key }: ParkedJob) =>
      keys.length === 0 || keys.includes(key);
    const wanted = parked.filter(isWanted);
    for (const key of keys)
      if (!parked.some((job) => job.key === key))
        complain(`${forTerminal(key)} is not parked.`);
    await wantAgain(queue, wanted);
    say(`${String(wanted.length)} of ${String(parked.length)} started afresh`);
  });
}

/** Has every open pull request held against its check runs, soon. @returns the exit code. */
export function opsReconcile(): Promise<number> {
  return withStore(environment, async ({ queue }) => {
    await queue.add([toJob({ kind: "sweep", installationId: 0 })]);
    say("A server will look for open pull requests without an answer.");
  });
}

function wantAgain(
  queue: Keeper["queue"],
  parked: readonly ParkedJob[],
): Promise<void> {
  return queue.add(parked.map(({ payload }) => toJob(payload as Work)));
}

function lineOf(job: ListedJob): string {
  const { state, key, group, at, tries, deferrals } = job;
  const history =
    deferrals === 0
      ? ""
      : `  ${String(tries)} failed tries, ${String(deferrals)} runs in all`;
  return `${state}  ${key}  installation ${group}  due ${timeOf(at)}${history}`;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

function seconds(ms: number): string {
  return `${String(Math.round(ms / 1_000))} s`;
}

function say(line: string): void {
  process.stdout.write(`${forTerminal(line)}\n`);
}
