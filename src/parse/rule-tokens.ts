/** A token of security rules. */
export interface RuleToken {
  readonly kind: "name" | "text" | "number" | "mark";
  /** Without quotes. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

// Each alternative begins with another character, or is bounded by one, so no text is read twice.
const piece =
  /\n|[^\S\n]+|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?|[A-Za-z_]\w*|\$[A-Za-z_]\w*|\d[\w.]*|===|!==|==|!=|<=|>=|&&|\|\||[^]/y;

/** The tokens of security rules; comments and blanks are none. Linear, never throws. */
export function ruleTokens(text: string): RuleToken[] {
  const tokens: RuleToken[] = [];
  let line = 1;
  piece.lastIndex = 0;
  for (let match = piece.exec(text); match; match = piece.exec(text)) {
    const [found] = match;
    const kind = kindOf(found);
    if (kind !== undefined)
      tokens.push({
        kind,
        text: kind === "text" ? found.replace(/^["']|["']$/g, "") : found,
        line,
      });
    for (
      let at = found.indexOf("\n");
      at >= 0;
      at = found.indexOf("\n", at + 1)
    )
      line += 1;
  }
  return tokens;
}

function kindOf(found: string): RuleToken["kind"] | undefined {
  if (/^\s/.test(found) || found.startsWith("//") || found.startsWith("/*"))
    return undefined;
  if (/^["']/.test(found)) return "text";
  if (/^\d/.test(found)) return "number";
  return /^[$A-Za-z_]\w*/.test(found) && found !== "$" ? "name" : "mark";
}

/** Whether a token is this mark. */
export function isRuleMark(
  token: RuleToken | undefined,
  mark: string,
): boolean {
  return token?.kind === "mark" && token.text === mark;
}
