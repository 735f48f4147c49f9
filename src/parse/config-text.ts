/** A scalar without the quotes around it. */
export function unquote(text: string): string {
  const plain = text.trim();
  const [first] = plain;
  return plain.length > 1 &&
    (first === '"' || first === "'") &&
    plain.endsWith(first)
    ? plain.slice(1, -1)
    : plain;
}

/** A line without its `#` comment; a `#` within quotes or inside a word stays. */
export function dropComment(line: string): string {
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    const character = line.charAt(i);
    if (quote !== "") {
      if (character === "\\" && quote === '"') i++;
      else if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === "#" && (i === 0 || /\s/.test(line.charAt(i - 1))))
      return line.slice(0, i);
  }
  return line;
}

/** Whether every bracket and brace outside of quotes is closed. */
export function isBalanced(text: string): boolean {
  let depth = 0;
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (quote !== "") {
      if (character === "\\" && quote === '"') i++;
      else if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
  }
  return depth <= 0;
}
