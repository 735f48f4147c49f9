import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** The registration as `app.yml` has it. */
export interface AppRegistration {
  readonly description: string;
  readonly url: string;
  readonly default_permissions: Readonly<Record<string, string>>;
  readonly default_events: readonly string[];
}

/** Reads the `app.yml` that comes with this program. */
export function appRegistration(): AppRegistration {
  const file = new URL("../../../app.yml", import.meta.url);
  return parse(readFileSync(file, "utf8")) as AppRegistration;
}

/** Where the app is to be reached. */
export interface AppPlace {
  readonly publicUrl: string;
  readonly webhookPath: string;
}

/**
 * What GitHub is asked to register. The webhook address is always whole: without the path every delivery would be lost.
 *
 * @param name - Unique on all of GitHub, at most 34 characters.
 * @see https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
 */
export function appManifest(
  { publicUrl, webhookPath }: AppPlace,
  name: string,
  { description, url, default_permissions, default_events }: AppRegistration,
): Readonly<Record<string, unknown>> {
  return {
    ...{ name, description, url, default_permissions, default_events },
    public: false,
    hook_attributes: { url: publicUrl + webhookPath, active: true },
    redirect_url: `${publicUrl}/setup/callback`,
  };
}
