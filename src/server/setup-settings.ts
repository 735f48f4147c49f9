import { randomBytes } from "node:crypto";
import { z } from "zod";
import { SettingsError } from "./settings-error.js";
import { placeSettings } from "./settings.js";

/** What the set-up is told by its environment. */
export interface SetupSettings {
  readonly publicUrl: string;
  readonly host: string;
  readonly port: number;
  readonly webhookPath: string;
  /** GitHub for people, without a slash at the end. */
  readonly webUrl: string;
  /** GitHub's REST interface, without a slash at the end. */
  readonly apiUrl: string;
  readonly dataDirectory: string;
  /** Organization that the form begins with; empty where nobody said. */
  readonly organization: string;
  /** Lets its holder set the app up, once. Hex. */
  readonly token: string;
}

const organization = z
  .string()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/)
  .optional();

/**
 * Reads what the set-up needs.
 *
 * @throws SettingsError when the server's own address is missing: the webhooks would go nowhere.
 */
export function readSetupSettings(
  environment: Readonly<Record<string, string | undefined>>,
): SetupSettings {
  const place = placeSettings(environment);
  if (place.publicUrl === undefined)
    throw new SettingsError(
      "PUBLIC_URL is not set: say where GitHub and your browser reach this server, for example https://gate.example.com, to register the app; or give APP_ID, PRIVATE_KEY and WEBHOOK_SECRET of one that is registered.",
    );
  const named = organization.safeParse(environment["GH_ORG"] || undefined);
  if (!named.success)
    throw new SettingsError("GH_ORG must be the name of an organization.");
  return {
    ...{ ...place, publicUrl: place.publicUrl },
    organization: named.data ?? "",
    token: randomBytes(24).toString("hex"),
  };
}
