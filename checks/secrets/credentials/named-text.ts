import type { Place } from "./place.js";

/** Beginnings of the words that names of secrets end with, in the languages that people write code in. */
const secretWord =
  /secret|segredo|secreto|geheim|gizli|passw|pwd|passphrase|pass\b|_pass|kennwort|contrase|clave|senha|sifre|şifre|parola|motdepasse|mot_de_passe|mdp\b|wachtwoord|haslo|sandi|token|key|chave|llave|credential|mnemonic|seed_?phrase|pepper|пароль|密码|パスワード/giu;

const longestName = 60;
const longestValue = 512;

/** A name, a value, and where the value stands. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  /** The value is used only where the environment does not give one. */
  readonly isFallback: boolean;
}

/** Every value of a file that stands behind a name which promises a secret. */
export function valuesWithNames(place: Place, text: string): NamedValue[] {
  const found: NamedValue[] = [];
  const scan = new RegExp(secretWord);
  for (let word = scan.exec(text); word; word = scan.exec(text)) {
    const { start, end } = nameAround(text, word.index);
    scan.lastIndex = Math.max(end, scan.lastIndex);
    const named = valueBehind(place, text, start, end);
    if (!named) continue;
    found.push(named);
    scan.lastIndex = Math.max(named.start, scan.lastIndex);
  }
  return found;
}

function nameAround(text: string, at: number): { start: number; end: number } {
  let start = at;
  const first = Math.max(0, at - longestName);
  while (start > first && namePart.test(text.charAt(start - 1))) start--;
  const rest = /[\p{L}\p{N}_$-]{1,60}/uy;
  rest.lastIndex = at;
  return { start, end: at + (rest.exec(text)?.[0].length ?? 1) };
}

const namePart = /[\p{L}\p{N}_$.-]/u;

const below =
  /[`*_"')\]]{0,4}[ \t]{0,4}(?:\([^)\n]{0,40}\))?[ \t]{0,4}\r?\n[ \t]{0,8}[-*]{0,4}[ \t]{0,4}(?:value|valor|wert|valeur)\**:?\**[ \t]{0,4}\r?\n?(?:```\w{0,10}\r?\n)?[ \t]{0,8}[`"']?([^\s`"']{6,300})/iy;

/** `name: DB_PASSWORD` and `value: …`, on one line of JSON or on two of YAML. */
const beside =
  /["']?[ \t]{0,4},?[ \t]{0,4}\r?\n?[ \t]{0,20}(?:-[ \t])?["']?value["']?[ \t]{0,4}[:=][ \t]{0,4}["']?([^\s"'`{}]{6,300})/y;

/** `define("DB_PASSWORD", "…")`. */
const defined =
  /["'][ \t]{0,4},[ \t]{0,4}(["'])([^"'\n]{6,200})\1[ \t]{0,4}\)/y;

