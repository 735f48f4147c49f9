import { isMark, isWord, type SqlToken, sqlTokens } from "#parse/sql-tokens.js";

/** What is known of the functions that a body calls: whether it looks at the caller; undefined where no file has it. */
export type KnownTest = (name: string) => boolean | undefined;

const askers =
  /^(?:is|has|check|require|assert|verify|can|ensure|authorize|guard|validate)_/i;
const conditional = [
  "if",
  "elsif",
  "elseif",
  "when",
  "where",
  "and",
  "or",
  "on",
  "having",
  "not",
  "exists",
  "while",
];
const handing = [
  "set",
  "values",
  "select",
  "return",
  "returning",
  "insert",
  "perform",
  "into",
  "then",
  "loop",
  "begin",
];

/**
 * Whether a function's body makes what it does depend on who calls: compares the caller's identity with something, asks
 * the caller's role, or calls a function that does. To store the identity, or to ask that there is one, is no such test.
 */
export function testsCaller(body: string, known: KnownTest): boolean {
  const tokens = sqlTokens(body);
  const aliases = new Set<string>();
  let context = "begin";
  let start = 0;
  for (const [index, token] of tokens.entries()) {
    if (isMark(token, ";")) [context, start] = ["begin", index + 1];
    if (isWord(token, ...conditional, ...handing))
      context = token.text.toLowerCase();
    if (isHelper(tokens, index, known)) return true;
    const end = identityEnd(tokens, index, aliases);
    if (end === undefined) continue;
    if (conditional.includes(context) && !isPresenceTest(tokens, end))
      return true;
    if (isCompared(tokens, index, end, context)) return true;
    for (const alias of aliasesIn(tokens, start, index, end))
      aliases.add(alias);
  }
  return false;
}

/** Where a mention of the caller's identity ends, brackets and casts included. */
function identityEnd(
  tokens: readonly SqlToken[],
  index: number,
  aliases: ReadonlySet<string>,
): number | undefined {
  let end = mentionEnd(tokens, index, aliases);
  if (end === undefined) return undefined;
  while (isMark(tokens[end], ")") || isMark(tokens[end], "::"))
    end += isMark(tokens[end], "::") ? 2 : 1;
  return end;
}

function mentionEnd(
  tokens: readonly SqlToken[],
  index: number,
  aliases: ReadonlySet<string>,
): number | undefined {
  const token = tokens[index];
  if (token?.kind !== "word") return undefined;
  const name = token.text.toLowerCase();
  if (name === "session_user" || aliases.has(name)) return index + 1;
  const next = tokens[index + 2];
  if (name === "auth" && isMark(tokens[index + 1], "."))
    return isWord(next, "uid", "jwt", "role", "email") ? index + 5 : undefined;
  const asksSetting =
    name === "current_setting" &&
    /^(?:request\.(?:jwt|header)|role$)/i.test(next?.text ?? "");
  return asksSetting ? index + 3 : undefined;
}

/** `auth.uid() IS NULL` tells only whether anybody is signed in. */
function isPresenceTest(tokens: readonly SqlToken[], end: number): boolean {
  if (!isWord(tokens[end], "is")) return false;
  const at = isWord(tokens[end + 1], "not") ? end + 2 : end + 1;
  return isWord(tokens[at], "null");
}

const comparisons = ["=", "<>", "!="];

/** Compared outside of a condition: `return auth.uid() = p_user_id`. */
function isCompared(
  tokens: readonly SqlToken[],
  index: number,
  end: number,
  context: string,
): boolean {
  if (context === "set") return false;
  const isComparison = (token: SqlToken | undefined): boolean =>
    token?.kind === "mark" && comparisons.includes(token.text);
  return isComparison(tokens[end]) || isComparison(tokens[index - 1]);
}

/** Names that this statement gives to the identity: `v_caller uuid := auth.uid()`, `select auth.uid() into v_caller`. */
function aliasesIn(
  tokens: readonly SqlToken[],
  start: number,
  index: number,
  end: number,
): string[] {
  const found: string[] = [];
  const before = tokens.slice(Math.max(start, index - 8), index);
  const gives = before.findLastIndex(
    (token) => isMark(token, ":=") || isWord(token, "default"),
  );
  if (gives > 0) {
    const words = before
      .slice(0, gives)
      .filter(
        (token) => token.kind === "word" && !isWord(token, "declare", "begin"),
      );
    const [name] = words;
    if (name) found.push(name.text.toLowerCase());
  }
  const into = isWord(tokens[end], "into") ? tokens[end + 1] : undefined;
  if (into?.kind === "word") found.push(into.text.toLowerCase());
  return found;
}

/** A call of a function that tests the caller itself, or whose name says so where no file has it. */
function isHelper(
  tokens: readonly SqlToken[],
  index: number,
  known: KnownTest,
): boolean {
  const token = tokens[index];
  if (token?.kind !== "word" || !isMark(tokens[index + 1], "(")) return false;
  return known(token.text.toLowerCase()) ?? askers.test(token.text);
}
