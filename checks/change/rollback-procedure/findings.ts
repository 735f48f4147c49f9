import type { Finding } from "#gate/finding.js";
import { byApp } from "#model/apps.js";
import { marksOf, type Project } from "#model/project.js";
import type {
  DeploymentMark,
  MigrationMark,
  ProcedureMark,
  RollbackMark,
} from "./mark.js";
import { manifestRank } from "./deployments.js";
import { currentMigrations, withoutDown } from "./migration-files.js";

interface Placed<Mark> {
  readonly path: string;
  readonly mark: Mark;
}

/** Everything that was noted of going back. */
export interface Noted {
  readonly procedures: readonly Placed<ProcedureMark>[];
  readonly migrations: readonly Placed<MigrationMark>[];
  /** The plainest first. */
  readonly deployments: readonly Placed<DeploymentMark>[];
}

/** Collects the notes of all files. */
export function notedIn({ files }: Project): Noted {
  const all = [...files.values()].flatMap((facts) =>
    marksOf<RollbackMark>(facts, "rollback-procedure").map((mark) => ({
      path: facts.path,
      mark,
    })),
  );
  const of = <Kind extends RollbackMark["kind"]>(kind: Kind) =>
    all.filter(({ mark }) => mark.kind === kind) as Placed<
      Extract<RollbackMark, { kind: Kind }>
    >[];
  return {
    procedures: of("procedure"),
    migrations: of("migration"),
    deployments: of("deployment").sort(
      (one, other) => one.mark.rank - other.mark.rank,
    ),
  };
}

/** What a migration makes hard to take back. */
export function migrationFindings(
  { migrations }: Noted,
  { snapshot }: Project,
): Finding[] {
  const current = currentMigrations(snapshot);
  const marked = migrations.filter(({ path }) => current.has(path));
  const unpaired = withoutDown(current, snapshot.paths).map(
    (path): Placed<MigrationMark> => ({ path, mark: unpairedMark }),
  );
  return [...marked, ...unpaired].map(({ path, mark }) =>
    migrationFinding(path, mark),
  );
}

const unpairedMark: MigrationMark = {
  ...{ kind: "migration", rule: "no-way-back", line: 1 },
  does: "has no .down.sql beside it",
};

function migrationFinding(path: string, mark: MigrationMark): Finding {
  const { rule, does, line } = mark;
  const isLoss = rule === "destructive-migration";
  return {
    ...{ rule, path, lines: { start: line, end: line } },
    message: isLoss
      ? `This migration ${does}, and the release before it still needs that: going back would fail or lose data.`
      : `This migration ${does}, so the database stays as it is when the release is rolled back.`,
    fix: isLoss
      ? "Stop using it in one release, and take it away in a later one, after a backup."
      : "Write the way back, or keep the change such that the release before it works with it.",
    confidence: "likely",
    identity: does,
  };
}

/** Whether some document says what to do, and that it takes minutes. */
export function isDocumented({
  procedures,
}: Pick<Noted, "procedures">): boolean {
  return procedures.some(
    ({ mark }) => mark.hasSteps && mark.time === "minutes",
  );
}

/** What is missing of a procedure, for each app that is deployed. What stands outside all apps speaks for each. */
export function procedureFindings(noted: Noted, project: Project): Finding[] {
  const procedures = byApp(project, noted.procedures);
  const deployments = byApp(project, noted.deployments);
  const shared = procedures.get(undefined) ?? [];
  const parts = [...new Set([...procedures.keys(), ...deployments.keys()])].map(
    (app) => ({
      procedures:
        app === undefined
          ? shared
          : [...shared, ...(procedures.get(app) ?? [])],
      deployments: deployments.get(app) ?? [],
    }),
  );
  const found = parts.flatMap((part) => procedureFinding(part) ?? []);
  // A shared document that says too little is one fault, however many apps it is for.
  return [...new Map(found.map((one) => [one.path + one.rule, one])).values()];
}

/** What is missing of a procedure: the whole, its steps, or its time. */
function procedureFinding(
  noted: Pick<Noted, "procedures" | "deployments">,
): Finding | undefined {
  if (isDocumented(noted)) return undefined;
  const [nearest] = [...noted.procedures].sort(
    (one, other) => completeness(other.mark) - completeness(one.mark),
  );
  if (nearest) return vagueFinding(nearest);
  const [deployment] = noted.deployments;
  return deployment && missingFinding(deployment);
}

function completeness({ hasSteps, time }: ProcedureMark): number {
  return (hasSteps ? 2 : 0) + (time === "minutes" ? 1 : 0);
}

function vagueFinding({ path, mark }: Placed<ProcedureMark>): Finding {
  const lacks = [
    !mark.hasSteps && "names no steps",
    mark.time === "unsaid" && "does not say how long it takes",
    mark.time === "hours" && "takes hours",
  ].filter((lack) => lack !== false);
  return {
    ...{ rule: "vague-procedure", path },
    lines: { start: mark.line, end: mark.line },
    message: `What this says of rolling back ${lacks.join(" and ")}.`,
    fix: "List the commands in their order, who may run them, and how many minutes they take, as measured in a drill.",
    ...{ confidence: "likely", identity: "vague" },
  };
}

function missingFinding({ path, mark }: Placed<DeploymentMark>): Finding {
  const subject =
    mark.rank < manifestRank
      ? `The app is deployed (${mark.what})`
      : `This is ${mark.what}`;
  return {
    ...{ rule: "no-procedure", path },
    lines: { start: mark.line, end: mark.line },
    message: `${subject}, and no document says how to go back to the release before.`,
    fix: "Write a section on rolling back into the README or a runbook: the commands, who may run them, how many minutes they take. Where it is written elsewhere, attest it under attest, rollback-procedure.",
    ...{ confidence: "likely", identity: "procedure" },
  };
}
