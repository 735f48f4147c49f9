/** One step of a job, as its workflow writes it. */
export interface Step {
  readonly [key: string]: string | number | boolean | readonly Line[];
  /** From 1. */
  readonly line: number;
  /** `owner/name@ref` or `./path`; empty for commands. */
  readonly uses: string;
  /** Values under `with`, joined by line ends. */
  readonly inputs: string;
  /** What `with: ref` and `with: repository` say. */
  readonly checkout: string;
  /** The lines of `run`. */
  readonly commands: readonly Line[];
  /** Whether its failure does not count. */
  readonly mayFail: boolean;
  readonly condition: string;
}

/** One line of a shell script. */
export interface Line {
  readonly [key: string]: string | number;
  readonly text: string;
  readonly line: number;
}

/** One job of a workflow. */
export interface Job {
  readonly [key: string]:
    string | number | boolean | readonly string[] | readonly Step[];
  readonly name: string;
  readonly line: number;
  readonly needs: readonly string[];
  /** Name of its environment; empty for none. */
  readonly environment: string;
  readonly condition: string;
  /** Workflow that it calls; empty for none. */
  readonly calls: string;
  readonly mayFail: boolean;
  /** Names of the secrets that it reads, `GITHUB_TOKEN` left out. */
  readonly secrets: readonly string[];
  /** Whether its token may only read, as far as the workflow says so. */
  readonly readsOnly: boolean;
  readonly steps: readonly Step[];
}

/** A workflow of GitHub Actions. */
export interface WorkflowMark {
  readonly [key: string]:
    string | number | boolean | readonly string[] | readonly Job[];
  readonly kind: "workflow";
  readonly name: string;
  /** Its events. */
  readonly events: readonly string[];
  /** Whether its `push` is narrowed to branches or tags. */
  readonly pushIsNarrow: boolean;
  /** Whether its `push` is for tags only. */
  readonly pushIsTags: boolean;
  /** Names of the workflows that it runs after. */
  readonly after: readonly string[];
  readonly jobs: readonly Job[];
}

/** A file of another system that builds and deploys. */
export interface OtherPipelineMark {
  readonly [key: string]: string | number | boolean | readonly Line[];
  readonly kind: "other-pipeline";
  readonly what: string;
  readonly line: number;
  readonly commands: readonly Line[];
}

/** A command that a person can start: a script of a manifest, a shell script, a target of a Makefile. */
export interface CommandMark {
  readonly [key: string]: string | number | readonly Line[];
  readonly kind: "command";
  /** What starts it: `npm run deploy`, `make deploy`, `scripts/deploy.sh`. */
  readonly start: string;
  readonly name: string;
  readonly line: number;
  readonly commands: readonly Line[];
}

/** A file that says where the app runs. */
export interface PlatformMark {
  readonly [key: string]: string | number;
  readonly kind: "platform";
  readonly what: string;
  readonly line: number;
  /** `git`: it deploys what is pushed. `unsaid`: it may. `none`: somebody has to deploy. `editor`: an editor's button does. */
  readonly from: "git" | "unsaid" | "none" | "editor";
}

/** What is noted of a file. */
export type PipelineMark =
  WorkflowMark | OtherPipelineMark | CommandMark | PlatformMark;
