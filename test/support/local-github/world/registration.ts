import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { Account } from "./accounts.js";

/** Permission names to `read`, `write` or `admin`. */
export type Permissions = Readonly<Record<string, string>>;

/** The registered GitHub App. */
export interface Registration {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly clientId: string;
  readonly owner: Account;
  /** PEM, PKCS#1, as GitHub hands it out. */
  readonly privateKey: string;
  readonly publicKey: KeyObject;
  readonly createdAt: string;
  permissions: Permissions;
  events: readonly string[];
  /** Where the app says that its webhooks go; what `GET /app/hook/config` shows. */
  webhookUrl: string;
}

/** What our app asks for. */
export const defaultPermissions: Permissions = {
  checks: "write",
  contents: "read",
  members: "read",
  merge_queues: "read",
  metadata: "read",
  pull_requests: "write",
};

/** What our app listens to; installation events come unasked. */
export const defaultEvents: readonly string[] = [
  "check_run",
  "check_suite",
  "issue_comment",
  "merge_group",
  "pull_request",
  "pull_request_review",
  "push",
];

/** One account's installation of the app. */
export interface Installation {
  readonly id: number;
  readonly account: Account;
  readonly createdAt: string;
  permissions: Permissions;
  /** Ids of the repositories that it covers. */
  readonly repositoryIds: Set<number>;
  suspendedAt: string | undefined;
}

/** A key pair of the size that GitHub makes. */
export function newKeyPair(): { privateKey: string; publicKey: KeyObject } {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    privateKey: pair.privateKey.export({
      type: "pkcs1",
      format: "pem",
    }) as string,
    publicKey: pair.publicKey,
  };
}

/** Whether what was granted is at least what is needed. */
export function grants(
  granted: Permissions,
  name: string,
  level: "read" | "write",
): boolean {
  const rank = (value: string | undefined) =>
    ["read", "write", "admin"].indexOf(value ?? "");
  return rank(granted[name]) >= rank(level);
}
