import { marksOf, type Project } from "#model/project.js";
import { commandsOf } from "./commands.js";
import { deployedBy, deployedByAction, isElsewhere } from "./deployments.js";
import type {
  CommandMark,
  Job,
  OtherPipelineMark,
  PipelineMark,
  PlatformMark,
  Step,
  WorkflowMark,
} from "./mark.js";

/** A note and the file that it is of. */
export interface Placed<Mark> {
  readonly path: string;
  readonly mark: Mark;
}

/** Everything that was noted of how production is deployed. */
export interface Noted {
  readonly workflows: readonly Placed<WorkflowMark>[];
  readonly others: readonly Placed<OtherPipelineMark>[];
  readonly commands: readonly Placed<CommandMark>[];
  readonly platforms: readonly Placed<PlatformMark>[];
  /** Commands by what a script calls them. */
  readonly byName: ReadonlyMap<string, readonly CommandMark[]>;
}

/** A step of a job that deploys production, and where to. */
export interface Deployment {
  readonly path: string;
  readonly workflow: WorkflowMark;
  readonly job: Job;
  readonly step: Step;
  readonly line: number;
  readonly to: string;
}

/** How far a script that starts a script is followed. */
const maxDepth = 3;

/** Collects the notes of all files. */
export function notedIn({ files }: Project): Noted {
  const all = [...files.values()].flatMap((facts) =>
    marksOf<PipelineMark>(facts, "deploy-pipeline").map((mark) => ({
      path: facts.path,
      mark,
    })),
  );
  const of = <Kind extends PipelineMark["kind"]>(kind: Kind) =>
    all.filter(({ mark }) => mark.kind === kind) as Placed<
      Extract<PipelineMark, { kind: Kind }>
    >[];
  const commands = of("command");
  const byName = new Map<string, CommandMark[]>();
  for (const { mark } of commands) {
    const name = mark.start.includes("/") ? mark.name : mark.start;
    byName.set(name, [...(byName.get(name) ?? []), mark]);
  }
  return {
    workflows: of("workflow"),
    others: of("other-pipeline"),
    commands,
    platforms: of("platform"),
    byName,
  };
}

/** What `ask` answers for a line of shell, or for the scripts that it starts. */
export function askedOf<Answer>(
  line: string,
  ask: (line: string) => Answer | undefined,
  { byName }: Pick<Noted, "byName">,
): Answer | undefined {
  let lines = [line];
  for (let depth = 0; depth <= maxDepth && lines.length > 0; depth++) {
    for (const each of lines.slice(0, 500)) {
      const answer = ask(each);
      if (answer !== undefined) return answer;
    }
    lines = lines
      .slice(0, 500)
      .flatMap(startedBy)
      .flatMap((name) => byName.get(name) ?? [])
      .flatMap(({ commands }) => commands.map(({ text }) => text));
  }
  return undefined;
}

/** Names of the scripts that a line of shell starts: `npm run deploy`, `make deploy`, `deploy.sh`. */
export function startedBy(line: string): string[] {
  return commandsOf(line).flatMap((command) => {
    const manifest =
      /^(?:npm|pnpm|yarn|bun|turbo|nx)\b((?: -\S+)*)(?: run| run-script)?((?: -\S+)*) ([\w:.-]+)/.exec(
        command,
      )?.[3];
    if (manifest !== undefined) return [`npm run ${manifest}`];
    const target = /^(?:make|just)\b(?: -\S+)* ([\w.-]+)/.exec(command)?.[1];
    if (target !== undefined) return [`make ${target}`];
    const file =
      /^(?:bash |sh |zsh |\.\/|source |\. )?(\S*\/)?([\w.-]+\.(?:sh|bash|ps1))\b/.exec(
        command,
      )?.[2];
    return file === undefined ? [] : [file];
  });
}

/** Every job that deploys production, by its first step that does. */
export function deploymentsOf(noted: Noted): Deployment[] {
  return noted.workflows.flatMap(({ path, mark: workflow }) => {
    const isPreview = workflow.events.every((event) =>
      /^pull_request/.test(event),
    );
    if (isPreview || isElsewhere(`${path} ${workflow.name}`)) return [];
    return workflow.jobs
      .filter(
        ({ name, environment, condition }) =>
          !isElsewhere(`${name} ${environment}`) &&
          !/pull_request/.test(condition.replace(/!=\s*'pull_request'/g, "")),
      )
      .flatMap((job) => {
        const found = firstDeployment(job, noted);
        return found ? [{ path, workflow, job, ...found }] : [];
      });
  });
}

function firstDeployment(
  { steps }: Job,
  noted: Noted,
): Pick<Deployment, "step" | "line" | "to"> | undefined {
  for (const step of steps) {
    const byAction = deployedByAction(step.uses, step.inputs);
    if (byAction !== undefined) return { step, line: step.line, to: byAction };
    for (const { text, line } of step.commands) {
      if (isElsewhere(startedBy(text).join(" "))) continue;
      const to = askedOf(text, deployedBy, noted);
      if (to !== undefined) return { step, line, to };
    }
  }
  return undefined;
}
