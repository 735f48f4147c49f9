import { afterEach, describe, expect, test } from "@jest/globals";
import type { Verdict } from "#gate/verdict.js";
import { defaultPolicy } from "#gate/policy.js";
import { Analysis } from "#server/analysis.js";
import { AnalysisError } from "#server/analysis-error.js";
import type { JudgeRequest } from "#server/analysis-worker.js";
import { aSnapshot } from "#support/a-snapshot.js";

let analysis: Analysis;

afterEach(() => {
  analysis.stop();
});

describe("an analysis that misbehaves", () => {
  function hostile(wallMs = 60_000): Analysis {
    analysis = new Analysis({
      module: new URL("./hostile-thread.js", import.meta.url),
      limits: { heapMb: 64, stackMb: 64, wallMs },
    });
    return analysis;
  }

  /** Soon over, but on this machine, as busy as it is, no honest answer takes as long. */
  async function shortMs(): Promise<number> {
    const started = performance.now();
    await hostile().run("answer");
    analysis.stop();
    return Math.max(1_000, 5 * (performance.now() - started));
  }

  test.each([
    ["loop", "timed-out"],
    ["memory", "out-of-memory"],
    ["growing map", "out-of-memory"],
    ["exit", "crashed"],
    ["throw", "crashed"],
  ] as const)("%s costs only its own job (%s)", async (act, code) => {
    const threads = hostile(act === "loop" ? await shortMs() : undefined);
    const bad = threads.run(act).catch((error: unknown) => error);
    const good = threads.run("answer");

    expect(await bad).toBeInstanceOf(AnalysisError);
    expect(await bad).toMatchObject({ code });
    expect(await good).toBe("fine");
  });

  test("the server answers while an analysis loops", async () => {
    const threads = hostile(await shortMs());
    const bad = threads.run("loop").catch((error: unknown) => error);
    let beats = 0;
    const heart = setInterval(() => (beats += 1), 10);
    await bad;
    clearInterval(heart);

    // A blocked thread would have had none; a busy machine has fewer than the hundred that fit.
    expect(beats).toBeGreaterThan(5);
  });

  test("deep recursion has room, as deeply nested source needs it", async () => {
    expect(await hostile().run("recursion")).toBe(100_000);
  });

  test("the environment with its secrets is not there", async () => {
    // Only what tells the C library how to hold memory.
    expect(await hostile().run("environment")).toEqual(["MALLOC_ARENA_MAX"]);
  });

  test("stopping rejects what runs and what waits", async () => {
    const threads = hostile();
    const jobs = ["loop", "answer"].map((act) => threads.run(act));
    const ends = Promise.allSettled(jobs);
    threads.stop();

    expect(await ends).toMatchObject([
      { status: "rejected", reason: { code: "stopped" } },
      { status: "rejected", reason: { code: "stopped" } },
    ]);
    await expect(threads.run("answer")).rejects.toThrow(AnalysisError);
  });
});

describe("the judging thread", () => {
  test("answers a verdict, and the same one again", async () => {
    analysis = new Analysis({
      module: new URL(
        "../../src/server/analysis-worker.bundle.js",
        import.meta.url,
      ),
    });
    const request: JudgeRequest = {
      snapshot: aSnapshot({ files: { "src/app.ts": "export const a = 1;\n" } }),
      policy: defaultPolicy,
      fingerprintKey: "key",
    };
    const first = (await analysis.run(request)) as Verdict;
    const second = await analysis.run(request);

    expect(first.items).toHaveLength(16);
    expect(first.phase).toBe("exploration");
    expect(second).toEqual(first);
  });
});
