import { describe, expect, test } from "@jest/globals";
import { planFor } from "#server/failure-plan.js";

describe("what follows from an error", () => {
  const now = Date.parse("2026-11-23T10:00:00Z");
  const claim = { tries: 0, deferrals: 0 };

  /** An error as Octokit throws it. */
  function httpError(
    status: number,
    headers: Record<string, string> = {},
    message = "",
  ): Error {
    return Object.assign(new Error(message), {
      name: "HttpError",
      status,
      response: { status, headers, data: { message } },
    });
  }

  test.each([
    [
      "a secondary limit with a time",
      httpError(403, { "retry-after": "90" }),
      { act: "pause", until: now + 90_000 },
    ],
    [
      "a secondary limit without one",
      httpError(403, {}, "You have exceeded a secondary rate limit."),
      { act: "pause", until: now + 60_000 },
    ],
    [
      "a spent quota",
      httpError(429, {
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(now / 1_000 + 2_400),
      }),
      { act: "pause", until: now + 2_400_000 },
    ],
    [
      "a server error",
      httpError(502),
      { act: "retry", at: now + 5_000, countsAsTry: false },
    ],
    [
      "an expired token",
      httpError(401),
      { act: "retry", at: now, countsAsTry: false },
    ],
    [
      "a broken connection",
      Object.assign(new TypeError("fetch failed"), { code: "ECONNRESET" }),
      { act: "retry", at: now + 5_000, countsAsTry: false },
    ],
    ["nothing there", httpError(404), { act: "finish" }],
    [
      "a lacking permission",
      httpError(403, {}, "Resource not accessible by integration"),
      { act: "give-up" },
    ],
    [
      "a mistake of ours",
      httpError(422),
      { act: "retry", at: now + 5_000, countsAsTry: true },
    ],
    [
      "a bug",
      new TypeError("x is undefined"),
      { act: "retry", at: now + 5_000, countsAsTry: true },
    ],
  ])("%s", (_name, error, plan) => {
    expect(planFor(error, claim, now, 0.5)).toEqual(plan);
  });

  test("the fifth failure of its own is the last", () => {
    const error = new TypeError("x is undefined");

    expect(planFor(error, { tries: 4, deferrals: 9 }, now, 0.5)).toEqual({
      act: "give-up",
    });
  });

  test("waiting doubles and stops growing at a quarter of an hour", () => {
    const waits = [0, 1, 2, 6, 7, 50].map((deferrals) => {
      const plan = planFor(httpError(503), { tries: 0, deferrals }, now, 1);
      return plan.act === "retry" ? (plan.at - now) / 1_000 : undefined;
    });

    expect(waits).toEqual([10, 20, 40, 640, 900, 900]);
  });

  test("a limit that waiting did not end is waited for longer each time", () => {
    const limit = httpError(403, { "retry-after": "60" });
    const plan = planFor(limit, { tries: 0, deferrals: 2 }, now, 0.5);

    expect(plan).toEqual({ act: "pause", until: now + 240_000 });
  });
});
