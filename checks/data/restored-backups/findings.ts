import type { Finding } from "#gate/finding.js";
import { byApp } from "#model/apps.js";
import { marksOf, type Project } from "#model/project.js";
import type { BackupMark, OffMark, StoreMark } from "./mark.js";

interface Placed<Mark> {
  readonly path: string;
  readonly mark: Mark;
}

/** Everything that was noted of databases and their backups. */
export interface Noted {
  readonly offs: readonly Placed<OffMark>[];
  /** The nearest to the production's database first. */
  readonly stores: readonly Placed<StoreMark>[];
  /** Whether a cloud's own backup service has a plan. */
  readonly hasPlan: boolean;
}

/** Collects the notes of all files. */
export function notedIn({ files }: Project): Noted {
  const all = [...files.values()].flatMap((facts) =>
    marksOf<BackupMark>(facts, "restored-backups").map((mark) => ({
      path: facts.path,
      mark,
    })),
  );
  const of = <Kind extends BackupMark["kind"]>(kind: Kind) =>
    all.filter(({ mark }) => mark.kind === kind) as Placed<
      Extract<BackupMark, { kind: Kind }>
    >[];
  return {
    offs: of("off"),
    stores: of("store").sort((one, other) => one.mark.rank - other.mark.rank),
    hasPlan: of("plan").length > 0,
  };
}

/** What switches backups off. What only says nothing of them may be backed up by a plan. */
export function offFindings({ offs, hasPlan }: Noted): Finding[] {
  return offs
    .filter(({ mark }) => !hasPlan || mark.atMost === undefined)
    .map(({ path, mark }) => offFinding(path, mark));
}

function offFinding(path: string, mark: OffMark): Finding {
  const { rule, what, setting, instead, line, confidence, atMost } = mark;
  return {
    ...{ rule, path, lines: { start: line, end: line } },
    message: `${what} ${sentences[rule]}: ${setting}.`,
    fix: `Set it to ${instead}, and restore a copy once to see that it works.`,
    confidence: confidence ?? "certain",
    identity: `${what} ${setting}`,
    ...(atMost && { atMost }),
  };
}

const sentences: Readonly<Record<OffMark["rule"], string>> = {
  "backups-off": "is not backed up",
  "no-last-snapshot": "leaves nothing when it is deleted",
  "data-in-memory": "keeps its data in memory",
};

/** That nobody said to have restored a backup, at the place that shows the data best: once for each app that keeps some. */
export function drillFindings({ stores }: Noted, project: Project): Finding[] {
  return [...byApp(project, stores).values()].flatMap(([store]) =>
    store ? [drillFinding(store)] : [],
  );
}

function drillFinding({ path, mark }: Placed<StoreMark>): Finding {
  return {
    rule: "no-restore-drill",
    path,
    lines: { start: mark.line, end: mark.line },
    message: `The app keeps data (${mark.what}), and nothing shows that a backup of it was ever restored.`,
    fix: "Restore the newest backup into an empty database, write down how long it took, and attest it: in .vibegate.yml, under attest, restored-backups with by, date and evidence.",
    confidence: "likely",
    identity: "drill",
  };
}
