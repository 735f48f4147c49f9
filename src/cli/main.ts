import type { Analyse } from "./analyse.js";
import { complain, complainOfCrash } from "./complain.js";
import { exitCodes } from "./exit-code.js";

/**
 * The command line.
 *
 * @param argv - The arguments after the program's name.
 * @param judge - How the judging commands judge; in a process of its own, unless said otherwise.
 */
export async function main(
  argv: readonly string[],
  judge?: Analyse,
): Promise<void> {
  if (!judge && (argv[0] === "check" || argv[0] === "audit")) {
    const { prepareAnalysis } = await import("./analyse.js");
    prepareAnalysis();
  }
  const [{ CommanderError }, { buildProgram, usageExitCode }] =
    await Promise.all([import("commander"), import("./program.js")]);
  const program = buildProgram((exitCode) => {
    process.exitCode = exitCode;
  }, judge);
  // A reader that has seen enough, like `head`, may close the pipe early; that is no failure.
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
    if (code !== "EPIPE" && code !== "ERR_STREAM_DESTROYED")
      process.exitCode = exitCodes.incomplete;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = usageExitCode(error.exitCode);
      return;
    }
    const { refusalOf } = await import("./refusal.js");
    const refusal = refusalOf(error);
    if (refusal === undefined) complainOfCrash(error);
    else complain(refusal);
    process.exitCode =
      refusal === undefined ? exitCodes.incomplete : exitCodes.usage;
  }
}
