import type { Confidence, Evidence, Finding } from "#gate/finding.js";
import { moduleEdges } from "#model/module-edges.js";
import type { Project } from "#model/project.js";
import { runtimeOf } from "#model/runtimes.js";
import { isAdded } from "./added-lines.js";
import { aggregated } from "./aggregate.js";
import { contextsOf, isLoaded, isRoute } from "./contexts.js";
import { openPolicies, type Policy } from "./resolve.js";
import { fixes, sentenceFor } from "./sentences.js";
import {
  gravest,
  isForEveryone,
  type Judged,
  weigh,
  type Weight,
} from "./weigh.js";

/** All findings of the project, one for a place and rule. */
export function corsFindings(project: Project): Finding[] {
  const judged = openPolicies(project).flatMap((policy) =>
    judge(project, policy),
  );
  const { single, joined } = aggregated(project, judged);
  const findings = single.flatMap((one) => [
    findingAt(project, one),
    ...newUsers(project, one),
  ]);
  return oneForEachFile(distinct([...findings, ...joined]), project);
}

/** Rules whose findings in one file call for one and the same decision. */
const decidedOnce: readonly string[] = [
  "wildcard-origin",
  "framework-default",
  "wildcard-on-costly-api",
  "wildcard-on-session-api",
];

/** `app.use(cors())` beside `app.options("*", cors())`: one finding, at a line of the change where there is one. */
function oneForEachFile(
  findings: readonly Finding[],
  project: Project,
): Finding[] {
  const groups = Map.groupBy(findings, (finding) =>
    decidedOnce.includes(finding.rule)
      ? `${finding.rule}\0${finding.path}`
      : finding,
  );
  return [...groups.values()].flatMap((group) => {
    const first =
      group.find(({ path, lines }) => isAdded(project, path, lines.start)) ??
      group[0];
    if (first === undefined || group.length === 1) return group;
    const others = group
      .filter((one) => one !== first)
      .map(({ path, lines }) => ({
        path,
        line: lines.start,
        note: "the same here",
      }));
    return [{ ...first, evidence: [...(first.evidence ?? []), ...others] }];
  });
}

function judge(project: Project, policy: Policy): Judged[] {
  if (!policy.credentials && isForEveryone(policy, project.snapshot.paths))
    return [];
  // A page answers nobody: what it makes there never leaves it.
  if (runtimeOf(project, policy.path) === "client") return [];
  const contexts = gravest(contextsOf(project, policy));
  const weight = weigh(policy, contexts[0]?.exposure ?? "plain");
  return weight
    ? [{ policy, weight: soften(project, policy, weight), contexts }]
    : [];
}

const asideFolders =
  /(^|\/)_?(?:examples?|demos?|samples?|playground|sandbox|legacy|archived?|old|backups?|deprecated|scripts|tools)\//i;
const asideFiles = /[_.-](?:old|backup|bak|copy|deprecated|legacy)\.\w+$/i;

/** Of a function's folder, only `index` is deployed, with what it loads. */
const besideIndex = /(^|\/)supabase\/functions\/[^/_][^/]*\/(?!index\.)[^/]+$/;

/** Code that nothing uses, examples and leftovers: worth a word, never a block. */
function soften(project: Project, policy: Policy, weight: Weight): Weight {
  const { path, mark, opens } = policy;
  const isUnused =
    mark.isUnused === true ||
    (mark.keptAs !== undefined &&
      !isRoute(project, path) &&
      !isLoaded(project, path) &&
      !isEntry(path));
  const isAside =
    asideFolders.test(path) ||
    asideFiles.test(path) ||
    (besideIndex.test(path) && !isLoaded(project, path));
  const confidence: Confidence =
    isUnused || isAside || opens.opening.isDoubtful === true
      ? "possible"
      : weight.confidence;
  return { ...weight, confidence };
}

/** A file that a platform or a person starts, though no other file loads it. */
function isEntry(path: string): boolean {
  return /(^|\/)(?:index|main|server|app|worker|handler|middleware|proxy|[\w-]*\.config|serverless|hooks\.server|function|lambda_function)\.[cm]?[jt]sx?$|(^|\/)(?:api|functions|netlify|config|routes|pages|app|plugins|middlewares?)\//.test(
    path,
  );
}

function findingAt(
  project: Project,
  { policy, weight, contexts }: Judged,
): Finding {
  const { opens, mark } = policy;
  const isElsewhere =
    opens.path !== policy.path || opens.opening.line !== mark.line;
  const evidence: Evidence[] = [
    ...(isElsewhere
      ? [{ path: policy.path, line: mark.line, note: `used by ${mark.means}` }]
      : []),
    ...contexts
      .filter(({ path }) => path !== policy.path && path !== opens.path)
      .slice(0, 20)
      .map(({ path }) => ({
        path,
        line: useLine(project, path, policy.path),
        note: "answers under this policy",
      })),
  ];
  return {
    rule: weight.rule,
    path: opens.path,
    lines: { start: opens.opening.line, end: opens.opening.line },
    message: sentenceFor(weight.rule, policy, contexts),
    fix: fixes[weight.rule],
    confidence: weight.confidence,
    identity: `${mark.means} ${mark.route ?? ""}`.trim(),
    ...(weight.atMost !== undefined && { atMost: weight.atMost }),
    ...(evidence.length > 0 && { evidence }),
  };
}

/** The line on which a file takes in another one. */
function useLine(project: Project, from: string, to: string): number {
  const edge = moduleEdges(project)
    .imports.get(from)
    ?.find((one) => one.to === to);
  return edge?.names[0]?.line ?? 1;
}

/**
 * Handlers that this change puts under an open policy that was there before: each is named at the line that takes the
 * policy in, because the policy's own line is not part of the change.
 */
function newUsers(project: Project, judged: Judged): Finding[] {
  const { policy, weight, contexts } = judged;
  if (project.snapshot.scope !== "change") return [];
  return contexts.flatMap(({ path, isRoute: isHandler }) => {
    if (!isHandler || path === policy.path) return [];
    const line = useLine(project, path, policy.path);
    if (!isAdded(project, path, line)) return [];
    const at = findingAt(project, { ...judged, contexts: [] });
    const definition = {
      path: policy.opens.path,
      line: policy.opens.opening.line,
      note: "the policy",
    };
    return [
      {
        ...at,
        path,
        lines: { start: line, end: line },
        message: sentenceFor(weight.rule, policy, []),
        evidence: [definition],
      },
    ];
  });
}

function distinct(findings: readonly Finding[]): Finding[] {
  const known = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.rule}\0${finding.path}\0${String(finding.lines.start)}`;
    if (!known.has(key)) known.set(key, finding);
  }
  return [...known.values()];
}
