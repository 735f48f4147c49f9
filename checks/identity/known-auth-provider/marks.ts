/** What a file does about passwords and tokens, noted while its tree is at hand. */
export type AuthMarkKind =
  | "plaintext-password"
  | "hard-coded-login"
  | "shared-password"
  | "fast-password-hash"
  | "unverified-token"
  | "unsigned-token"
  | "guessable-token"
  | "password-hash"
  | "token"
  | "session";

/** One such thing, at its line. */
export interface AuthMark {
  readonly [key: string]: string | number | boolean;
  readonly kind: AuthMarkKind;
  readonly line: number;
  /** What to call it in a sentence: the callee or the name. */
  readonly name: string;
  /** Whether only the server runs the function that it stands in, whatever runs its file. */
  readonly isServerFunction: boolean;
}

/** A mark without its place. */
export type AuthSign = Pick<AuthMark, "kind" | "name">;
