import { describe, expect, test } from "@jest/globals";
import type { Claim, Job, Keeper } from "#queue/queue.js";

function inGroup(group: string, number: number): Job {
  const key = `pull:${group}:${String(number)}`;
  return { key, group, payload: ["look"], priority: 0 };
}

async function claimed(keeper: Keeper): Promise<Claim> {
  const claim = await keeper.queue.claim();
  if (!claim) throw new Error("Nothing was due.");
  return claim;
}

/** What every keeper lets an operator see and drop. @param now - The contract's clock. */
export function operatorContract(
  keeper: () => Keeper,
  now: () => number,
): void {
  describe("operating", () => {
    test("a dropped group is gone, also what was in hand of it", async () => {
      await keeper().queue.add([inGroup("a", 1), inGroup("a", 2)]);
      await keeper().queue.add([inGroup("b", 1)]);
      const claim = await claimed(keeper());
      await keeper().queue.dropGroup(claim.group);

      expect(await keeper().queue.finish(claim)).toBe(false);
      expect((await claimed(keeper())).group).toBe("b");
      expect(await keeper().queue.claim()).toBeUndefined();
      await keeper().queue.add([inGroup("a", 1)]);
      expect((await claimed(keeper())).key).toBe("pull:a:1");
    });

    test("operators see what runs, what waits until when, and which groups are paused", async () => {
      await keeper().queue.add([inGroup("a", 1)]);
      const first = await claimed(keeper());
      await keeper().queue.add([inGroup("b", 1)]);
      await keeper().queue.retry(await claimed(keeper()), {
        at: now() + 5_000,
        countsAsTry: true,
      });
      await keeper().queue.pauseGroup("b", now() + 9_000);

      expect(await keeper().queue.list(10)).toEqual([
        {
          ...{ key: first.key, group: "a", priority: 0, state: "running" },
          ...{ at: now(), tries: 0, deferrals: 0 },
        },
        {
          ...{ key: "pull:b:1", group: "b", priority: 0, state: "waiting" },
          ...{ at: now() + 5_000, tries: 1, deferrals: 1 },
        },
      ]);
      expect(await keeper().queue.pauses()).toEqual([
        { group: "b", until: now() + 9_000 },
      ]);
    });
  });
}
