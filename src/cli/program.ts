import { Command, Option } from "commander";
import type { Phase } from "#gate/policy.js";
import { addConfigCommands } from "./add-config-commands.js";
import { addOpsAuditTrail } from "./add-ops-audit-trail.js";
import { addOpsQueue } from "./add-ops-queue.js";
import type { Analyse } from "./analyse.js";
import { exitCodes } from "./exit-code.js";
import type { JudgeRequest } from "./request.js";
import type { MapFormat } from "./data-map.js";
import type { ReplayFormat } from "./replay.js";
import { type Destination, type Format, formats } from "./report-format.js";

/** Options that every judging command has. */
interface JudgeOptions {
  readonly base?: string;
  readonly head?: string;
  readonly format: Format;
  readonly phase?: Phase;
  readonly organization?: string;
  readonly output?: string;
  readonly history?: boolean;
  /** Commander's word for the absence of `--no-cache`. */
  readonly cache: boolean;
}

const codes = `
Exit codes:
  0  nothing blocks
  1  something blocks (in the commitment phase)
  2  wrong usage or configuration
  3  nothing blocks, but something could not be read: incomplete`;

/**
 * The commands. What they need is loaded when they run, so that help is quick.
 *
 * @param finish - Told how the chosen command ended.
 * @param judge - How the judging commands judge; in a process of its own, unless said otherwise.
 */
export function buildProgram(
  finish: (exitCode: number) => void,
  judge?: Analyse,
): Command {
  const program = new Command("vibegate")
    .description("A production-readiness gate for apps that AI wrote.")
    .option("-V, --version", "print the version")
    .exitOverride()
    .showHelpAfterError("(add --help for what is possible)");
  const run = async (path: string | undefined, options: JudgeOptions) => {
    const { judgeCommand } = await import("./judge-command.js");
    const request = requestOf(path, options);
    finish(await judgeCommand(request, destinationOf(options), judge));
  };
  judging(program.command("check"))
    .summary("judge what a branch changes")
    .description(
      "Judges what a branch changes against its base. Without --head, uncommitted changes count too.",
    )
    .requiredOption("--base <ref>", "branch, tag or commit to measure from")
    .option("--head <ref>", "branch, tag or commit to judge")
    .action(run);
  judging(program.command("audit"))
    .summary("judge everything in a repository or folder")
    .description(
      "Judges a whole repository with its uncommitted changes, or a plain folder.",
    )
    .option(
      "--history",
      "also look for secrets in everything that any branch or tag ever held",
    )
    .action(run);
  addConfigCommands(program, finish);
  addServer(program, finish);
  program
    .command("demo")
    .summary("see it work on a local GitHub")
    .description(
      "Runs the real server against a local GitHub with a sample pull request, and shows what it posts.",
    )
    .exitOverride()
    .action(async () => {
      const { demoCommand } = await import("./demo-command.js");
      finish(await demoCommand());
    });
  addReplay(program, finish);
  addExplain(program, finish);
  const ops = program
    .command("ops")
    .summary("look into a server's store")
    .exitOverride();
  addOpsAuditTrail(ops, finish);
  addOpsQueue(ops, finish);
  addDataMap(program, finish);
  return program;
}

function addServer(program: Command, finish: (exitCode: number) => void): void {
  program
    .command("serve")
    .summary("run the GitHub App")
    .description(
      "Takes webhooks and posts check runs until it is told to end. Its settings come from the environment.",
    )
    .option("--org <name>", "organization that the set-up page begins with")
    .addOption(
      new Option("--role <role>", "which half of the server this process is")
        .choices(["all", "web", "worker"])
        .default("all"),
    )
    .exitOverride()
    .action(
      async (options: {
        readonly org?: string;
        readonly role: "all" | "web" | "worker";
      }) => {
        const { serveCommand } = await import("./serve-command.js");
        finish(await serveCommand(options));
      },
    );
  program
    .command("doctor")
    .summary("say what keeps the server from working")
    .description(
      "Looks at the settings, the registration of the app, its webhooks and its installations, and says what to mend and where.",
    )
    .exitOverride()
    .action(async () => {
      const { doctorCommand } = await import("./doctor-command.js");
      finish(await doctorCommand());
    });
}

