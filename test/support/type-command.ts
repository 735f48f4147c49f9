import { type Analyse, RefusedError } from "#cli/analyse.js";
import { judgeFolder } from "#cli/judge-folder.js";
import { main } from "#cli/main.js";
import { refusalOf } from "#cli/refusal.js";

/** What a command printed and how it ended. */
export interface CommandEnding {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** Where a command is typed. */
export interface Terminal {
  readonly cwd: string;
  /** Set while the command runs, over what is set anyway. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the judging commands judge; in this process when not given. */
  readonly judge?: Analyse;
}

/**
 * The command line in this process, which has loaded it already: as typed in a folder, without the second that a program
 * takes to start. What is about the program itself starts it.
 */
export async function typeCommand(
  args: readonly string[],
  { cwd, environment = {}, judge = judgeHere }: Terminal,
): Promise<CommandEnding> {
  const before = { cwd: process.cwd(), exitCode: process.exitCode };
  const variables = { ...process.env };
  const output = capture(process.stdout);
  const complaints = capture(process.stderr);
  Object.assign(process.env, environment);
  process.chdir(cwd);
  process.exitCode = undefined;
  try {
    await main(args, judge);
    const status = Number(process.exitCode ?? 0);
    return { stdout: output.text(), stderr: complaints.text(), status };
  } finally {
    process.exitCode = before.exitCode;
    process.chdir(before.cwd);
    for (const name of Object.keys(environment)) {
      const earlier = variables[name];
      if (earlier === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = earlier;
    }
    output.end();
    complaints.end();
  }
}

/** What the analysing process does, answered as its messages arrive. */
const judgeHere: Analyse = async (request, onProgress) => {
  try {
    const { judged, keep } = await judgeFolder(request, onProgress);
    keep();
    return structuredClone(judged);
  } catch (error) {
    const sentence = refusalOf(error);
    throw sentence === undefined ? error : new RefusedError(sentence);
  }
};

/** Takes what is written, and gives the stream back as it was. */
function capture(stream: NodeJS.WriteStream) {
  const { write } = stream;
  const listeners = new Set(stream.listeners("error"));
  let written = "";
  stream.write = (
    text: string | Uint8Array,
    encoding?: unknown,
    done?: unknown,
  ): boolean => {
    written += typeof text === "string" ? text : Buffer.from(text).toString();
    const told = typeof encoding === "function" ? encoding : done;
    if (typeof told === "function") process.nextTick(told);
    return true;
  };
  return {
    text: () => written,
    end: () => {
      stream.write = write;
      for (const listener of stream.listeners("error"))
        if (!listeners.has(listener))
          stream.removeListener("error", listener as () => void);
    },
  };
}
