import { CommanderError } from "commander";
import { complainOfCrash } from "./complain.js";
import { exitCodes } from "./exit-code.js";
import { buildProgram, usageExitCode } from "./program.js";

/**
 * The command line.
 *
 * @param argv - The arguments after the program's name.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const program = buildProgram((exitCode) => {
    process.exitCode = exitCode;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = usageExitCode(error.exitCode);
    } else {
      complainOfCrash(error);
      process.exitCode = exitCodes.incomplete;
    }
  }
}
