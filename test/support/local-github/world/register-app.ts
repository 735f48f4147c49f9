import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { Permissions, Registration } from "./registration.js";
import type { World } from "./world.js";

/** What our app asks for. */
const defaultPermissions: Permissions = {
  checks: "write",
  contents: "read",
  members: "read",
  merge_queues: "read",
  metadata: "read",
  pull_requests: "write",
};

/** What our app listens to; installation events come unasked. */
const defaultEvents: readonly string[] = [
  "check_run",
  "check_suite",
  "issue_comment",
  "merge_group",
  "pull_request",
  "pull_request_review",
  "push",
];

/** Registers the app, with a key of its own. */
export function registerApp(
  world: World,
  options: {
    readonly permissions?: Permissions;
    readonly events?: readonly string[];
    readonly deliverTo?: string;
  },
): Registration {
  const id = world.nextId();
  return {
    ...newKeyPair(),
    id,
    slug: "vibegate",
    name: "VibeGate",
    clientId: `Iv23li${String(id).padStart(14, "0")}`,
    owner: world.accounts.named("acme", "Organization"),
    createdAt: world.timestamp(),
    permissions: options.permissions ?? defaultPermissions,
    events: options.events ?? defaultEvents,
    webhookUrl: options.deliverTo ?? "",
  };
}

/** A key pair of the size and in the form that GitHub hands out. */
function newKeyPair(): { privateKey: string; publicKey: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
  });
  return {
    privateKey: privateKey.export({ type: "pkcs1", format: "pem" }) as string,
    publicKey,
  };
}
