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
    hint: "Look at brackets and quotes here and on the line above.",
  },
  MISSING_CHAR: {
    message: "A closing quote, bracket, comma or colon is missing.",
    hint: "Close what is open.",
  },
  MULTILINE_IMPLICIT_KEY: {
    message: "A key must stand on one line and end with a colon.",
    hint: "Look whether a colon is missing.",
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

/** An open bracket that meets the next key is an indentation to the parser, and a missing bracket to its author. */
const openBracket: Words = {
  message: "A bracket that opens further up is not closed before this.",
  hint: "Close it, or indent its closing bracket further than the key.",
};

/**
 * The sentence for an error of the YAML parser.
 *
 * @param said - The parser's own sentence; only told apart by it, never repeated.
 */
export function syntaxWords(code: string, said = ""): Words {
  if (code === "BAD_INDENT" && said.startsWith("Flow ")) return openBracket;
  return words[code] ?? fallback;
}
