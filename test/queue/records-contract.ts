import { describe, expect, test } from "@jest/globals";
import type { Keeper } from "#queue/queue.js";

/** What every keeper promises of its records. @param keeper - The one under test, fresh in each test. */
export function recordsContract(keeper: () => Keeper): void {
  describe("records", () => {
    test("a record is read back with its version, and gone when removed", async () => {
      await keeper().records.put("verdicts", "42/abc", { conclusion: "clear" });
      await keeper().records.put("verdicts", "42/abc", {
        conclusion: "blocked",
      });

      expect(await keeper().records.get("verdicts", "42/abc")).toEqual({
        key: "42/abc",
        value: { conclusion: "blocked" },
        version: 2,
        fence: 0,
      });
      await keeper().records.remove("verdicts", "42/abc");
      expect(await keeper().records.get("verdicts", "42/abc")).toBeUndefined();
    });

    test("a write over another version than the expected one is refused", async () => {
      const { records } = keeper();
      expect(await records.put("c", "k", 1, { ifVersion: 0 })).toBe(true);
      expect(await records.put("c", "k", 2, { ifVersion: 0 })).toBe(false);
      expect(await records.put("c", "k", 3, { ifVersion: 1 })).toBe(true);

      expect((await records.get("c", "k"))?.value).toBe(3);
    });

    test("an older fence never overwrites what a newer one wrote", async () => {
      const { records } = keeper();
      expect(await records.put("c", "k", "newer", { fence: 8 })).toBe(true);
      expect(await records.put("c", "k", "older", { fence: 7 })).toBe(false);
      expect(await records.put("c", "k", "same", { fence: 8 })).toBe(true);

      expect(await records.get("c", "k")).toMatchObject({
        value: "same",
        fence: 8,
      });
    });

    test("the first writer of a record that only wants absence wins", async () => {
      const write = { collection: "reviews", key: "9", onlyIfAbsent: true };
      await keeper().queue.accept(
        { id: "d1", event: "pull_request_review", receivedAt: 1 },
        [],
        [{ ...write, value: 1 }],
      );
      await keeper().queue.accept(
        { id: "d2", event: "pull_request_review", receivedAt: 2 },
        [],
        [{ ...write, value: 2 }],
      );

      expect((await keeper().records.get("reviews", "9"))?.value).toBe(1);
    });

    test("what is forgotten by its prefix is gone from every collection", async () => {
      const { records } = keeper();
      for (const collection of ["heads", "reviews"])
        for (const key of ["42/1", "42/2", "421/1", "4_/1"])
          await records.put(collection, key, key);

      await records.forget("42/");

      for (const collection of ["heads", "reviews"])
        expect((await records.list(collection)).map(({ key }) => key)).toEqual([
          "421/1",
          "4_/1",
        ]);
      await expect(records.forget("")).rejects.toThrow(RangeError);
    });

    test("a collection is listed by prefix, in order, page by page", async () => {
      for (const key of ["42/1", "42/2", "42/3", "42%", "43/1"])
        await keeper().records.put("c", key, key);
      await keeper().records.put("other", "42/4", "other");

      const first = await keeper().records.list("c", {
        prefix: "42/",
        limit: 2,
      });
      const rest = await keeper().records.list("c", {
        prefix: "42/",
        after: "42/2",
      });

      expect(first.map(({ key }) => key)).toEqual(["42/1", "42/2"]);
      expect(rest.map(({ key }) => key)).toEqual(["42/3"]);
    });
  });
}
