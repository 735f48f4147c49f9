import type { Finding } from "#gate/finding.js";
import { ignoresFailure } from "./commands.js";
import type { Job, Line, Step, WorkflowMark } from "./mark.js";
import { askedOf, type Deployment, type Noted, type Placed } from "./noted.js";
import { isCheck, isTest, isTestAction } from "./tests.js";

/** Jobs that deploy what nothing tested. */
export function uncheckedFindings(
  noted: Noted,
  deployments: readonly Deployment[],
): Finding[] {
  return deployments
    .filter((deployment) => !isChecked(deployment, noted))
    .map(({ path, workflow, job, line, to }) => {
      const beside = workflowThatChecks(noted);
      return {
        ...{
          rule: "deploy-without-checks",
          path,
          lines: { start: line, end: line },
        },
        message: beside
          ? `The job ${job.name} deploys to ${to} without waiting for the checks, which run beside it in ${beside}.`
          : `The job ${job.name} deploys to ${to}, and nothing tests what it deploys.`,
        fix: "Put the tests into a job of this workflow and name it under needs of this job.",
        confidence: job.environment === "" ? "likely" : "possible",
        identity: `unchecked ${job.name}`,
        ...(beside || onlyReleases(workflow) ? { atMost: "notice" } : {}),
      } as const;
    });
}

function onlyReleases({ events, pushIsTags }: WorkflowMark): boolean {
  return events.every(
    (event) =>
      event === "release" ||
      event === "workflow_dispatch" ||
      (event === "push" && pushIsTags),
  );
}

function isChecked(
  { path, workflow, job, step }: Deployment,
  noted: Noted,
): boolean {
  if (workflow.events.includes("workflow_run")) return true;
  // Who calls it may have tested; that is judged where it is called.
  if (workflow.events.every((event) => event === "workflow_call")) return true;
  const before = job.steps.slice(0, job.steps.indexOf(step) + 1);
  return (
    before.some((each) => stepChecks(each, noted, step)) ||
    neededBy(job, workflow).some((needed) => jobChecks(needed, path, noted))
  );
}

function jobChecks(job: Job, path: string, noted: Noted): boolean {
  if (job.calls !== "") return callChecks(job.calls, noted);
  return (
    (isTestAction(job.name) && job.steps.length === 0) ||
    job.steps.some((step) => stepChecks(step, noted))
  );
}

/** A workflow of another repository may test; one of this repository is looked into. */
function callChecks(calls: string, noted: Noted): boolean {
  if (!calls.startsWith("./")) return true;
  const called = noted.workflows.find(({ path }) => calls.endsWith(path));
  if (!called) return true;
  return called.mark.jobs.some(
    (job) =>
      (job.calls !== "" && !job.calls.startsWith("./")) ||
      job.steps.some((step) => stepChecks(step, noted)),
  );
}

function stepChecks(step: Step, noted: Noted, deploying?: Step): boolean {
  if (step.mayFail) return false;
  // What a local action does is not looked into.
  if (step.uses.startsWith("./")) return step !== deploying;
  if (step.uses !== "" && isTestAction(step.uses)) return true;
  return step.commands.some(
    ({ text }) =>
      !ignoresFailure(text) &&
      askedOf(
        text,
        (each) => (isCheck(each) && !ignoresFailure(each) ? true : undefined),
        noted,
      ),
  );
}

/** All jobs that must succeed before a job starts. */
function neededBy(job: Job, { jobs }: WorkflowMark): Job[] {
  const needed = new Set<Job>();
  const names = [...job.needs];
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    const found = jobs.find((each) => each.name === name);
    if (!found || needed.has(found)) continue;
    needed.add(found);
    names.push(...found.needs);
  }
  return [...needed];
}

function workflowThatChecks(noted: Noted): string | undefined {
  return noted.workflows.find(({ path, mark }) =>
    mark.jobs.some((job) => jobChecks(job, path, noted)),
  )?.path;
}

/** Tests whose failure changes nothing, and deployments that happen whatever the tests said. */
export function ignoredFindings(
  { workflows, ...noted }: Noted,
  deployments: readonly Deployment[],
): Finding[] {
  const all = { ...noted, workflows };
  const failing = workflows.flatMap(({ path, mark }) =>
    mark.jobs.flatMap((job) =>
      job.steps.flatMap((step) =>
        ignoredChecks({ path, job, step }, deployments, all),
      ),
    ),
  );
  const always = deployments
    .filter(
      ({ job, step }) =>
        (job.needs.length > 0 && goesOn(job.condition)) ||
        goesOn(step.condition),
    )
    .map(({ path, job, step, line }): Finding => {
      const start = goesOn(job.condition)
        ? job.line
        : Math.min(line, step.line);
      return {
        ...{ rule: "checks-ignored", path, lines: { start, end: start } },
        message: `The job ${job.name} deploys whatever became of the jobs and steps before it.`,
        fix: "Leave always() out of its condition, so that a failed test stops the deployment.",
        ...{ confidence: "likely", identity: `always ${job.name}` },
      };
    });
  return [...failing, ...always];
}

function goesOn(condition: string): boolean {
  return (
    /\balways\(\)|!\s*cancelled\(\)/.test(condition) &&
    !/\.(?:result|outcome|conclusion)\b|success\(\)/.test(condition)
  );
}

interface PlacedStep {
  readonly path: string;
  readonly job: Job;
  readonly step: Step;
}

/** Tests anywhere, and the linter and the type checker where the same workflow deploys. */
function ignoredChecks(
  { path, job, step }: PlacedStep,
  deployments: readonly Deployment[],
  noted: Noted,
): Finding[] {
  const here = deployments.filter((deployment) => deployment.path === path);
  const asks = (line: string, isAsked: (line: string) => boolean) =>
    askedOf(line, (each) => (isAsked(each) ? true : undefined), noted) === true;
  const line = step.commands.find(
    ({ text }) =>
      (step.mayFail || job.mayFail || ignoresFailure(text)) &&
      asks(text, here.length > 0 ? isCheck : isTest),
  );
  if (line === undefined) return [];
  const isOfTests = asks(line.text, isTest);
  const isCheckedAlso = here.every((deployment) =>
    isChecked(deployment, noted),
  );
  return [
    {
      ...ignored(path, line, job.name, isOfTests),
      // What else is checked still stops the deployment.
      ...(!isOfTests && isCheckedAlso && { atMost: "notice" as const }),
    },
  ];
}

function ignored(
  path: string,
  { line }: Line,
  job: string,
  isOfTests: boolean,
): Finding {
  return {
    ...{ rule: "checks-ignored", path, lines: { start: line, end: line } },
    message: `The ${isOfTests ? "tests" : "linter or type checker"} of the job ${job} may fail and the workflow goes on as if ${isOfTests ? "they" : "it"} had passed.`,
    fix: isOfTests
      ? "Let the failure count: no continue-on-error, no || true. Skip a flaky test by name instead."
      : "Let the failure count: no continue-on-error, no || true. Turn the rule off that nobody follows instead.",
    ...{
      confidence: "certain",
      identity: `ignored ${isOfTests ? "" : "lint "}${job}`,
    },
  };
}

/** Workflows by the name that others refer to them with. */
export function workflowNamed(
  name: string,
  workflows: readonly Placed<WorkflowMark>[],
): WorkflowMark | undefined {
  return workflows.find(({ mark }) => mark.name === name)?.mark;
}
