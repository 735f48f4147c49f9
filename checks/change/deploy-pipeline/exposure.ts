import type { Finding } from "#gate/finding.js";
import type { Job } from "./mark.js";
import type { Deployment } from "./noted.js";

/** What a deploying job leaves open: its secrets, its actions, what it may be started for. */
export function exposureFindings(
  deployments: readonly Deployment[],
): Finding[] {
  return deployments.flatMap((deployment) => [
    ...secretsOutside(deployment),
    ...unpinned(deployment),
    ...anyRef(deployment),
  ]);
}

function secretsOutside({ path, job }: Deployment): Finding[] {
  const [first] = job.secrets;
  if (first === undefined || job.environment !== "") return [];
  return [
    {
      ...{ rule: "secrets-outside-environment", path },
      lines: { start: job.line, end: job.line },
      message: `The job ${job.name} deploys with ${first}${job.secrets.length > 1 ? ` and ${String(job.secrets.length - 1)} more secrets` : ""} of the whole repository: a workflow on any branch can read them.`,
      fix: "Move them into an environment that only the default branch may use, and name it under environment of this job.",
      ...{ confidence: "likely", identity: `secrets ${job.name}` },
    },
  ];
}

const pinned = /@(?:[0-9a-f]{40}|[0-9a-f]{64}|sha256:[0-9a-f]{64})$/i;
const branch = /@(?:main|master|latest|develop|dev|trunk|head|stable|canary)$/i;

function unpinned({ path, job }: Deployment): Finding[] {
  const loose = job.steps.filter(
    ({ uses }) =>
      uses !== "" &&
      !uses.startsWith("./") &&
      !/^(?:actions|github)\//i.test(uses) &&
      !pinned.test(uses),
  );
  const [first, ...rest] = [
    ...loose.filter(({ uses }) => branch.test(uses)),
    ...loose.filter(({ uses }) => !branch.test(uses)),
  ];
  if (!first) return [];
  return [
    {
      ...{ rule: "unpinned-action", path },
      lines: { start: first.line, end: first.line },
      message: `The job ${job.name} deploys with an action of somebody else by a name that they can point at other code${rest.length > 0 ? `; ${String(rest.length)} more like it` : ""}.`,
      fix: "Name the full commit id after the @, with the version as a comment, and let a bot update it.",
      ...{ confidence: "certain", identity: `unpinned ${job.name}` },
      evidence: rest
        .slice(0, 10)
        .map(({ line }) => ({ path, line, note: "also by a name" })),
      ...(branch.test(first.uses) ? {} : { atMost: "notice" as const }),
    },
  ];
}

function anyRef(deployment: Deployment): Finding[] {
  const { path, workflow, job, line } = deployment;
  const chosen = job.steps.find(({ checkout }) => /\binputs\./.test(checkout));
  const finding = (start: number, message: string): Finding => ({
    ...{ rule: "deploy-any-ref", path, lines: { start, end: start }, message },
    fix: "Deploy the default branch only: narrow push to it, or ask for github.ref in the condition of the job, or use an environment with a branch rule.",
    ...{ confidence: "likely", identity: `any ref ${job.name}` },
  });
  if (
    chosen &&
    job.environment === "" &&
    workflow.events.includes("workflow_dispatch")
  )
    return [
      finding(
        chosen.line,
        `Whoever starts this workflow by hand names what is deployed, also a branch that nobody reviewed.`,
      ),
    ];
  const isOpen =
    workflow.events.includes("push") &&
    !workflow.pushIsNarrow &&
    job.environment === "" &&
    !asksForRef(job);
  return isOpen
    ? [
        finding(
          line,
          `The job ${job.name} deploys every branch that is pushed, reviewed or not.`,
        ),
      ]
    : [];
}

function asksForRef({ condition, steps }: Job): boolean {
  return [
    condition,
    ...steps.flatMap((step) => [
      step.condition,
      ...step.commands.map(({ text }) => text),
    ]),
  ].some((text) =>
    /github\.(?:ref|ref_name|ref_type|event_name|event\.release)|GITHUB_REF|default_branch/.test(
      text,
    ),
  );
}
