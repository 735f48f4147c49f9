import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Claim, Job, Keeper, KeeperOptions } from "#queue/queue.js";
import { operatorContract } from "./operator-contract.js";
import { recordsContract } from "./records-contract.js";

/** Opens a keeper on the same store each time it is called within one test. */
export type OpenKeeper = (options: KeeperOptions) => Promise<Keeper>;

const leaseMs = 60_000;
let clock = 0;

/** A store that tests may share, with a clock that only they move. */
export const contractOptions: KeeperOptions = {
  now: () => clock,
  leaseMs,
  groupCap: 2,
  merge: (earlier, later) => [...(earlier as string[]), ...(later as string[])],
};

function aJob(key: string, wish = "look", more: Partial<Job> = {}): Job {
  return {
    key,
    group: "installation-1",
    payload: [wish],
    priority: 0,
    ...more,
  };
}

function aDelivery(id: string): {
  id: string;
  event: string;
  receivedAt: number;
} {
  return { id, event: "pull_request", receivedAt: clock };
}

/** What every keeper promises, whatever it is built on. */
export function keeperContract(name: string, open: OpenKeeper): void {
  describe(name, () => {
    let keeper: Keeper;

    beforeEach(async () => {
      clock = 1_000_000;
      keeper = await open(contractOptions);
    });

    afterEach(async () => {
      await keeper.close();
    });

    async function claimed(): Promise<Claim> {
      const claim = await keeper.queue.claim();
      if (!claim) throw new Error("Nothing was due.");
      return claim;
    }

    describe("accepting", () => {
      test("a delivery's job is there after the store was closed and opened", async () => {
        await keeper.queue.accept(aDelivery("d1"), [aJob("pull:1:1")]);
        await keeper.close();
        keeper = await open(contractOptions);

        expect(await keeper.queue.claim()).toMatchObject({
          key: "pull:1:1",
          payload: ["look"],
          tries: 0,
        });
      });

      test("the same delivery again changes nothing, even after its job was done", async () => {
        expect(
          await keeper.queue.accept(aDelivery("d1"), [aJob("pull:1:1")]),
        ).toBe("stored");
        await keeper.queue.finish(await claimed());

        const answers = await Promise.all(
          Array.from({ length: 50 }, () =>
            keeper.queue.accept(aDelivery("d1"), [aJob("pull:1:1")]),
          ),
        );

        expect(new Set(answers)).toEqual(new Set(["known"]));
        expect(await keeper.queue.claim()).toBeUndefined();
      });

      test("jobs, records and the delivery's id are stored together or not at all", async () => {
        const circular: Record<string, unknown> = {};
        circular["self"] = circular;
        const accept = keeper.queue.accept(
          aDelivery("d1"),
          [aJob("pull:1:1")],
          [{ collection: "reviews", key: "r1", value: circular }],
        );
        await expect(accept).rejects.toThrow();

        expect(await keeper.queue.claim()).toBeUndefined();
        expect(
          await keeper.queue.accept(
            aDelivery("d1"),
            [],
            [{ collection: "reviews", key: "r1", value: 1 }],
          ),
        ).toBe("stored");
        expect(await keeper.records.get("reviews", "r1")).toMatchObject({
          value: 1,
        });
      });

      test("one delivery that cannot be stored does not hit those that come with it", async () => {
        const odd = aJob("pull:1:2", "look", { payload: 1n });
        const ends = await Promise.allSettled([
          keeper.queue.accept(aDelivery("d1"), [aJob("pull:1:1")]),
          keeper.queue.accept(aDelivery("d2"), [odd]),
          keeper.queue.accept(aDelivery("d3"), [aJob("pull:1:3")]),
        ]);

        expect(ends.map(({ status }) => status)).toEqual([
          "fulfilled",
          "rejected",
          "fulfilled",
        ]);
        expect((await keeper.queue.stats()).depth).toBe(2);
      });

      test("a forgotten delivery id may come again", async () => {
        await keeper.queue.accept(aDelivery("d1"), []);
        await keeper.queue.forgetDeliveries(clock + 1);

        expect(await keeper.queue.accept(aDelivery("d1"), [])).toBe("stored");
      });
    });

    describe("coalescing", () => {
      test("a hundred wishes for one key are one run with all payloads merged", async () => {
        for (let number = 0; number < 100; number += 1)
          await keeper.queue.add([aJob("pull:1:1", String(number))]);

        const claim = await claimed();
        await keeper.queue.finish(claim);

        expect(claim.payload).toHaveLength(100);
        expect(await keeper.queue.claim()).toBeUndefined();
      });

      test("wishes during a run cause exactly one more run with only what is new", async () => {
        await keeper.queue.add([aJob("pull:1:1", "first")]);
        const claim = await claimed();
        await keeper.queue.add([aJob("pull:1:1", "second")]);
        await keeper.queue.add([aJob("pull:1:1", "third")]);

        expect(await keeper.queue.claim()).toBeUndefined();
        await keeper.queue.finish(claim);
        const again = await claimed();
        await keeper.queue.finish(again);

        expect(again.payload).toEqual(["second", "third"]);
        expect(await keeper.queue.claim()).toBeUndefined();
      });

      test("a run that did not finish keeps its wish beside the new ones", async () => {
        await keeper.queue.add([aJob("pull:1:1", "rerun")]);
        const claim = await claimed();
        await keeper.queue.add([aJob("pull:1:1", "push")]);
        await keeper.queue.retry(claim, { at: clock, countsAsTry: false });

        expect(await claimed()).toMatchObject({ payload: ["rerun", "push"] });
      });
    });

    describe("leases", () => {
      test("a lease that ran out is taken by another, counts as a try, and shuts the first one out", async () => {
        await keeper.queue.add([aJob("pull:1:1")]);
        const dead = await claimed();
        clock += leaseMs;
        const alive = await claimed();

        expect(alive).toMatchObject({ payload: ["look"], tries: 1 });
        expect(alive.token).toBeGreaterThan(dead.token);
        expect(await keeper.queue.extend(dead)).toBe(false);
        expect(await keeper.queue.finish(dead)).toBe(false);
        expect(
          await keeper.queue.retry(dead, { at: clock, countsAsTry: true }),
        ).toBe(false);
        expect(await keeper.queue.park(dead, "because")).toBe(false);
        expect(await keeper.queue.finish(alive)).toBe(true);
      });

      test("an extended lease holds", async () => {
        await keeper.queue.add([aJob("pull:1:1")]);
        const claim = await claimed();
        clock += leaseMs - 1;
        expect(await keeper.queue.extend(claim)).toBe(true);
        clock += leaseMs - 1;

        expect(await keeper.queue.claim()).toBeUndefined();
      });

      test("two openers of one store never hold the same job", async () => {
        const other = await open(contractOptions);
        await keeper.queue.add([aJob("pull:1:1"), aJob("pull:1:2")]);

        const keys = [
          (await keeper.queue.claim())?.key,
          (await other.queue.claim())?.key,
        ];
        const third = await other.queue.claim();
        await other.close();

        expect(keys.toSorted()).toEqual(["pull:1:1", "pull:1:2"]);
        expect(third).toBeUndefined();
      });
    });

    describe("retrying and parking", () => {
      test("a retry waits for its time and counts only when told", async () => {
        await keeper.queue.add([aJob("pull:1:1")]);
        await keeper.queue.retry(await claimed(), {
          at: clock + 10_000,
          countsAsTry: true,
        });
        expect(await keeper.queue.claim()).toBeUndefined();
        clock += 10_000;
        await keeper.queue.retry(await claimed(), {
          at: clock,
          countsAsTry: false,
        });

        expect(await claimed()).toMatchObject({ tries: 1, deferrals: 2 });
      });

      test("a parked job is listed, not run, and starts afresh when it is wanted again", async () => {
        await keeper.queue.add([aJob("pull:1:1", "poison")]);
        await keeper.queue.retry(await claimed(), {
          at: clock,
          countsAsTry: true,
        });
        await keeper.queue.park(await claimed(), "it always fails");

        expect(await keeper.queue.claim()).toBeUndefined();
        expect(await keeper.queue.parked()).toEqual([
          {
            key: "pull:1:1",
            group: "installation-1",
            payload: ["poison"],
            because: "it always fails",
            parkedAt: clock,
          },
        ]);
        await keeper.queue.add([aJob("pull:1:1", "push")]);
        expect(await claimed()).toMatchObject({
          payload: ["poison", "push"],
          tries: 0,
        });
      });

      test("a wish during the last try is run in spite of the parking", async () => {
        await keeper.queue.add([aJob("pull:1:1", "poison")]);
        const claim = await claimed();
        await keeper.queue.add([aJob("pull:1:1", "push")]);
        await keeper.queue.park(claim, "it always fails");

        expect(await claimed()).toMatchObject({ payload: ["poison", "push"] });
      });
    });

    describe("fairness", () => {
      const inGroup = (group: string, number: number): Job =>
        aJob(`pull:${group}:${String(number)}`, "look", { group });

      test("groups take turns, so that one with many jobs does not starve another", async () => {
        await keeper.queue.add(
          Array.from({ length: 8 }, (_, number) => inGroup("a", number)),
        );
        await keeper.queue.add([inGroup("b", 1), inGroup("b", 2)]);

        const served: string[] = [];
        for (let turn = 0; turn < 4; turn += 1) {
          const claim = await claimed();
          served.push(claim.group);
          await keeper.queue.finish(claim);
        }

        expect(served.toSorted()).toEqual(["a", "a", "b", "b"]);
      });

      test("one group never runs more jobs at once than its cap", async () => {
        await keeper.queue.add([1, 2, 3].map((n) => inGroup("a", n)));
        await keeper.queue.add([inGroup("b", 1)]);

        const groups: (string | undefined)[] = [];
        for (let turn = 0; turn < 4; turn += 1)
          groups.push((await keeper.queue.claim())?.group);

        expect(groups.filter((group) => group === "a")).toHaveLength(2);
        expect(groups).toContain("b");
      });

      test("within a group the higher priority goes first, then the older wish", async () => {
        await keeper.queue.add([aJob("pull:1:1", "sweep", { priority: -1 })]);
        clock += 1;
        await keeper.queue.add([aJob("pull:1:3")]);
        clock += 1;
        await keeper.queue.add([aJob("pull:1:2")]);

        const order: string[] = [];
        for (let turn = 0; turn < 3; turn += 1) {
          const claim = await claimed();
          order.push(claim.key);
          await keeper.queue.finish(claim);
        }

        expect(order).toEqual(["pull:1:3", "pull:1:2", "pull:1:1"]);
      });

      test("the newest wish of a priority goes first where not all can be answered", async () => {
        for (const number of [1, 2, 3]) {
          await keeper.queue.add([inGroup("a", number)]);
          clock += 1_000;
        }
        await keeper.queue.preferNewest("a", clock + 60_000);
        await keeper.queue.add([inGroup("a", 4)]);
        await keeper.queue.add([
          aJob("merge", "look", { group: "a", priority: 1 }),
        ]);

        const order: string[] = [];
        for (let turn = 0; turn < 5; turn += 1) {
          const claim = await claimed();
          order.push(claim.key);
          await keeper.queue.finish(claim);
        }

        expect(order).toEqual([
          "merge",
          ...[4, 3, 2, 1].map((number) => `pull:a:${String(number)}`),
        ]);
      });

      test("a paused group waits, also after a restart, and a shorter pause does not shorten it", async () => {
        await keeper.queue.add([inGroup("a", 1), inGroup("b", 1)]);
        await keeper.queue.pauseGroup("a", clock + 60_000);
        await keeper.queue.pauseGroup("a", clock + 1_000);
        await keeper.close();
        keeper = await open(contractOptions);

        expect((await claimed()).group).toBe("b");
        clock += 59_999;
        expect(await keeper.queue.claim()).toBeUndefined();
        clock += 1;
        expect((await claimed()).group).toBe("a");
      });
    });

    test("the numbers tell depth, running, parked and the oldest wait", async () => {
      await keeper.queue.add(["1", "2", "3"].map((n) => aJob(`pull:1:${n}`)));
      await keeper.queue.park(await claimed(), "because");
      await claimed();
      clock += 5_000;

      expect(await keeper.queue.stats()).toEqual({
        depth: 2,
        running: 1,
        parked: 1,
        oldestAgeMs: 5_000,
      });
    });

    operatorContract(
      () => keeper,
      () => clock,
    );
    recordsContract(() => keeper);

    test("a closed store refuses, so that nothing is acknowledged", async () => {
      const closed = await open(contractOptions);
      await closed.close();

      await expect(closed.checkWritable()).rejects.toThrow();
      await expect(closed.queue.accept(aDelivery("d9"), [])).rejects.toThrow();
    });
  });
}
