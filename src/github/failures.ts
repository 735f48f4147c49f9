/** GitHub will not answer before a given time: a rate limit. Park the installation until then. */
export class GitHubLimited extends Error {
  override readonly name = "GitHubLimited";
  /** When to ask again. */
  readonly until: Date;

  constructor(until: Date, cause: unknown) {
    super("GitHub asks to wait before the next request.", { cause });
    this.until = until;
  }
}

/** GitHub did not answer, answered with a fault of its own, or with something unreadable. Worth another try. */
export class GitHubUnavailable extends Error {
  override readonly name = "GitHubUnavailable";
  /** HTTP status, when there was an answer. */
  readonly status?: number;

  constructor(cause: unknown, status?: number) {
    super("GitHub did not give a usable answer.", { cause });
    if (status !== undefined) this.status = status;
  }
}

/** What was asked for is not there, or not for this installation any more. No try will help. */
export class GitHubGone extends Error {
  override readonly name = "GitHubGone";

  constructor(cause: unknown) {
    super("GitHub has no such thing, or shows it to this app no more.", {
      cause,
    });
  }
}

/** The installation lacks a permission. No try will help until an administrator grants it. */
export class NotPermitted extends Error {
  override readonly name = "NotPermitted";

  constructor(cause: unknown) {
    super("This installation lacks the permission for the request.", { cause });
  }
}

/** Milliseconds to wait when a secondary limit says no time. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const secondaryLimitMs = 60_000;

/**
 * Tells what an error of Octokit means for the work at hand.
 *
 * @returns an error of one of the classes above with the original as cause; a refusal that only a mistake of ours
 * explains (422 and the like), or an error that is not GitHub's, comes back as it is.
 */
export function understood(error: unknown, now: Date = new Date()): unknown {
  if (isUnderstood(error)) return error;
  const headers = headersOf(error);
  const types = graphqlTypes(error);
  if (types) return ofGraphql(error, types, headers, now);
  const status = numberAt(error, "status");
  if (status === undefined)
    return isNetworkError(error) ? new GitHubUnavailable(error) : error;
  return ofStatus(error, status, headers, now);
}

function ofStatus(
  error: unknown,
  status: number,
  headers: Headers,
  now: Date,
): unknown {
  if ((status === 403 || status === 429) && isLimit(error, status, headers))
    return new GitHubLimited(limitEnd(headers, now), error);
  if (status === 403) return new NotPermitted(error);
  if (status === 404 || status === 410 || status === 451)
    return new GitHubGone(error);
  // 401: the token ended before its time; the next try gets a new one.
  if (status === 401 || status === 408 || status >= 500 || status < 400)
    return new GitHubUnavailable(error, status);
  return error;
}

function isUnderstood(error: unknown): boolean {
  return [GitHubLimited, GitHubUnavailable, GitHubGone, NotPermitted].some(
    (kind) => error instanceof kind,
  );
}

type Headers = Readonly<Record<string, unknown>>;

/** The types of a query's errors: of Octokit's own error, or of the one that its throttling makes of a limit. */
function graphqlTypes(error: unknown): readonly unknown[] | undefined {
  if (numberAt(error, "status") !== undefined) return undefined;
  const errors =
    valueAt(error, "errors") ?? valueAt(valueAt(error, "data"), "errors");
  if (!Array.isArray(errors)) return undefined;
  return errors.map((one) => valueAt(one, "type"));
}

function ofGraphql(
  error: unknown,
  types: readonly unknown[],
  headers: Headers,
  now: Date,
): Error {
  if (types.includes("RATE_LIMITED"))
    return new GitHubLimited(limitEnd(headers, now), error);
  if (types.includes("NOT_FOUND")) return new GitHubGone(error);
  if (types.includes("FORBIDDEN")) return new NotPermitted(error);
  return new GitHubUnavailable(error);
}

/** A secondary limit may come without any header; then only its words and its link tell it from a lacking permission. */
function isLimit(error: unknown, status: number, headers: Headers): boolean {
  if (status === 429 || headers["retry-after"] !== undefined) return true;
  if (String(headers["x-ratelimit-remaining"]) === "0") return true;
  const data = valueAt(valueAt(error, "response"), "data");
  const link = valueAt(data, "documentation_url");
  const message = valueAt(data, "message");
  return (
    (typeof link === "string" && link.includes("rate-limit")) ||
    (typeof message === "string" && /secondary rate limit/i.test(message))
  );
}

function limitEnd(headers: Headers, now: Date): Date {
  const after = Number(headers["retry-after"]);
  if (headers["retry-after"] !== undefined && Number.isFinite(after))
    return new Date(now.getTime() + Math.max(1, after) * 1_000);
  const reset = Number(headers["x-ratelimit-reset"]);
  const exhausted = String(headers["x-ratelimit-remaining"]) === "0";
  if (exhausted && Number.isFinite(reset) && reset * 1_000 > now.getTime())
    return new Date(reset * 1_000);
  return new Date(now.getTime() + secondaryLimitMs);
}

/** A broken connection, a time-out, or a body that is no JSON. */
function isNetworkError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    ["AbortError", "TimeoutError", "SyntaxError"].includes(error.name) ||
    error.message === "fetch failed" ||
    typeof valueAt(error, "code") === "string"
  );
}

function headersOf(error: unknown): Headers {
  const headers =
    valueAt(valueAt(error, "response"), "headers") ?? valueAt(error, "headers");
  return typeof headers === "object" && headers !== null
    ? (headers as Headers)
    : {};
}

function numberAt(value: unknown, key: string): number | undefined {
  const found = valueAt(value, key);
  return typeof found === "number" ? found : undefined;
}

function valueAt(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
