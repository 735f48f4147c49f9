import { randomBytes } from "node:crypto";
import type { Installation, Permissions } from "./registration.js";

/** An installation token that was handed out. */
export interface Token {
  readonly value: string;
  readonly installation: Installation;
  readonly permissions: Permissions;
  /** Undefined when it reaches whatever the installation covers. */
  readonly repositoryIds: ReadonlySet<number> | undefined;
  readonly expiresAt: Date;
}

const lifeMs = 60 * 60 * 1000;

/** Installation tokens in force. */
export class Tokens {
  readonly #tokens = new Map<string, Token>();

  /** Hands out a token that lives for an hour. */
  issue(details: Omit<Token, "value" | "expiresAt">, now: Date): Token {
    const token: Token = {
      ...details,
      value: ["ghs", randomBytes(18).toString("hex")].join("_"),
      expiresAt: new Date(now.getTime() + lifeMs),
    };
    this.#tokens.set(token.value, token);
    return token;
  }

  /** Undefined for a token that was never handed out, has expired or was withdrawn. */
  find(value: string, now: Date): Token | undefined {
    const token = this.#tokens.get(value);
    if (!token || token.expiresAt <= now) return undefined;
    return token;
  }

  /** Withdraws one token. */
  revoke(value: string): void {
    this.#tokens.delete(value);
  }

  /** Withdraws all tokens, as if an hour had gone by. */
  expireAll(): void {
    this.#tokens.clear();
  }
}
