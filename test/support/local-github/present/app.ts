import type { Installation } from "../world/registration.js";
import type { World } from "../world/world.js";
import { nodeId, simpleUser } from "./account.js";

/** The app, as GitHub shows it. */
export function appAnswer(world: World) {
  const app = world.registration;
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: nodeId("App", app.id),
    owner: simpleUser(world, app.owner),
    name: app.name,
    description: "",
    external_url: world.origin,
    html_url: `${world.origin}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
  };
}

/** An installation of the app. */
export function installationAnswer(world: World, installation: Installation) {
  const { account } = installation;
  const url = `${world.apiUrl}/app/installations/${String(installation.id)}`;
  return {
    id: installation.id,
    client_id: world.registration.clientId,
    account: simpleUser(world, account),
    repository_selection: "selected",
    access_tokens_url: `${url}/access_tokens`,
    repositories_url: `${world.apiUrl}/installation/repositories`,
    html_url: `${world.origin}/settings/installations/${String(installation.id)}`,
    app_id: world.registration.id,
    app_slug: world.registration.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: world.registration.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspendedAt ? simpleUser(world, account) : null,
    suspended_at: installation.suspendedAt ?? null,
  };
}
