/** Programs that start another one, with what may stand between. */
const runners =
  /^(?:sudo|time|exec|nohup|command|env|npx|bunx|pnpx|cross-env|dotenv|doppler|infisical|pnpm (?:dlx|exec)|yarn dlx|npm exec|bun x|yarn run|poetry run|bundle exec)$/;

const maxLine = 2_000;

/**
 * The simple commands of one line of shell, without what only starts them (`sudo`, `npx --yes`, settings). What stands
 * in quotes is not split.
 */
export function commandsOf(line: string): string[] {
  return splitCommands(withoutRoom(line.slice(0, maxLine)))
    .map(withoutStart)
    .filter(
      (command) => command !== "" && !/^(?:#|echo\b|printf\b)/.test(command),
    );
}

/** Whether what fails on this line is passed over. */
export function ignoresFailure(line: string): boolean {
  return /\|\|\s*(?:true\b|:(?:\s|$)|exit 0\b|echo\b)/.test(
    line.slice(0, maxLine),
  );
}

/** `${{ secrets.HOST }}` is one word of the command, whatever room it has inside. */
function withoutRoom(line: string): string {
  return line.replace(/\$\{\{([^{}]{0,300})\}\}/g, (_, inner: string) =>
    ["${", inner.replace(/\s+/g, ""), "}"].join(""),
  );
}

function splitCommands(line: string): string[] {
  const parts: string[] = [];
  let quote = "";
  let start = 0;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (line.startsWith("${", at))
      at = Math.max(at, line.indexOf("}", at));
    else if (/[;&|(){}]/.test(character)) {
      parts.push(line.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, line.slice(start)];
}

function withoutStart(command: string): string {
  const words = command.trim().split(/\s+/);
  let from = 0;
  for (; from < words.length; from++) {
    const word = words[from] ?? "";
    const two = `${word} ${words[from + 1] ?? ""}`;
    if (runners.test(two)) from++;
    else if (
      !runners.test(word) &&
      !/^[A-Z_][A-Z0-9_]*=/.test(word) &&
      !(from > 0 && isRunnerOption(word, words[from - 1] ?? ""))
    )
      break;
  }
  return words
    .slice(from)
    .join(" ")
    .replace(/^@?-?\s*/, "");
}

/** `-y`, `--yes`, `run --`, `-e .env --`. */
function isRunnerOption(word: string, before: string): boolean {
  return (
    /^-/.test(word) || word === "run" || /^-(?:e|c|-env|-config)$/.test(before)
  );
}
