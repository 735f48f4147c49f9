import { KnownLists } from "#github/conditional.js";
import type { Claim, Keeper, KeeperOptions } from "#queue/queue.js";
import { planFor } from "#server/failure-plan.js";
import { ingest } from "#server/ingest.js";
import { toJob } from "#server/intents.js";
import { LeaseLost } from "#server/lease.js";
import { createLog } from "#server/log.js";
import { Metrics } from "#server/metrics.js";
import {
  reconcileInstallation,
  reconcileRepository,
} from "#server/reconcile.js";
import type { ReviewContext } from "#server/review-context.js";
import { sweep } from "#server/sweep.js";
import { mergeWork, type Work } from "#server/work.js";
import { faultsInEnd } from "./invariants.js";
import { reviewInModel } from "./a-review.js";
import {
  clientOver,
  httpError,
  ModelGitHub,
  type ModelDelivery,
} from "./model-github.js";

const leaseMs = 60_000;
const requestTimeoutMs = 15_000;
const processes = 2;
const chaosSteps = 90;
const quietSteps = 4_000;
const appId = 1;
const log = createLog("silent", []);

/** Something a process waits for: a request that is under way, or its next step in the store. */
interface Waiting {
  readonly process: Process;
  readonly act: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Process {
  isAlive: boolean;
  busy: number;
}

/** Opens a store under the clock of the simulation. */
export type OpenStore = (options: KeeperOptions) => Promise<Keeper>;

/** One schedule of pushes, lost and doubled events, faults, kills and limits, all drawn from one seed. */
export class Simulation {
  readonly github = new ModelGitHub();
  readonly #random: () => number;
  readonly #waiting: Waiting[] = [];
  readonly #history: string[] = [];
  #processes: Process[] = [];
  #storing = 0;
  #isQuiet = false;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** What happened, for somebody who looks into a schedule that failed. */
  get history(): readonly string[] {
    return this.#history;
  }

  /** Runs the schedule to its end. @returns what is wrong then; nothing when all is well. */
  async run(open: OpenStore): Promise<readonly string[]> {
    const keeper = await open({
      now: () => this.github.clock,
      leaseMs,
      groupCap: 2,
      merge: (earlier, later) => mergeWork(earlier as Work, later as Work),
    });
    this.#processes = Array.from({ length: processes }, () => this.#born());
    for (let number = 1; number <= 3; number += 1) this.#open(number);
    for (let step = 0; step < chaosSteps; step += 1) {
      await this.#chaos(keeper);
      await this.#rest();
    }
    this.#isQuiet = true;
    const isEmpty = await this.#calm(keeper);
    const wrong = isEmpty ? [] : ["the queue did not get empty"];
    const parked = await keeper.queue.parked();
    wrong.push(...parked.map(({ key }) => `${key} is parked`));
    await keeper.close();
    return [...wrong, ...faultsInEnd(this.github)];
  }

  #born(): Process {
    return { isAlive: true, busy: 0 };
  }

