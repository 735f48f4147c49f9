import type { Command } from "commander";

/** The commands on a configuration. @param finish - Told how the chosen command ended. */
export function addConfigCommands(
  program: Command,
  finish: (exitCode: number) => void,
): void {
  const folder = "folder to look at (default: the current one)";
  program
    .command("init")
    .summary("write a .vibegate.yml that fits the repository")
    .argument("[path]", "its folder (default: the repository around this one)")
    .option("--dry-run", "print it, and write nothing")
    .exitOverride()
    .action(
      async (
        path: string | undefined,
        options: { readonly dryRun?: boolean },
      ) => {
        const { initCommand } = await import("./init-command.js");
        finish(await initCommand(path, options));
      },
    );
  const config = program
    .command("config")
    .summary("look at the configuration")
    .exitOverride();
  config
    .command("check")
    .summary("say what is wrong with a file, to the line and column")
    .argument("<file>", "the file")
    .option("--organization", "it is an organization's file, which may enforce")
    .exitOverride()
    .action(
      async (file: string, options: { readonly organization?: boolean }) => {
        const { checkConfig } = await import("./config-commands.js");
        finish(await checkConfig(file, options));
      },
    );
  config
    .command("print")
    .summary("print what is in force, and where each value comes from")
    .argument("[path]", folder)
    .option("--organization <file>", "a copy of the organization's file")
    .exitOverride()
    .action(
      async (
        path: string | undefined,
        options: { readonly organization?: string },
      ) => {
        const { printConfig } = await import("./config-commands.js");
        finish(await printConfig(path, options));
      },
    );
}
