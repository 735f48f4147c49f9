import type {
  AppFacts,
  AppRecord,
  InstallationRecord,
} from "#github/app-facts.js";
import type { AppRegistration } from "./app-manifest.js";
import type { Settings } from "./settings.js";

/** One thing that was looked at. */
export interface Diagnosis {
  readonly state: "good" | "warning" | "bad";
  /** What was found, and if it is not good, what to do and where. */
  readonly sentence: string;
}

/** What a diagnosis is made from. */
export interface DiagnoseInput {
  readonly settings: Pick<
    Settings,
    "appId" | "publicUrl" | "webhookPath" | "apiUrl"
  >;
  readonly facts: AppFacts;
  /** What this version wants to be registered. */
  readonly wanted: AppRegistration;
}

/** Clocks may differ by this; a token is refused when ours is a minute ahead. */
const mostSkewMs = 30_000;

/** Says of each thing that the server needs whether it is as it should be. Pure. */
export function diagnose(input: DiagnoseInput): Diagnosis[] {
  const { facts } = input;
  const { app } = facts;
  if (!app.ok)
    return [
      ...clock(facts),
      bad(
        `GET /app failed: ${app.because}. A 401 means that PRIVATE_KEY is not a key of APP_ID ${String(input.settings.appId)} or that the clock is wrong; a 404, that APP_ID or GHE_HOST is.`,
      ),
    ];
  return [
    ...clock(facts),
    good(
      `The key belongs to the app ${app.value.slug} of ${app.value.owner}${facts.serverVersion === undefined ? "" : `, on GitHub Enterprise Server ${facts.serverVersion}`}.`,
    ),
    ...permissions(app.value, input),
    ...events(app.value, input),
    webhook(app.value, input),
    deliveries(app.value, input),
    ...installations(input),
  ];
}

function clock({ clockAheadMs }: AppFacts): Diagnosis[] {
  if (clockAheadMs === undefined) return [];
  if (Math.abs(clockAheadMs) <= mostSkewMs)
    return [good("The clock agrees with GitHub's.")];
  const seconds = String(Math.round(Math.abs(clockAheadMs) / 1_000));
  const way = clockAheadMs > 0 ? "behind" : "ahead of";
  return [
    bad(
      `This machine's clock is ${seconds} seconds ${way} GitHub's: set it by NTP, or tokens are refused.`,
    ),
  ];
}

const ranks = ["none", "read", "write", "admin"];

/** Permissions that others do not grant, as `name: level`. */
function missing(
  wanted: AppRegistration["default_permissions"],
  granted: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(wanted)
    .filter(
      ([name, level]) =>
        ranks.indexOf(granted[name] ?? "none") < ranks.indexOf(level),
    )
    .map(([name, level]) => `${name}: ${level}`);
}

function permissions(app: AppRecord, { wanted }: DiagnoseInput): Diagnosis[] {
  const lacking = missing(wanted.default_permissions, app.permissions);
  const extra = missing(app.permissions, wanted.default_permissions);
  return [
    lacking.length === 0
      ? good("The app has every permission that it needs.")
      : bad(
          `The app lacks ${lacking.join(", ")}: add it at ${settingsPage(app)}/permissions. Each installation is then asked to accept it.`,
        ),
    ...(extra.length === 0
      ? []
      : [
          warning(
            `The app has more than it needs: ${extra.join(", ")}. Take it away at ${settingsPage(app)}/permissions.`,
          ),
        ]),
  ];
}

function events(app: AppRecord, { wanted }: DiagnoseInput): Diagnosis[] {
  const lacking = wanted.default_events.filter(
    (event) => !app.events.includes(event),
  );
  if (lacking.length === 0)
    return [good("The app hears every event that it needs.")];
  return [
    bad(
      `The app does not hear ${lacking.join(", ")}: subscribe to it at ${settingsPage(app)}/permissions.`,
    ),
  ];
}

function webhook(
  app: AppRecord,
  { settings, facts: { webhookUrl } }: DiagnoseInput,
): Diagnosis {
  if (!webhookUrl.ok)
    return warning(`The webhook address was not told: ${webhookUrl.because}.`);
  if (settings.publicUrl === undefined)
    return warning(
      `Webhooks go to ${webhookUrl.value}. PUBLIC_URL is not set, so nothing can be said of that.`,
    );
  const wanted = settings.publicUrl + settings.webhookPath;
  if (webhookUrl.value === wanted)
    return good(`Webhooks go to ${wanted}, as they should.`);
  return bad(
    `Webhooks go to ${webhookUrl.value || "nowhere"}, not to ${wanted}: change it at ${settingsPage(app)}.`,
  );
}

function deliveries(
  app: AppRecord,
  { facts: { deliveries: found } }: DiagnoseInput,
): Diagnosis {
  if (!found.ok)
    return warning(`The last deliveries were not told: ${found.because}.`);
  const { seen, failed, newest } = found.value;
  if (seen === 0)
    return warning("GitHub has delivered nothing in the last days.");
  if (failed === 0)
    return good(`The last ${String(seen)} deliveries were all taken.`);
  const sentence = `${String(failed)} of the last ${String(seen)} deliveries failed, the newest at ${newest?.at ?? "?"} with ${newest?.status ?? "?"}: see ${settingsPage(app)}/advanced.`;
  return failed === seen ? bad(sentence) : warning(sentence);
}

function installations({
  facts: { installations: found },
  wanted,
}: DiagnoseInput): Diagnosis[] {
  if (!found.ok)
    return [warning(`The installations were not told: ${found.because}.`)];
  if (found.value.length === 0)
    return [warning("The app is installed nowhere yet.")];
  return found.value.map((one) => installation(one, wanted));
}

function installation(
  { account, htmlUrl, permissions: granted, isSuspended }: InstallationRecord,
  { default_permissions }: AppRegistration,
): Diagnosis {
  if (isSuspended)
    return warning(`The installation on ${account} is suspended: ${htmlUrl}`);
  const lacking = missing(default_permissions, granted);
  if (lacking.length === 0)
    return good(`The installation on ${account} grants what is needed.`);
  return bad(
    `The installation on ${account} has not granted ${lacking.join(", ")}: its owner accepts it at ${htmlUrl}`,
  );
}

/** The registration's settings, under its owner. */
function settingsPage({ slug, owner, ownerType, htmlUrl }: AppRecord): string {
  const { origin } = new URL(htmlUrl);
  return ownerType === "User"
    ? `${origin}/settings/apps/${slug}`
    : `${origin}/organizations/${owner}/settings/apps/${slug}`;
}

function good(sentence: string): Diagnosis {
  return { state: "good", sentence };
}

function warning(sentence: string): Diagnosis {
  return { state: "warning", sentence };
}

function bad(sentence: string): Diagnosis {
  return { state: "bad", sentence };
}
