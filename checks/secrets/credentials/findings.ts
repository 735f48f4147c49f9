import type { Finding } from "#gate/finding.js";
import type { LineRange } from "#gate/finding.js";
import { resolveConstant, resolveName } from "#model/constants.js";
import { marksOf, type Project } from "#model/project.js";
import { isLoadedByBrowser, isReachable, runtimeOf } from "#model/runtimes.js";
import type { FileFacts } from "#parse/facts.js";
import type { Value } from "#parse/module-facts.js";
import { isKeyStore } from "./key-files.js";
import type { SecretMark } from "./mark.js";
import { isServerOnly } from "./server-only.js";
import { fixOf, messageOf } from "./wording.js";

const check = "credentials";

/** Where a mark was found: in the judged tree, or in a commit on the way to it. */
interface Sighting {
  readonly path: string;
  readonly mark: SecretMark;
  readonly commit?: string;
}

/** What the head holds, and what its commits held for a while. */
export function findingsOf(project: Project): Finding[] {
  const now = Date.parse(project.snapshot.takenAt) / 1_000;
  const isCurrent = ({ mark }: Sighting): boolean =>
    mark.expires === undefined || !(mark.expires < now);
  const head = headSightings(project).filter(isCurrent);
  const gone = goneSightings(project, head).filter(isCurrent);
  return [
    ...numbered([...withoutRepeats(project, head), ...gone]),
    ...project.snapshot.paths.filter(isKeyStore).map(keyStoreFinding),
  ];
}

function headSightings(project: Project): Sighting[] {
  const all = [...project.files.values()].flatMap((facts) =>
    marksOf<SecretMark>(facts, check).map((mark) => ({
      path: facts.path,
      mark: {
        ...mark,
        isClient: isDownloaded(project, facts, mark),
      },
    })),
  );
  const real = all
    .flatMap((sighting) => readThrough(project, sighting))
    .filter((sighting) => reachesBrowser(project, sighting));
  const read = new Set(real.filter(isPublishing).map(({ mark }) => mark.name));
  // An example file only announces a variable; the line that reads it is the finding.
  return real.filter(
    ({ mark }) =>
      mark.rule !== "published-secret" ||
      mark.atMost !== "notice" ||
      !read.has(mark.name),
  );
}

/** Whether browsers get the file; a script that nothing loads stays where it is. */
function isDownloaded(
  project: Project,
  { path, module }: FileFacts,
  mark: SecretMark,
): boolean {
  if (module !== undefined && !isReachable(project, path)) return false;
  return mark.isClient || runtimeOf(project, path) === "client";
}

/** What is read by a name of another file has the name of the secret that this file reads; none when it reads none. */
function readThrough(project: Project, sighting: Sighting): Sighting[] {
  const { path, mark } = sighting;
  if (mark.through === undefined) return [sighting];
  const found = resolveConstant(project, path, mark.through)?.value;
  const name = found && secretReadBy(found);
  return name === undefined ? [] : [{ ...sighting, mark: { ...mark, name } }];
}

function secretReadBy(value: Value): string | undefined {
  if (value.kind === "environment")
    return isServerOnly(value.name) ? value.name : undefined;
  if (value.kind !== "either" || value.operator === "&&") return undefined;
  return value.options.map(secretReadBy).find((name) => name !== undefined);
}

/** What only leaks when it is the browser's: a component, a module. */
function reachesBrowser(project: Project, { path, mark }: Sighting): boolean {
  if (mark.rule === "server-client-in-browser")
    return isLoadedByBrowser(project, path);
  if (mark.rule !== "sent-secret" || mark.component === undefined) return true;
  const component = resolveName(project, path, mark.component);
  return (
    component !== undefined &&
    component.path !== path &&
    runtimeOf(project, component.path) === "client"
  );
}

function isPublishing({ mark }: Sighting): boolean {
  return mark.rule === "published-secret" && mark.atMost !== "notice";
}

/** A log can hold one token a thousand times; so many places of one value are enough to find the rest. */
const mostPlaces = 5;

/** Few places of each value of a file, those that the change wrote first. */
function withoutRepeats(
  project: Project,
  sightings: readonly Sighting[],
): Sighting[] {
  const added = new Map(
    project.snapshot.changes.map((change) => [change.path, change.added]),
  );
  const isNew = ({ path, mark }: Sighting): boolean =>
    touches(added.get(path) ?? [], mark);
  const counts = new Map<string, number>();
  const kept = new Set(
    [...sightings.filter(isNew), ...sightings.filter((s) => !isNew(s))].filter(
      ({ path, mark }) => {
        const key = `${mark.rule} ${String(mark.group)} ${path}`;
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        return count <= mostPlaces;
      },
    ),
  );
  return sightings.filter((sighting) => kept.has(sighting));
}

/** Secrets that a commit of the change added and the head no longer holds: deleted is not unread. */
function goneSightings(
  project: Project,
  head: readonly Sighting[],
): Sighting[] {
  const seen = new Set(head.map(leakOf));
  return project.commits.flatMap(({ sha, file, facts }) =>
    marksOf<SecretMark>(facts, check).flatMap((mark) => {
      const sighting = { path: file.path, mark, commit: sha };
      const leak = leakOf(sighting);
      if (!mark.leaks || seen.has(leak) || !touches(file.added, mark))
        return [];
      seen.add(leak);
      return [sighting];
    }),
  );
}

/** One leak, wherever it moved; without fingerprints the place has to tell leaks apart. */
function leakOf({ path, mark }: Sighting): string {
  const where =
    mark.fingerprint === "" ? `${path} ${mark.name}` : mark.fingerprint;
  return `${mark.kind} ${where}`;
}

function touches(added: readonly LineRange[], mark: SecretMark): boolean {
  return added.some(
    ({ start, end }) => start <= mark.endLine && end >= mark.line,
  );
}

/** Findings with an identity that survives edits elsewhere: equal secrets of one file are counted, not located. */
function numbered(sightings: readonly Sighting[]): Finding[] {
  const counts = new Map<string, number>();
  return sightings.map((sighting) => {
    const { path, mark } = sighting;
    const identity = [mark.kind, mark.name, lastingFingerprint(mark)].join(" ");
    const key = `${mark.rule} ${path} ${identity}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return findingOf(sighting, `${identity} ${String(count)}`);
  });
}

/** What tells values apart within one run only has no place in a report. */
function lastingFingerprint({ fingerprint }: SecretMark): string {
  return fingerprint.startsWith("~") ? "" : fingerprint;
}

function findingOf(
  { path, mark, commit }: Sighting,
  identity: string,
): Finding {
  return {
    rule: mark.rule,
    path,
    lines: { start: mark.line, end: mark.endLine },
    message: messageOf(mark, commit !== undefined),
    fix: fixOf(mark),
    confidence: mark.confidence,
    identity,
    ...(commit !== undefined && { commit }),
    ...(mark.atMost && { atMost: mark.atMost }),
  };
}

function keyStoreFinding(path: string): Finding {
  return {
    rule: "key-file",
    path,
    lines: { start: 1, end: 1 },
    message:
      "This file is a store of private keys, and everyone who can read the repository or its history has it.",
    fix: "Replace the keys in it, delete the file, and keep the new one in your host's or your build service's secret files.",
    confidence: "likely",
    identity: "key-store",
  };
}