  #note(what: string): void {
    this.#history.push(what);
  }

  #chance(part: number): boolean {
    return this.#random() < part;
  }

  #pick<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.#random() * items.length)];
  }

  #open(number: number): void {
    const head = this.#newHead();
    this.github.pulls.set(number, { number, head, isOpen: true, earlier: [] });
    this.github.emit("opened", number);
  }

  #newHead(): string {
    return this.github.nextId().toString(16).padStart(40, "0");
  }

  async #chaos(keeper: Keeper): Promise<void> {
    const draw = this.#random();
    if (draw < 0.12) this.#userActs();
    else if (draw < 0.3) await this.#network(keeper);
    else if (draw < 0.5) await this.#claim(keeper);
    else if (draw < 0.86) this.#resume();
    else if (draw < 0.9) this.#kill();
    else if (draw < 0.94) await this.#sweepSoon(keeper);
    else this.#pass(this.#chance(0.3) ? leaseMs + 1 : 5_000);
  }

  #userActs(): void {
    const { github } = this;
    const pull = this.#pick([...github.pulls.values()]);
    if (!pull) return;
    const { number } = pull;
    if (this.#chance(0.7)) {
      // Now and then a forced push goes back to where the branch was before.
      const earlier = this.#pick(pull.earlier);
      pull.earlier.push(pull.head);
      pull.head =
        earlier !== undefined && this.#chance(0.2) ? earlier : this.#newHead();
      if (pull.isOpen) github.emit("synchronize", number);
      this.#note(`push to ${String(number)}`);
    } else {
      pull.isOpen = !pull.isOpen;
      github.emit(pull.isOpen ? "reopened" : "closed", number);
      this.#note(`${pull.isOpen ? "reopen" : "close"} ${String(number)}`);
    }
  }

  /** Delivers any of what is under way, drops it, or delivers it twice. */
  async #network(keeper: Keeper): Promise<void> {
    const { underWay } = this.github;
    const delivery = this.#pick(underWay);
    if (!delivery) return;
    const isKept = !this.#isQuiet && this.#chance(0.15);
    if (!isKept) underWay.splice(underWay.indexOf(delivery), 1);
    if (!this.#isQuiet && this.#chance(0.2)) {
      delivery.statusCode = 502;
      this.#note(`lose ${delivery.guid}`);
      return;
    }
    await this.#deliver(keeper, delivery);
  }

  async #deliver(keeper: Keeper, delivery: ModelDelivery): Promise<void> {
    const { guid, body } = delivery;
    await ingest(
      { id: guid, event: "pull_request", body: Buffer.from(body) },
      {
        ...{ appId, queue: keeper.queue, log, metrics: new Metrics() },
        onWanted: () => undefined,
        now: () => this.github.clock,
      },
    );
    delivery.statusCode = 202;
    this.#note(`deliver ${guid}`);
  }

  async #sweepSoon(keeper: Keeper): Promise<void> {
    await keeper.queue.add([toJob({ kind: "sweep", installationId: 0 })]);
    this.#note("sweep");
  }

  #pass(ms: number): void {
    // No request of ours waits longer for its answer; whether it did its work is another matter.
    if (ms > requestTimeoutMs)
      for (const waiting of this.#waiting.splice(0)) {
        if (this.#chance(0.5)) waiting.act();
        waiting.reject(unheard());
      }
    this.github.clock += ms;
    this.#note(`pass ${String(ms)} ms`);
  }

  /** Ends a process as the kernel does: nothing of it goes on, what it had sent is on its way. */
  #kill(): void {
    const victim = this.#pick(this.#processes);
    if (!victim) return;
    victim.isAlive = false;
    for (const waiting of this.#waiting.filter((w) => w.process === victim)) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      if (this.#chance(0.5)) waiting.act();
    }
    this.#processes[this.#processes.indexOf(victim)] = this.#born();
    this.#note("kill");
  }

  async #claim(keeper: Keeper): Promise<boolean> {
    const process = this.#pick(this.#processes.filter(({ busy }) => busy < 2));
    if (!process) return false;
    const claim = await keeper.queue.claim();
    if (!claim) return false;
    this.#note(`claim ${claim.key} (${String(claim.token)})`);
    process.busy += 1;
    void this.#work(keeper, claim, process).finally(() => {
      process.busy -= 1;
    });
    return true;
  }

  async #work(keeper: Keeper, claim: Claim, process: Process): Promise<void> {
    const { queue } = keeper;
    const step = <Value>(act: () => Promise<Value>) =>
      this.#stored(process, act);
    try {
      await this.#perform(keeper, claim, process);
      await step(() => queue.finish(claim));
    } catch (error) {
      if (error instanceof LeaseLost) return;
      const plan = planFor(error, claim, this.github.clock, this.#random());
      this.#note(`${claim.key} failed: ${String(error)}, ${plan.act}`);
      if (plan.act === "finish") await step(() => queue.finish(claim));
      else if (plan.act === "give-up")
        await step(() => queue.park(claim, String(error)));
      else {
        if (plan.act === "pause")
          await step(() => queue.pauseGroup(claim.group, plan.until));
        const at = plan.act === "pause" ? plan.until : plan.at;
        const countsAsTry = plan.act === "retry" && plan.countsAsTry;
        await step(() => queue.retry(claim, { at, countsAsTry }));
      }
    }
  }

  async #perform(
    keeper: Keeper,
    claim: Claim,
    process: Process,
  ): Promise<void> {
    const work = claim.payload as Work;
    const context = this.#context(keeper, claim, process);
    const octokit = await context.octokit(work.installationId);
    if (work.kind === "pull-request") {
      await reviewInModel(octokit, work, context);
    } else if (work.kind === "reconcile-installation") {
      await reconcileInstallation(work, context);
    } else if (work.kind === "reconcile-repository") {
      await reconcileRepository(work, context);
    } else if (work.kind === "sweep") {
      await sweep(context);
    } else {
      throw new Error(`Nobody asked for ${work.kind}.`);
    }
  }

  #context(keeper: Keeper, claim: Claim, process: Process): ReviewContext {
    const { queue, records } = keeper;
    const isHeld = () => this.#stored(process, () => queue.extend(claim));
    const client = clientOver(async (route, given) => {
      // The heartbeat notices a lost lease before the next request goes out.
      if (!(await isHeld())) throw new LeaseLost("Another run took the job.");
      return this.#sent(process, route, given);
    });
    const stepping = Object.fromEntries(
      (["get", "put", "list", "remove", "forget"] as const).map((name) => [
        name,
        (...given: never[]) =>
          this.#stored(process, () =>
            (records[name] as (...all: never[]) => Promise<unknown>)(...given),
          ),
      ]),
    );
    const context: Partial<ReviewContext> = {
      appId,
      octokit: async () => client as never,
      app: async () => client as never,
      records: stepping as unknown as Keeper["records"],
      enqueue: (works, priority) =>
        this.#stored(process, () =>
          queue.add(
            works.map((work) => {
              const job = toJob(work);
              return priority === undefined ? job : { ...job, priority };
            }),
          ),
        ),
      lists: new KnownLists(),
      version: "0.0.0-test",
      log,
      lease: {
        fence: claim.token,
        isRetry: claim.tries + claim.deferrals > 0,
        signal: new AbortController().signal,
        isHeld,
      },
      now: () => new Date(this.github.clock),
    };
    return context as ReviewContext;
  }

  /** A request: it waits until the schedule lets it go on, and then does what it does or fails. */
  #sent(
    process: Process,
    route: string,
    given: Readonly<Record<string, unknown>>,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const act = () => {
        this.#note(`${route} ${JSON.stringify(given).slice(0, 120)}`);
        return this.github.answer(route, given);
      };
      this.#waiting.push({ process, act, resolve, reject });
    });
  }

  /** A step in the store: it is whole, or the process died before it. */
  async #stored<Value>(
    process: Process,
    act: () => Promise<Value>,
  ): Promise<Value> {
    if (!process.isAlive) return new Promise(() => undefined);
    this.#storing += 1;
    try {
      const value = await act();
      // Who died meanwhile does not hear of it.
      return process.isAlive ? value : await new Promise(() => undefined);
    } finally {
      this.#storing -= 1;
    }
  }

  #resume(): void {
    const waiting = this.#pick(this.#waiting);
    if (!waiting) return;
    this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
    const draw = this.#isQuiet ? 1 : this.#random();
    if (draw < 0.04) waiting.reject(httpError(502));
    else if (draw < 0.08) waiting.reject(this.#limited());
    else if (draw < 0.14) {
      // It did what it was to do, and nobody heard.
      waiting.act();
      waiting.reject(unheard());
    } else waiting.resolve(waiting.act());
  }

  #limited(): Error {
    const reset = Math.ceil(this.github.clock / 1_000) + 60;
    return httpError(403, {
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(reset),
    });
  }

  /** Lets everything that can go on by itself do so. */
  async #rest(): Promise<void> {
    do {
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#storing > 0);
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** No more faults: time passes, sweeps come, work ends. @returns whether nothing is left to do. */
  async #calm(keeper: Keeper): Promise<boolean> {
    let sweeps = 0;
    for (let step = 0; step < quietSteps; step += 1) {
      await this.#rest();
      if (this.github.underWay.length > 0) await this.#network(keeper);
      else if (this.#waiting.length > 0) this.#resume();
      else if (!(await this.#claim(keeper))) {
        await this.#rest();
        if (this.#waiting.length > 0) continue;
        const { depth } = await keeper.queue.stats();
        if (depth === 0 && sweeps === 2) return true;
        if (depth === 0) {
          sweeps += 1;
          await this.#sweepSoon(keeper);
        } else this.#pass(leaseMs + 1);
      }
    }
    return false;
  }
}

/** A connection that broke before the answer came. */
function unheard(): Error {
  return Object.assign(new TypeError("fetch failed"), { code: "ECONNRESET" });
}
