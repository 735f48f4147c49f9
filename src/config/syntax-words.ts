import type { ConfigProblem } from "./problem.js";

type Words = Pick<ConfigProblem, "message" | "hint">;

const fallback: Words = {
  message: "This is not YAML that can be read.",
  hint: "Look at quotes, colons and indentation here and on the line above.",
};

/** What a syntax error means to the person who wrote the file. The library's own sentences quote the file. */
const words: Readonly<Record<string, Words>> = {
  BAD_INDENT: {
    message: "The indentation does not fit.",
    hint: "Give all keys of one block the same number of spaces.",
  },
  TAB_AS_INDENT: {
    message: "A tab cannot indent.",
    hint: "Use spaces.",
  },
  BAD_SCALAR_START: {
    message: "No text can begin with this character.",
    hint: "Put the text in quotes.",
  },
  BAD_DQ_ESCAPE: {
    message: "The text holds an escape that does not exist.",
    hint: "Use single quotes, in which a backslash means itself.",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: "There are two colons on this line.",
    hint: "Put the text in quotes.",
  },
  UNEXPECTED_TOKEN: {
    message: "Nothing that is open here ends with this.",
    hint: "Look at brackets and quotes here and on the line above; a text that holds some needs quotes around it.",
  },
  MISSING_CHAR: {
    message: "A closing quote, bracket, comma or colon is missing.",
    hint: "Close what is open.",
  },
  MULTILINE_IMPLICIT_KEY: {
    message: "A key must stand on one line and end with a colon.",
    hint: "Look whether a colon is missing, or the blank behind it.",
  },
  BAD_ALIAS: {
    message: "A text that begins with a star or an ampersand needs quotes.",
    hint: 'Write "**/*.ts" rather than **/*.ts.',
  },
  RESOURCE_EXHAUSTION: {
    message: "Nothing may nest as deep as this.",
    hint: "Write it flatter.",
  },
};

/** What is said of a quote or a bracket where it opens. */
export const openWords = {
  quote: {
    message: "The quote that opens here is not closed.",
    hint: "Close it on this line.",
  },
  bracket: {
    message: "The bracket that opens here is not closed.",
    hint: "Close it before the next key; a closing bracket on its own line stands further right than the key.",
  },
} as const satisfies Record<string, Words>;

/** What an error of the YAML parser says to be open still, if anything. */
export function openKind(
  code: string,
  said: string,
): keyof typeof openWords | undefined {
  if (code === "MISSING_CHAR" && said.startsWith("Missing closing"))
    return "quote";
  return code === "BAD_INDENT" && said.startsWith("Flow ")
    ? "bracket"
    : undefined;
}

/** The sentence for an error of the YAML parser. */
export function syntaxWords(code: string): Words {
  return words[code] ?? fallback;
}
