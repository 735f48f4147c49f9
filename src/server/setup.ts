import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { appManifest, appRegistration } from "./app-manifest.js";
import { convertCode, type Registered } from "./convert-code.js";
import { storeCredentials } from "./credentials.js";
import {
  createHttpServer,
  type Handler,
  listen,
  respond,
  type Routes,
} from "./http-server.js";
import { askPage, confirmPage, donePage, problemPage } from "./setup-pages.js";
import type { SetupSettings } from "./setup-settings.js";
import { SettingsError } from "./settings-error.js";

/** GitHub's code is good for an hour; a form that was left open longer begins anew. */
const stateMs = 60 * 60_000;

/** Forms that may be open at once. */
const maxStates = 20;

/** What the set-up is run with. */
export interface SetupOptions {
  readonly log: Logger;
  /** Tells the operator where to go. The only place where the token is said. */
  readonly say: (sentence: string) => void;
  readonly now?: () => number;
  /** Ends the wait without an app, for a signal. */
  readonly signal?: AbortSignal;
}

/** A set-up page that is being served. */
export interface RunningSetup {
  readonly port: number;
  /** True once an app is registered and its credentials are stored; false when it was ended before. */
  readonly finished: Promise<boolean>;
}

/**
 * Serves the page on which an app is registered from its manifest, until that happened. Webhooks are answered 503
 * meanwhile.
 *
 * @throws SettingsError when the port cannot be had.
 */
export async function startSetup(
  settings: SetupSettings,
  { log, say, now = Date.now, signal }: SetupOptions,
): Promise<RunningSetup> {
  const states = new Map<string, number>();
  let finish: (isDone: boolean) => void = () => undefined;
  const done = new Promise<boolean>((resolve) => (finish = resolve));
  const desk = { settings, states, log, now, finish };
  const routes: Routes = new Map([
    ["/setup", guarded(desk, askHandler(desk))],
    ["/setup/confirm", guarded(desk, confirmHandler(desk))],
    ["/setup/callback", callbackHandler(desk)],
    ["/healthz", plain(200, "Waiting to be set up.")],
    ["/readyz", plain(503, "Waiting to be set up.")],
    [settings.webhookPath, plain(503, "Waiting to be set up.")],
  ]);
  const http = createHttpServer(routes);
  const port = await listen(http, settings.port, settings.host).catch(
    (cause: unknown) => {
      throw new SettingsError(
        `Cannot listen on ${settings.host}, port ${String(settings.port)}: choose another HOST or PORT, or end what is using it.`,
        { cause },
      );
    },
  );
  say(
    `No app is registered yet. Open ${settings.publicUrl}/setup?token=${settings.token} within this run; the address works once.`,
  );
  signal?.addEventListener("abort", () => {
    finish(false);
  });
  const finished = done.then(async (isDone) => {
    await new Promise((resolve) => {
      http.close(resolve);
      http.closeIdleConnections();
      setTimeout(() => {
        http.closeAllConnections();
      }, 1_000).unref();
    });
    return isDone;
  });
  return { port, finished };
}

interface Desk {
  readonly settings: SetupSettings;
  /** Open forms, with the time at which each ends. */
  readonly states: Map<string, number>;
  readonly log: Logger;
  readonly now: () => number;
  readonly finish: (isDone: boolean) => void;
}

type PageHandler = (query: URLSearchParams) => {
  readonly status: number;
  readonly html: string;
};

/** Only who knows the token sees the page: an open one would let a stranger choose the app. */
function guarded({ settings }: Desk, handle: PageHandler): Handler {
  return async (request, response) => {
    const query = queryOf(request);
    if (!isSame(query.get("token") ?? "", settings.token)) {
      const sentence =
        "This address needs the token that the server printed when it started.";
      sendPage(response, 403, problemPage(sentence), settings);
      return;
    }
    const { status, html } = handle(query);
    sendPage(response, status, html, settings);
  };
}

function askHandler({ settings }: Desk): PageHandler {
  const { token, organization } = settings;
  const name =
    organization === "" ? "VibeGate" : `VibeGate ${organization}`.slice(0, 34);
  return () => ({ status: 200, html: askPage(token, { organization, name }) });
}

function confirmHandler({ settings, states, now }: Desk): PageHandler {
  return (query) => {
    const organization = (query.get("organization") ?? "").trim();
    const name = (query.get("name") ?? "").trim();
    if (!/^(?:[A-Za-z0-9][A-Za-z0-9-]{0,38})?$/.test(organization))
      return problem("That is no name of an organization. Go back.");
    if (name === "" || name.length > 34)
      return problem("The name has 1 to 34 characters. Go back.");
    for (const [state, end] of states) if (end < now()) states.delete(state);
    if (states.size >= maxStates)
      return problem("Too many forms are open. Try again in an hour.");
    const state = randomBytes(24).toString("hex");
    states.set(state, now() + stateMs);
    const place =
      organization === ""
        ? "/settings/apps/new"
        : `/organizations/${organization}/settings/apps/new`;
    const manifest = appManifest(settings, name, appRegistration());
    const form = {
      action: `${settings.webUrl}${place}?state=${state}`,
      manifest: JSON.stringify(manifest),
    };
    const where = organization === "" ? "the account" : organization;
    return { status: 200, html: confirmPage(form, where) };
  };
}

function problem(sentence: string): ReturnType<PageHandler> {
  return { status: 400, html: problemPage(sentence) };
}

/** GitHub sends the browser back with a code. A state counts once, and only if a form of ours carried it. */
function callbackHandler(desk: Desk): Handler {
  const { settings, states, log, now, finish } = desk;
  return async (request, response) => {
    const query = queryOf(request);
    const state = query.get("state") ?? "";
    const end = states.get(state);
    states.delete(state);
    if (end === undefined || end < now()) {
      const sentence = "This form is not open any more. Begin at /setup again.";
      sendPage(response, 403, problemPage(sentence), settings);
      return;
    }
    let registered: Registered;
    try {
      registered = await convertCode(settings.apiUrl, query.get("code") ?? "");
      await storeCredentials(settings.dataDirectory, registered.credentials);
    } catch (error) {
      log.error({ err: error }, "The app could not be registered");
      const sentence =
        "GitHub did not hand out the app's credentials, or they could not be stored; the server's log says more. Begin at /setup again.";
      sendPage(response, 502, problemPage(sentence), settings);
      return;
    }
    log.info({ app: registered.credentials.appId }, "The app is registered");
    response.once("close", () => {
      finish(true);
    });
    const installUrl = `${registered.htmlUrl}/installations/new`;
    sendPage(response, 200, donePage(installUrl), settings);
  };
}

function plain(status: number, text: string): Handler {
  return async (request, response) => {
    if (!request.complete) response.setHeader("connection", "close");
    respond(response, status, "text/plain; charset=utf-8", `${text}\n`);
  };
}

function sendPage(
  response: ServerResponse,
  status: number,
  html: string,
  { webUrl }: SetupSettings,
): void {
  response.setHeader(
    "content-security-policy",
    `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${webUrl}; base-uri 'none'; frame-ancestors 'none'`,
  );
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("connection", "close");
  respond(response, status, "text/html; charset=utf-8", html);
}

function queryOf({ url = "" }: IncomingMessage): URLSearchParams {
  return new URLSearchParams(url.slice(url.indexOf("?") + 1));
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
