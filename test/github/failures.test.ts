import { expect, test } from "@jest/globals";
import nock from "nock";
import {
  GitHubGone,
  GitHubLimited,
  GitHubUnavailable,
  NotPermitted,
  understood,
} from "#github/failures.js";
import { ask, query } from "#github/octokit.js";
import { anOctokit, answerQueries, api, onlyNock } from "./an-octokit.js";

onlyNock();

const now = new Date("2026-06-01T12:00:00Z");

test.each([
  [404, {}, {}, GitHubGone],
  [410, {}, {}, GitHubGone],
  [451, {}, {}, GitHubGone],
  [401, {}, {}, GitHubUnavailable],
  [500, {}, {}, GitHubUnavailable],
  [502, {}, {}, GitHubUnavailable],
  [
    403,
    {},
    { message: "Resource not accessible by integration" },
    NotPermitted,
  ],
  [403, { "retry-after": "60" }, {}, GitHubLimited],
  [403, { "x-ratelimit-remaining": "0" }, {}, GitHubLimited],
  [
    403,
    {},
    { message: "You have exceeded a secondary rate limit." },
    GitHubLimited,
  ],
  [429, {}, {}, GitHubLimited],
])("status %i with %j and %j is known by its class", async (...given) => {
  const [status, headers, body, kind] = given;
  nock(api).get("/meta").reply(status, body, headers);

  await expect(ask(anOctokit(), "GET /meta", {})).rejects.toBeInstanceOf(kind);
});

test("a request that we got wrong stays what it is", async () => {
  nock(api).get("/meta").reply(422, { message: "Validation Failed" });

  await expect(ask(anOctokit(), "GET /meta", {})).rejects.toMatchObject({
    status: 422,
    name: "HttpError",
  });
});

test("a broken connection is worth another try", async () => {
  nock(api).get("/meta").replyWithError({ code: "ECONNRESET" });

  await expect(ask(anOctokit(), "GET /meta", {})).rejects.toBeInstanceOf(
    GitHubUnavailable,
  );
});

test.each([
  ["RATE_LIMITED", GitHubLimited],
  ["NOT_FOUND", GitHubGone],
  ["FORBIDDEN", NotPermitted],
  ["SOMETHING_NEW", GitHubUnavailable],
])("a query's error of type %s is known by its class", async (type, kind) => {
  answerQueries(() => ({ body: { errors: [{ type, message: "" }] } }));

  await expect(query(anOctokit(), "query { x }", {})).rejects.toBeInstanceOf(
    kind,
  );
});

test("a query's limit is known as well after Octokit's throttling met it", () => {
  const data = { errors: [{ type: "RATE_LIMITED" }] };
  const error = Object.assign(new Error("limit"), {
    response: { data, headers: { "retry-after": "9" } },
    data,
  });

  expect(understood(error, now)).toMatchObject({
    name: "GitHubLimited",
    until: new Date("2026-06-01T12:00:09Z"),
  });
});

test.each([
  [{ "retry-after": "30" }, "2026-06-01T12:00:30.000Z"],
  [
    {
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(now.getTime() / 1_000 + 2_400),
    },
    "2026-06-01T12:40:00.000Z",
  ],
  [{}, "2026-06-01T12:01:00.000Z"],
])(
  "a limit with %j ends when GitHub says, else in a minute",
  (headers, end) => {
    const error = { status: 429, response: { headers } };

    const limited = understood(error, now) as GitHubLimited;

    expect(limited.until.toISOString()).toBe(end);
    expect(limited.cause).toBe(error);
  },
);