/** Guides and deployment files write the name at one place and the value at the next. */
function valueBelow(
  place: Place,
  text: string,
  start: number,
  end: number,
): Placed | undefined {
  if (place.isProse) return matchedAt(below, text, end, 1);
  if (/define\(["']$/i.test(text.slice(Math.max(0, start - 10), start)))
    return matchedAt(defined, text, end, 2);
  return place.kind === "config" ? matchedAt(beside, text, end, 1) : undefined;
}

/** Ways that a name is followed by its value. Each is sticky and of bounded length. */
const assigned =
  /(?:\\?["'`\]*_)]){0,4}[ \t]{0,12}(?:=>|:=|\?=|=|:)[ \t*_]{0,12}/y;
/** A column of a table in a guide, and the end of a tag. */
const assignedInTable =
  /(?:\\?["'`\]*_)]){0,4}[ \t]{0,12}(?:=>|:=|=|:|\|)[ \t*_]{0,12}/y;
const assignedInMarkup = /[ \t]{0,4}(?:"[ \t]{1,4}value=|">|>|=)[ \t]{0,4}/y;
const spaced = /[ \t]{1,8}/y;
const shellDefault = /:?[-=]([^}\s]{1,200})\}/y;
const secondArgument =
  /["'][ \t]{0,4},[ \t]{0,4}(?:default[ \t]{0,2}=[ \t]{0,2})?(["'])([^"'\n]{1,200})\1/y;
const otherwise =
  /["'\]).!]{0,4}[ \t]{0,4}(?:\|\||\?\?|\bor\b|\?:)[ \t]{0,4}(["'`])([^"'`\n]{1,200})\1/y;
const quoted = /\\?(["'`])((?:(?!\1)[^\n\\]){1,512})\\?\1/y;
const bare = /[^\s"'`,;()<>{}|\\]{1,512}/y;

function valueBehind(
  place: Place,
  text: string,
  start: number,
  end: number,
): NamedValue | undefined {
  const name = text.slice(start, end);
  const fallback = fallbackBehind(text, start, end);
  if (fallback) return { name, ...fallback, isFallback: true };
  const from = separatorEnd(place, text, start, end);
  const value =
    from === undefined
      ? valueBelow(place, text, start, end)
      : (quotedAt(text, from) ?? bareAt(place, text, start, from));
  return value && { name, ...value, isFallback: false };
}

type Placed = Pick<NamedValue, "value" | "start">;

function fallbackBehind(
  text: string,
  start: number,
  end: number,
): Placed | undefined {
  const before = text.slice(Math.max(0, start - 30), start);
  if (before.endsWith("${")) return matchedAt(shellDefault, text, end, 1);
  if (
    /(env|get|getenv|config|fetch|default)\w{0,12}\(\s{0,4}["']$/i.test(before)
  ) {
    const second = matchedAt(secondArgument, text, end, 2);
    if (second) return second;
  }
  return /env|config/i.test(before) || /^[A-Z_]+$/.test(text.slice(start, end))
    ? matchedAt(otherwise, text, end, 2)
    : undefined;
}

function matchedAt(
  pattern: RegExp,
  text: string,
  at: number,
  group: number,
): Placed | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  const value = found?.[group];
  if (!found || value === undefined) return undefined;
  return { value, start: at + found[0].lastIndexOf(value) };
}

function isMarkup(place: Place): boolean {
  return /\.(xml|plist|config|csproj)$/i.test(place.path);
}

function separatorIn(place: Place): RegExp {
  if (isMarkup(place)) return assignedInMarkup;
  return place.isProse ? assignedInTable : assigned;
}

function separatorEnd(
  place: Place,
  text: string,
  start: number,
  end: number,
): number | undefined {
  const separator = separatorIn(place);
  separator.lastIndex = end;
  if (separator.test(text)) return separator.lastIndex;
  spaced.lastIndex = end;
  if (!spaced.test(text)) return undefined;
  const isQuotedNext = /["']/.test(text[spaced.lastIndex] ?? "");
  if (/\.sql$/i.test(place.path))
    return isQuotedNext ? spaced.lastIndex : undefined;
  const line = text.slice(Math.max(0, start - 80), start);
  const takesSpace =
    /(^|\n)[ \t]*(ENV|machine|default|login)\b[^\n]*$/.test(line) &&
    /Dockerfile|Containerfile|netrc$/i.test(place.path);
  return takesSpace ? spaced.lastIndex : undefined;
}

function quotedAt(text: string, from: number): Placed | undefined {
  quoted.lastIndex = from;
  const found = quoted.exec(text);
  const value = found?.[2];
  if (!found || value === undefined) return undefined;
  return { value, start: from + found[0].indexOf(value) };
}

function bareAt(
  place: Place,
  text: string,
  start: number,
  from: number,
): Placed | undefined {
  const isTagEnd = text[from - 1] === ">" && isMarkup(place);
  if (!place.isUnquoted && !isTagEnd) return undefined;
  bare.lastIndex = from;
  const run = bare.exec(text)?.[0];
  const next = text[bare.lastIndex] ?? " ";
  // In the query of an address the next parameter ends the value.
  const isQuery = /[?&]/.test(text.charAt(start - 1));
  const value = isQuery ? run?.split("&")[0] : run;
  if (value === undefined || value.length >= longestValue) return undefined;
  if (value.startsWith("$")) return undefined; // A variable of the shell or of a template.
  const isCut = isTagEnd ? next !== "<" : /[(){}<>]/.test(next);
  return isCut ? undefined : { value, start: from };
}
