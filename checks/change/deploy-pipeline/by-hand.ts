import type { Finding } from "#gate/finding.js";
import type { Snapshot } from "#gate/snapshot.js";
import { deployedBy, isElsewhere } from "./deployments.js";
import { askedOf, type Deployment, type Noted, startedBy } from "./noted.js";

interface Place {
  readonly path: string;
  readonly line: number;
  readonly start: string;
  readonly to: string;
}

/** Scripts that deploy production and that no pipeline starts: one finding for each platform. */
export function byHandFindings(
  noted: Noted,
  deployments: readonly Deployment[],
  { changes }: Snapshot,
): Finding[] {
  const places = new Map<string, Place[]>();
  for (const place of placesByHand(noted))
    places.set(place.to, [...(places.get(place.to) ?? []), place]);
  const touched = new Map(changes.map(({ path, added }) => [path, added]));
  const isTouched = ({ path, line }: Place) =>
    touched.get(path)?.some(({ start, end }) => start <= line && line <= end) ??
    false;
  return [...places.values()].flatMap((all) => {
    const first = all.find(isTouched) ?? all[0];
    return first ? [byHandFinding(first, all, deployments.length > 0)] : [];
  });
}

function byHandFinding(
  first: Place,
  all: readonly Place[],
  hasPipeline: boolean,
): Finding {
  const { path, line, start, to } = first;
  const rest = all.filter((place) => place !== first);
  return {
    ...{ rule: "deploy-by-hand", path, lines: { start: line, end: line } },
    message: `\`${start}\`${rest.length > 0 ? ` (and ${String(rest.length)} more)` : ""} deploys to ${to} from whatever lies on somebody's machine, and no workflow runs it.`,
    fix: "Let a workflow run it on the default branch after the tests, with the platform's token in a protected environment, and take the token off people's machines.",
    ...{ confidence: "likely", identity: `by hand ${start} ${to}` },
    evidence: rest.slice(0, 10).map((place) => ({
      path: place.path,
      line: place.line,
      note: `\`${place.start}\` does so too`,
    })),
    ...(hasPipeline ? { atMost: "notice" as const } : {}),
  };
}

function placesByHand(noted: Noted): Place[] {
  const called = calledNames(noted);
  return noted.commands.flatMap(({ path, mark }) => {
    const name = mark.start.includes("/") ? mark.name : mark.start;
    if (called.has(name) || isElsewhere(mark.name)) return [];
    return mark.commands.flatMap(({ text, line }) => {
      const to = deployedBy(text);
      return to === undefined ? [] : [{ path, line, start: mark.start, to }];
    });
  });
}

/** Every script that a workflow, another system, or a script that one of them starts, starts. */
function calledNames(noted: Noted): Set<string> {
  const called = new Set<string>();
  const lines = [
    ...noted.workflows.flatMap(({ mark }) =>
      mark.jobs.flatMap(({ steps }) =>
        steps.flatMap(({ commands, inputs }) => [
          ...commands.map(({ text }) => text),
          ...inputs.split("\n").map((each) => each.replace(/^[\w-]+: /, "")),
        ]),
      ),
    ),
    ...noted.others.flatMap(({ mark }) =>
      mark.commands.map(({ text }) => text),
    ),
  ];
  for (const line of lines)
    askedOf(
      line,
      (each) => {
        for (const name of startedBy(each)) called.add(name);
        return undefined;
      },
      noted,
    );
  return called;
}

/** An app that is published by a button of the editor that it is written in. */
export function editorFindings(
  { platforms }: Noted,
  deployments: readonly Deployment[],
): Finding[] {
  if (deployments.length > 0) return [];
  return platforms
    .filter(({ mark }) => mark.from === "editor")
    .map(({ path, mark: { line, what } }) => ({
      ...{
        rule: "deploy-from-editor",
        path,
        lines: { start: line, end: line },
      },
      message: `The app is published from ${what}'s editor: what stands in it goes live without review, tests or record.`,
      fix: "Deploy the default branch by a workflow or the platform's git integration, and publish from the editor no more.",
      ...{ confidence: "likely", identity: `editor ${what}` },
    }));
}

/** An app that somebody has to deploy, and nothing that does it for them. */
export function noPipelineFinding(noted: Noted): Finding | undefined {
  const hint = [...noted.platforms]
    .filter(({ mark }) => mark.from === "none")
    .sort((one, other) => one.path.length - other.path.length)[0];
  if (!hint) return undefined;
  return {
    ...{ rule: "no-pipeline", path: hint.path, lines: { start: 1, end: 1 } },
    message: `The app runs on ${hint.mark.what}, which deploys nothing by itself, and the repository has no pipeline that does.`,
    fix: "Add a workflow that deploys the default branch after the tests.",
    ...{ confidence: "possible", identity: "no pipeline" },
  };
}
