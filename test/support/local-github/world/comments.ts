import type { Account } from "./accounts.js";

/** A comment in the conversation of an issue or a pull request. */
export interface IssueComment {
  readonly id: number;
  /** Number of the issue or pull request. */
  readonly issue: number;
  readonly author: Account;
  readonly createdAt: string;
  /** Written by the app itself. */
  readonly byApp: boolean;
  body: string;
  updatedAt: string;
}
