import { understood } from "./failures.js";
import type { Octokit } from "./octokit.js";

/** How one look at GitHub ended. */
export type Look<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly because: string };

/** The registration as GitHub has it. */
export interface AppRecord {
  readonly id: number;
  readonly slug: string;
  readonly owner: string;
  readonly ownerType: string;
  /** The app's page. */
  readonly htmlUrl: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

/** One account that installed the app. */
export interface InstallationRecord {
  readonly account: string;
  readonly htmlUrl: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly isSuspended: boolean;
}

/** What GitHub knows of an app. */
export interface AppFacts {
  readonly app: Look<AppRecord>;
  /** How far GitHub's clock is ahead of ours, in milliseconds; to the second. */
  readonly clockAheadMs?: number;
  /** Version of GitHub Enterprise Server; absent on github.com. */
  readonly serverVersion?: string;
  /** Where the webhooks go. */
  readonly webhookUrl: Look<string>;
  readonly installations: Look<readonly InstallationRecord[]>;
  /** Of the last deliveries: how many there are, and how many failed. */
  readonly deliveries: Look<{
    readonly seen: number;
    readonly failed: number;
    /** Status of the newest one that failed, with its time. */
    readonly newest?: { readonly status: string; readonly at: string };
  }>;
}

const timeoutMs = 15_000;

/**
 * Asks GitHub about the app itself. Never rejects: what fails is part of the answer.
 *
 * @param octokit - Acts as the app, not as an installation.
 * @param now - Our own clock, milliseconds since 1970.
 */
export async function readAppFacts(
  octokit: Octokit,
  now: () => number,
): Promise<AppFacts> {
  const first = await look(octokit, "GET /app");
  if (!first.ok)
    return {
      ...{ app: first, webhookUrl: first, installations: first },
      deliveries: first,
    };
  const read = <Value>(answer: Look<Answer>, of: (data: never) => Value) =>
    answer.ok
      ? ({ ok: true, value: of(answer.value.data as never) } as const)
      : answer;
  const { headers } = first.value;
  const date = Date.parse(headers["date"] ?? "");
  const version = headers["x-github-enterprise-version"];
  const list = { per_page: 100 };
  return {
    app: read(first, appRecord),
    ...(Number.isNaN(date) ? {} : { clockAheadMs: date - now() }),
    ...(version !== undefined && { serverVersion: version }),
    webhookUrl: read(
      await look(octokit, "GET /app/hook/config"),
      ({ url }: { readonly url?: string }) => url ?? "",
    ),
    installations: read(
      await look(octokit, "GET /app/installations", list),
      (some: readonly RawInstallation[]) => some.map(installationRecord),
    ),
    deliveries: read(
      await look(octokit, "GET /app/hook/deliveries", list),
      deliveryFacts,
    ),
  };
}

interface Answer {
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

async function look(
  octokit: Octokit,
  route: string,
  parameters: Record<string, unknown> = {},
): Promise<Look<Answer>> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await octokit.request(route, {
      ...{ ...parameters, request: { signal } },
    });
    const { headers = {} } = answer as unknown as Partial<Answer>;
    return { ok: true, value: { data: answer.data, headers } };
  } catch (error) {
    return { ok: false, because: reasonOf(error) };
  }
}

/** The status tells enough; a message could repeat what was sent. */
function reasonOf(error: unknown): string {
  const status = (error as { readonly status?: unknown } | null)?.status;
  if (typeof status === "number" && status > 0 && status !== 500)
    return `GitHub answered ${String(status)}`;
  return `GitHub could not be reached (${understood(error) instanceof Error ? networkWord(error) : "no answer"})`;
}

/** The code of a network failure, such as ENOTFOUND or a certificate's. */
function networkWord(error: unknown): string {
  for (
    let at: unknown = error, depth = 0;
    at instanceof Error && depth < 5;
    at = at.cause, depth += 1
  ) {
    const { code } = at as { readonly code?: unknown };
    if (typeof code === "string" && /^[A-Z_]{3,60}$/.test(code)) return code;
    if (at.name === "TimeoutError") return "no answer in time";
  }
  return "no answer";
}

function appRecord(raw: {
  readonly id: number;
  readonly slug?: string;
  readonly html_url: string;
  readonly owner?: { readonly login?: string; readonly type?: string } | null;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly events?: readonly string[];
}): AppRecord {
  return {
    id: raw.id,
    slug: raw.slug ?? "",
    owner: raw.owner?.login ?? "",
    ownerType: raw.owner?.type ?? "",
    htmlUrl: raw.html_url,
    permissions: raw.permissions ?? {},
    events: raw.events ?? [],
  };
}

interface RawInstallation {
  readonly account: { readonly login?: string; readonly slug?: string } | null;
  readonly html_url: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly suspended_at?: string | null;
}

function installationRecord(raw: RawInstallation): InstallationRecord {
  const { account, html_url: htmlUrl, permissions, suspended_at } = raw;
  return {
    account: account?.login ?? account?.slug ?? "",
    ...{ htmlUrl, permissions },
    isSuspended: typeof suspended_at === "string",
  };
}

function deliveryFacts(
  some: readonly {
    readonly status: string;
    readonly status_code: number;
    readonly delivered_at: string;
  }[],
) {
  const failed = some.filter(
    ({ status_code }) => status_code < 200 || status_code >= 400,
  );
  const [newest] = failed;
  return {
    ...{ seen: some.length, failed: failed.length },
    ...(newest && {
      newest: {
        status: `${String(newest.status_code)} ${newest.status}`.slice(0, 80),
        at: newest.delivered_at,
      },
    }),
  };
}