function addExplain(
  program: Command,
  finish: (exitCode: number) => void,
): void {
  const explain = program
    .command("explain")
    .summary("see what the model of the app says")
    .exitOverride();
  explain
    .command("routes")
    .description("Lists the endpoints with what refuses strangers on the way.")
    .argument("[path]", "folder to look at")
    .exitOverride()
    .action(async (path: string | undefined) => {
      const { explainRoutes } = await import("./explain-routes.js");
      finish(await explainRoutes(path));
    });
  explain
    .command("route")
    .description("Says why an endpoint is thought to be open or guarded.")
    .argument("<place>", "FILE:LINE as `explain routes` prints it")
    .argument("[path]", "folder to look at")
    .exitOverride()
    .action(async (place: string, path: string | undefined) => {
      const { explainRoute } = await import("./explain-routes.js");
      finish(await explainRoute(place, path));
    });
}

function addDataMap(
  program: Command,
  finish: (exitCode: number) => void,
): void {
  program
    .command("data-map")
    .summary("see what personal data there is, and where it goes")
    .description(
      "Lists the columns that hold personal data: class, where the code writes them, and where it sends them.",
    )
    .argument("[path]", "folder to look at")
    .addOption(
      new Option("--format <format>", "form of the map")
        .choices(["pretty", "json"])
        .default("pretty"),
    )
    .exitOverride()
    .action(
      async (
        path: string | undefined,
        { format }: { readonly format: MapFormat },
      ) => {
        const { dataMapCommand } = await import("./data-map.js");
        finish(await dataMapCommand(path, format));
      },
    );
}

function addReplay(program: Command, finish: (exitCode: number) => void): void {
  program
    .command("replay")
    .summary("play scenarios of reviews")
    .description(
      "Plays a file of scenarios through the second reviewer's decision, and prints what it decides and why.",
    )
    .argument("<file>", "YAML file of scenarios and classification cases")
    .addOption(
      new Option("--format <format>", "form of the answers")
        .choices(["pretty", "json"])
        .default("pretty"),
    )
    .exitOverride()
    .action(
      async (file: string, { format }: { readonly format: ReplayFormat }) => {
        const { replayCommand } = await import("./replay.js");
        finish(replayCommand(file, format));
      },
    );
}

function judging(command: Command): Command {
  return command
    .argument(
      "[path]",
      "folder to judge (default: the repository around the current folder)",
    )
    .addOption(
      new Option("--format <format>", "form of the report")
        .choices(formats)
        .default("pretty"),
    )
    .addOption(
      new Option(
        "--phase <phase>",
        "what the findings are held against",
      ).choices(["exploration", "commitment"]),
    )
    .option("--organization <file>", "a copy of the organization's file")
    .option("--output <file>", "write the report there instead of printing it")
    .option("--no-cache", "parse every file again, and keep nothing")
    .addHelpText("after", codes)
    .exitOverride();
}

function requestOf(
  path: string | undefined,
  { base, head, phase, cache, history, organization }: JudgeOptions,
): JudgeRequest {
  return {
    cache,
    ...(history === true && { history }),
    ...(path !== undefined && { path }),
    ...(base !== undefined && { base }),
    ...(head !== undefined && { head }),
    ...(phase !== undefined && { phase }),
    ...(organization !== undefined && { organization }),
  };
}

function destinationOf({ format, output }: JudgeOptions): Destination {
  return { format, ...(output !== undefined && { output }) };
}

/** How a command ends that commander itself ended: help is no mistake, anything else is one of usage. */
export function usageExitCode(exitCode: number): number {
  return exitCode === 0 ? exitCodes.nothingBlocks : exitCodes.usage;
}
