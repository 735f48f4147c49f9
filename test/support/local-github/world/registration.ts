import type { KeyObject } from "node:crypto";
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
