import type { Finding } from "#gate/finding.js";
import type { Job, Step, WorkflowMark } from "./mark.js";
import type { Noted } from "./noted.js";
import { workflowNamed } from "./unchecked.js";

/** Events that run with the repository's secrets although strangers start them. */
const privileged =
  /^(?:pull_request_target|issue_comment|issues|discussion|discussion_comment|workflow_run)$/;

/** Text that strangers write, as workflows read it. */
const strangersText =
  /\$\{\{[^}]{0,200}?github\.(?:head_ref|event\.(?:issue\.(?:title|body)|pull_request\.(?:title|body|head\.(?:ref|label))|comment\.body|review\.body|review_comment\.body|discussion\.(?:title|body)|workflow_run\.(?:head_branch|display_title|head_commit\.message)|head_commit\.message))\b/;

/** What lets only people in who may be here anyway. */
const asksWho =
  /author_association|head\.repo\.full_name\s*==|head\.repo\.fork|github\.event\.pull_request\.user\.login\s*==|github\.repository_owner\s*==\s*github\.actor|head_repository\.full_name\s*==|workflow_run\.event\s*==\s*'push'|event\.label\.name|labels\.\*\.name|getCollaboratorPermission|actor-permission|github\.triggering_actor\s*==/;

/** Strangers' code or text that runs with the repository's secrets. */
export function triggerFindings({ workflows }: Noted): Finding[] {
  return workflows.flatMap(({ path, mark }) => {
    const event = mark.events.find((each) => privileged.test(each));
    if (event === undefined || !isStrangers(event, mark, workflows)) return [];
    return mark.jobs
      .filter((job) => !asksWho.test(conditionsOf(job)))
      .flatMap((job) => [
        ...strangersCode(path, event, job),
        ...strangersWords(path, event, job),
      ]);
  });
}

/** Whether strangers can start it: a workflow that runs after one for pushes only can't be. */
function isStrangers(
  event: string,
  { after }: WorkflowMark,
  workflows: Noted["workflows"],
): boolean {
  if (event !== "workflow_run") return true;
  return after.some((name) =>
    workflowNamed(name, workflows)?.events.includes("pull_request"),
  );
}

function conditionsOf({ condition, steps }: Job): string {
  const asked = steps.flatMap((step) => [
    step.condition,
    step.uses,
    step.inputs,
    ...step.commands.map(({ text }) => text),
  ]);
  return [condition, ...asked].join("\n");
}

function strangersCode(path: string, event: string, job: Job): Finding[] {
  const from = job.steps.findIndex((step) => takesStrangersCode(event, step));
  const step = job.steps[from];
  if (!step) return [];
  const running = job.steps.slice(from).find((each) => runsCode(each, step));
  if (!running) return [];
  const isHarmless =
    job.environment !== "" || (job.readsOnly && job.secrets.length === 0);
  return [
    {
      ...{ rule: "untrusted-code-with-secrets", path },
      lines: { start: step.line, end: step.line },
      message: `On ${event}, the job ${job.name} checks out code that anybody may propose, and runs it where this repository's secrets are at hand.`,
      fix: "Run proposed code on pull_request, which has no secrets, and let a second workflow without a checkout of it do what needs them.",
      ...{ confidence: "likely", identity: `code ${job.name}` },
      evidence: [{ path, line: running.line, note: "here it is run" }],
      ...(isHarmless ? { atMost: "advise" as const } : {}),
    },
  ];
}

function takesStrangersCode(event: string, step: Step): boolean {
  const checkout = step.checkout;
  if (/^actions\/checkout@/i.test(step.uses)) {
    if (event === "workflow_run")
      return /workflow_run\.(?:head_sha|head_branch|head_commit)/.test(
        checkout,
      );
    return /pull_request\.(?:head|merge)|github\.head_ref|refs\/pull\/|steps\.[\w-]+\.outputs\.\w*(?:sha|ref|branch)/.test(
      checkout,
    );
  }
  return step.commands.some(({ text }) =>
    /\bgh pr checkout\b|\bgit (?:fetch|pull|checkout)\b.*(?:pull\/\$\{\{|pull_request\.head|github\.head_ref)/.test(
      text,
    ),
  );
}

const runs =
  /(?:^|[\s;&|(])(?:npm|pnpm|yarn|bun|npx|node|deno|python3?|pip3?|poetry|uv|make|just|cargo|go|mvn|\.\/mvnw|gradle|\.\/gradlew|bundle|rake|composer|php|dotnet|docker|bash|sh|tsx|terraform|vercel|netlify|firebase|wrangler|\.\/[\w./-]+)(?:\s|$)/;

function runsCode(step: Step, checkout: Step): boolean {
  if (step.uses.startsWith("./")) return true;
  if (/^docker\/build-push-action@/i.test(step.uses)) return true;
  return step.commands.some(
    ({ text }) =>
      runs.test(text.slice(0, 2_000)) &&
      (step !== checkout || !/\bgh pr checkout\b/.test(text)),
  );
}

function strangersWords(path: string, event: string, job: Job): Finding[] {
  for (const { commands } of job.steps)
    for (const { text, line } of commands)
      if (strangersText.test(text))
        return [
          {
            ...{ rule: "text-runs-as-command", path },
            lines: { start: line, end: line },
            message: `On ${event}, text that anybody may write is put into this command before the shell reads it, so it can be a command of its own.`,
            fix: "Hand the text over in env, and use it as a quoted shell variable.",
            ...{ confidence: "certain", identity: `words ${job.name}` },
          },
        ];
  return [];
}
