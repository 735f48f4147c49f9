import type { EmitterWebhookEvent } from "@octokit/webhooks";
import type { Logger } from "pino";
import { Probot, ProbotOctokit } from "probot";
import type { Settings } from "./settings.js";
import type { Work } from "./work.js";

/** A client of GitHub's interfaces that acts for one installation. */
export type InstallationOctokit = Awaited<ReturnType<Probot["auth"]>>;

/** What the Probot app is made of. */
export interface ProbotAppOptions {
  readonly settings: Settings;
  readonly log: Logger;
  /** False only in tests and demos, where nobody's limits are to be kept: leaves out the second between writes. */
  readonly spaceWrites: boolean;
  /** Sees the headers of every answer to an installation. */
  readonly onAnswer?: (
    installationId: number,
    headers: Readonly<Record<string, unknown>>,
  ) => void;
}

/** GitHub's event that each kind of work goes by within Probot. */
const eventNames = {
  "pull-request": "pull_request",
  "commit-rerun": "check_suite",
  "merge-group": "merge_group",
  "first-look": "installation_repositories",
  "review-audit": "push",
  "branch-push": "push",
  "rights-changed": "member",
  "reconcile-installation": "installation_repositories",
  "reconcile-repository": "installation_repositories",
  // These act for the app itself, and their installation may be gone.
  forget: "ping",
  sweep: "ping",
} as const satisfies Record<Work["kind"], string>;

/** Time for one request of a token. */
const tokenTimeoutMs = 15_000;

/**
 * Probot as the app's model: it authenticates, makes clients, and brings each piece of work to its handler.
 * Its own web server, its waiting on limits and its log of payloads are not used.
 */
export class ProbotApp {
  readonly #open: () => Probot;
  #probot: Probot;
  readonly #tasks = new Map<string, () => Promise<void>>();
  readonly #onAnswer: ProbotAppOptions["onAnswer"];
  #lastId = 0;

  constructor({ settings, log, spaceWrites, onAnswer }: ProbotAppOptions) {
    this.#onAnswer = onAnswer;
    this.#open = () => {
      const probot = new Probot({
        appId: settings.appId,
        privateKey: settings.privateKey.reveal(),
        secret: settings.webhookSecrets[0]?.reveal() ?? "",
        baseUrl: settings.apiUrl,
        // Probot logs whole payloads and request bodies; what is worth a line is logged by us.
        log: log.child({}, { level: "silent" }),
        Octokit: patientOctokit(spaceWrites),
        request: { fetch: timedFetch },
      });
      probot.onAny((event) => this.#handle(event));
      return probot;
    };
    this.#probot = this.#open();
  }

  /**
   * A client with a token of the installation, which is fetched when it is first needed.
   *
   * @param installationId - Without it the client acts for the app itself.
   * @param signal - Once it is aborted, nothing more is sent.
   */
  async octokit(
    installationId?: number,
    signal?: AbortSignal,
  ): Promise<InstallationOctokit> {
    const octokit = await this.#probot.auth(installationId);
    if (installationId !== undefined) {
      this.#forgetRefusedTokens(octokit);
      octokit.hook.after("request", ({ headers }) => {
        this.#onAnswer?.(installationId, headers);
      });
    }
    if (signal)
      octokit.hook.before("request", (options) => {
        signal.throwIfAborted();
        options.request.signal = signal;
      });
    return octokit;
  }

  /**
   * Brings work through Probot's handlers.
   *
   * @param task - What is to be done; what it throws is thrown here.
   */
  async perform(work: Work, task: () => Promise<void>): Promise<void> {
    this.#lastId += 1;
    const id = `work-${String(this.#lastId)}`;
    this.#tasks.set(id, task);
    try {
      await this.#probot.receive(eventOf(id, work));
    } catch (error) {
      throw innermost(error);
    } finally {
      this.#tasks.delete(id);
    }
  }

  /**
   * A token may end before its time, for example when the installation's rights change. Octokit would go on with it for
   * the rest of its hour; here all tokens are forgotten, so that the next try gets new ones.
   */
  #forgetRefusedTokens(octokit: InstallationOctokit): void {
    octokit.hook.error("request", (error) => {
      if (isUnauthorized(error)) this.#probot = this.#open();
      throw error;
    });
  }

  async #handle({ id }: { readonly id: string }): Promise<void> {
    await this.#tasks.get(id)?.();
  }
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof Error && "status" in error && error.status === 401;
}

/** The least of an event: which installation it belongs to. What the work is about is read from GitHub. */
function eventOf(id: string, work: Work): EmitterWebhookEvent {
  const name = eventNames[work.kind];
  const isForApp = name === "ping";
  const event = {
    id,
    name,
    payload: isForApp ? {} : { installation: { id: work.installationId } },
  };
  // The handlers of this app read nothing else of it.
  return event as unknown as EmitterWebhookEvent;
}

/** Octokit without sleeping on limits and without blind repeats: the queue waits, durably, and a write is never sent twice unseen. */
function patientOctokit(spaceWrites: boolean): typeof ProbotOctokit {
  return ProbotOctokit.defaults(
    (options: Readonly<Record<string, unknown>>) => ({
      ...options,
      retry: { enabled: false },
      throttle: {
        ...(options["throttle"] as object | undefined),
        enabled: spaceWrites,
        onRateLimit: () => false,
        onSecondaryRateLimit: () => false,
      },
    }),
  ) as typeof ProbotOctokit;
}

/** Probot wraps what a handler throws, once for each handler. */
function innermost(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length === 1)
    return innermost(error.errors[0]);
  return error;
}

const timedFetch: typeof fetch = (address, options) =>
  fetch(address, {
    ...options,
    signal: AbortSignal.timeout(tokenTimeoutMs),
  });
