import { randomBytes } from "node:crypto";
import { found, Refusal, type Answer } from "../http/answer.js";
import type { Call, Route } from "../http/route.js";
import { appAnswer } from "../present/app.js";
import type { Permissions } from "../world/registration.js";

/** What an app says of itself when it is registered by manifest. */
interface Manifest {
  readonly name?: string;
  readonly redirect_url?: string;
  readonly hook_attributes?: { readonly url?: string };
  readonly default_permissions?: Permissions;
  readonly default_events?: readonly string[];
}

/** Registering the app by manifest: the form that a browser posts, and the exchange of the code. */
export const manifestRoutes: readonly Route[] = [
  {
    operation: "POST /settings/apps/new",
    asks: "anybody",
    handle: acceptManifest,
  },
  {
    operation: "POST /organizations/{org}/settings/apps/new",
    asks: "anybody",
    handle: acceptManifest,
  },
  {
    operation: "POST /app-manifests/{code}/conversions",
    asks: "anybody",
    handle: convert,
  },
];

/** As if the person had pressed "Create GitHub App". */
function acceptManifest({ world, body, query }: Call): Answer {
  const manifest = JSON.parse(String(body["manifest"])) as Manifest;
  const code = randomBytes(20).toString("hex");
  world.manifestCodes.set(code, manifest as Record<string, unknown>);
  if (!manifest.redirect_url) throw new Refusal(422, "No redirect_url");
  const target = new URL(manifest.redirect_url);
  target.searchParams.set("code", code);
  if (query["state"]) target.searchParams.set("state", query["state"]);
  return { status: 302, headers: { location: target.href } };
}

/** A code works once. The one app takes over what the manifest says. */
function convert({ world, params }: Call): Answer {
  const code = params["code"] ?? "";
  const manifest = found(world.manifestCodes.get(code)) as Manifest;
  world.manifestCodes.delete(code);
  const app = world.registration;
  app.permissions = manifest.default_permissions ?? app.permissions;
  app.events = manifest.default_events ?? app.events;
  app.webhookUrl = manifest.hook_attributes?.url ?? app.webhookUrl;
  world.hooks.secret = randomBytes(20).toString("hex");
  if (app.webhookUrl !== "") world.hooks.target = app.webhookUrl;
  return {
    status: 201,
    body: {
      ...appAnswer(world),
      name: manifest.name ?? app.name,
      client_secret: randomBytes(20).toString("hex"),
      webhook_secret: world.hooks.secret,
      pem: app.privateKey,
    },
  };
}
