import type { Confidence, Level } from "#gate/finding.js";
import type { AuthMark, AuthMarkKind } from "./marks.js";

/** The shapes that stand for themselves: each is reported where it is. */
export type BrokenKind = Exclude<
  AuthMarkKind,
  "password-hash" | "token" | "session"
>;

/** What a shape is reported as. */
export interface Wording {
  readonly message: (mark: AuthMark) => string;
  readonly fix: string;
  readonly confidence: Confidence;
  readonly level: Level;
  /** What the rule is called in lists. */
  readonly title: string;
}

const handOver =
  "Hand sign-in to a provider (Supabase Auth, Clerk, Auth.js, Better Auth, Auth0, Firebase Auth …)";

/** The rules that a single line breaks. */
export const wordings: Readonly<Record<BrokenKind, Wording>> = {
  "plaintext-password": {
    title: "A password is compared as it was typed",
    message: ({ name }) =>
      `The typed password is compared with ${name} as it is, so passwords are stored readable.`,
    fix: `${handOver}, and delete the stored passwords; until then keep only argon2 or bcrypt hashes.`,
    confidence: "likely",
    level: "block",
  },
  "hard-coded-login": {
    title: "A login's password is written in the code",
    message: ({ name }) =>
      `${name} is compared with a password that is written in the code, which everybody with the code knows.`,
    fix: `${handOver}, and change this password: it is in the history.`,
    confidence: "likely",
    level: "block",
  },
  "shared-password": {
    title: "One password out of the settings lets everybody in",
    message: ({ name }) =>
      `Whoever knows ${name} is let in: one password for everybody, without an account behind it.`,
    fix: `${handOver}, so that each person has an account that can be locked and followed.`,
    confidence: "likely",
    level: "advise",
  },
  "fast-password-hash": {
    title: "A password is hashed with a function made for speed",
    message: ({ name }) =>
      `A password is hashed with ${name}, which a graphics card tries billions of times a second.`,
    fix: `${handOver}; until then use argon2id, scrypt or bcrypt, and rehash each password at its next sign-in.`,
    confidence: "likely",
    level: "block",
  },
  "unverified-token": {
    title: "A token is believed without its signature being checked",
    message: ({ name }) =>
      `Who the caller is comes out of ${name}, which does not check the signature: anybody can write such a token.`,
    fix: "Verify the token (the provider's getUser or verifyIdToken, or jwtVerify against its key set) before reading it.",
    confidence: "likely",
    level: "block",
  },
  "unsigned-token": {
    title: "Tokens without a signature are made or accepted",
    message: () =>
      "The algorithm “none” is allowed, so a token without any signature passes.",
    fix: "Name the one algorithm that your tokens are signed with, or leave tokens to the provider.",
    confidence: "likely",
    level: "block",
  },
  "guessable-token": {
    title: "A secret code comes out of Math.random",
    message: ({ name }) =>
      `${name} is made with Math.random, whose next values can be computed from earlier ones.`,
    fix: "Use crypto.randomUUID, crypto.randomBytes or crypto.randomInt, or the provider's own reset and code flow.",
    confidence: "likely",
    level: "block",
  },
};
