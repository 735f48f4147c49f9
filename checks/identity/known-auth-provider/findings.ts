import type { Confidence, Evidence, Finding } from "#gate/finding.js";
import { type Project, marksOf } from "#model/project.js";
import { fileSide, isPageOfBothSides } from "#model/file-side.js";
import { isReachable } from "#model/runtimes.js";
import type { FileFacts } from "#parse/facts.js";
import type { AuthMark } from "./marks.js";
import { inventoryOf, type Inventory } from "./providers.js";
import { type BrokenKind, wordings } from "./sentences.js";

/** A mark with the file that it stands in. */
interface PlacedMark extends AuthMark {
  readonly path: string;
  /** Whether anything that runs in production loads the file. */
  readonly isLive: boolean;
}

/** What the project shows about who signs its users in. */
export interface SignIn {
  readonly inventory: Inventory;
  readonly findings: readonly Finding[];
  /** Whether anything speaks of sign-in at all. */
  readonly isThere: boolean;
}

/** The check's slug, under which its marks are kept. */
export const checkName = "known-auth-provider";

/** Judges how the project signs its users in. */
export function signInOf(project: Project): SignIn {
  const marks = [...project.files.values()].flatMap((facts) =>
    marksIn(project, facts),
  );
  const inventory = inventoryOf(project);
  const broken = marks.flatMap((mark) => brokenFinding(project, mark));
  const findings = [...broken, ...homeMade(marks, inventory)];
  return {
    inventory,
    findings,
    isThere: marks.length > 0 || inventory.names.length > 0,
  };
}

function marksIn(project: Project, facts: FileFacts): PlacedMark[] {
  const { path } = facts;
  const marks = marksOf<AuthMark>(facts, checkName);
  const side = fileSide(project, path);
  if (marks.length === 0 || side === "aside") return [];
  const isLive = isReachable(project, path);
  const seen = new Set<string>();
  return marks
    .filter(
      ({ kind, isServerFunction }) =>
        side === "server" ||
        kind === "hard-coded-login" ||
        (isServerFunction && isPageOfBothSides(path)),
    )
    .filter(({ kind, name }) => {
      // One generator draws many times, one list of demo logins compares many times.
      const key = `${kind} ${name}`;
      if (isBroken(kind) && seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .map((mark) => ({ ...mark, path, isLive }));
}

function brokenFinding(project: Project, mark: PlacedMark): Finding[] {
  const { kind, line, name, path, isLive } = mark;
  if (!isBroken(kind)) return [];
  if (kind === "unverified-token" && isVerifiedByPlatform(project, path))
    return [];
  const { message, fix, confidence } = wordings[kind];
  return [
    {
      rule: kind,
      path,
      lines: { start: line, end: line },
      message: isLive
        ? message(mark)
        : `${message(mark)} Nothing loads this file at present.`,
      fix,
      confidence: isLive ? confidence : "possible",
      identity: name,
      // The password of a shared page or a room opens one thing; nobody signs in with it.
      ...(kind === "plaintext-password" &&
        !accounts.test(name) && { atMost: "advise" as const }),
    },
  ];
}

/** Names of rows that stand for people, and of queries. */
const accounts =
  /user|account|admin|member|customer|client|profile|employee|student|teacher|doctor|patient|owner|usuario|cliente|found|exist|row|record|result|doc|data|\(|\)/i;

function isBroken(kind: AuthMark["kind"]): kind is BrokenKind {
  return Object.hasOwn(wordings, kind);
}

/** Supabase checks the token before it calls a function, unless the function is exempted by name. */
function isVerifiedByPlatform(project: Project, path: string): boolean {
  const name = /(?:^|\/)supabase\/functions\/([^/]+)\//.exec(path)?.[1];
  if (name === undefined) return false;
  const config = project.snapshot.files.find((file) =>
    /(?:^|\/)supabase\/config\.toml$/.test(file.path),
  );
  const section =
    config?.text.split(`[functions.${name}]`)[1]?.split("\n[")[0] ?? "";
  return !/^\s*verify_jwt\s*=\s*false/m.test(section);
}

/** One statement about the repository: it keeps its own passwords, and hands out its own sessions. */
function homeMade(
  marks: readonly PlacedMark[],
  { names, framework }: Inventory,
): Finding[] {
  const hashes = marks.filter(
    ({ kind }) => kind === "password-hash" || kind === "fast-password-hash",
  );
  const sessions = marks.filter(
    ({ kind }) => kind === "token" || kind === "session",
  );
  if (hashes.length === 0) return names.length === 0 ? ownTokens(sessions) : [];
  if (sessions.length === 0)
    return framework === "" ? [] : [callbackFinding(hashes, framework)];
  return [ownSignIn(hashes, sessions, names)];
}

function ownSignIn(
  hashes: readonly PlacedMark[],
  sessions: readonly PlacedMark[],
  names: readonly string[],
): Finding {
  const beside =
    names.length === 0 ? "" : ` beside ${names.slice(0, 2).join(" and ")}`;
  return statement("own-sign-in", [...sessions, ...hashes], {
    message: `This app keeps passwords and hands out sessions with code of its own${beside}: reset, lockout, rotation and revocation are its own to get right.`,
    fix: "Move sign-in to a known provider (Supabase Auth, Clerk, Auth.js, Better Auth, Auth0, Firebase Auth …) and import the existing hashes there.",
    confidence: "likely",
  });
}

/** Tokens without passwords: one-time codes, wallets, a gateway that is not in this repository. */
function ownTokens(sessions: readonly PlacedMark[]): Finding[] {
  if (sessions.length === 0) return [];
  return [
    statement("own-sign-in", sessions, {
      message:
        "This app signs its users' session tokens itself, and no known provider stands behind it.",
      fix: "Let a known provider issue and revoke the sessions.",
      confidence: "possible",
    }),
  ];
}

function callbackFinding(
  hashes: readonly PlacedMark[],
  framework: string,
): Finding {
  return statement("own-passwords", hashes, {
    message: `${framework} holds the sessions, but this app keeps and tests the passwords itself.`,
    fix: "Prefer the provider's own e-mail, passkey or social sign-in; where passwords must stay, add lockout, reset and leaked-password tests.",
    confidence: "likely",
  });
}

function statement(
  rule: string,
  marks: readonly PlacedMark[],
  {
    message,
    fix,
    confidence,
  }: { message: string; fix: string; confidence: Confidence },
): Finding {
  const ordered = marks.toSorted((a, b) => Number(b.isLive) - Number(a.isLive));
  const [first] = ordered as [PlacedMark, ...PlacedMark[]];
  return {
    rule,
    path: first.path,
    lines: { start: first.line, end: first.line },
    message,
    fix,
    // What nothing loads weighs less, and is still there.
    confidence: first.isLive ? confidence : "possible",
    identity: rule,
    evidence: ordered.slice(0, 8).map(evidenceOf),
  };
}

const notes: Readonly<Partial<Record<AuthMark["kind"], string>>> = {
  token: "issues a token",
  session: "opens a session",
  "password-hash": "hashes or compares a password",
  "fast-password-hash": "hashes a password",
};

function evidenceOf({ path, line, kind, name }: PlacedMark): Evidence {
  return { path, line, note: `${name} ${notes[kind] ?? ""}`.trim() };
}
