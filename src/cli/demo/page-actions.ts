import type { LocalGitHub } from "#support/local-github/local-github.js";
import { latestRuns } from "#support/local-github/world/check-runs.js";
import { emitRun } from "#support/local-github/webhooks/check-events.js";
import type { LocalPullRequest } from "#support/local-github/world/local-pull-request.js";
import { fixedFiles } from "./sample.js";

/** What the page's buttons do: things that people do on GitHub, with the webhooks that follow. */
const actions: Readonly<
  Record<
    string,
    (pull: LocalPullRequest, github: LocalGitHub) => Promise<unknown>
  >
> = {
  "/approve": (pull) => pull.review({ by: "rhea" }),
  "/approve-own": (pull) => pull.review({ by: "vera" }),
  "/push": (pull) =>
    pull.push({
      files: fixedFiles,
      message: "Read secrets from the environment",
    }),
  "/rerun": (pull, github) =>
    Promise.all(
      latestRuns(github.checkRuns(pull.headSha)).map((run) =>
        emitRun(pull.repository, run, "rerequested"),
      ),
    ),
};

/** Does what a button says, and waits for the answer of the server. */
export async function act(
  path: string,
  github: LocalGitHub,
  pull: LocalPullRequest,
): Promise<void> {
  const chosen = Object.hasOwn(actions, path) ? actions[path] : undefined;
  if (!chosen) return;
  const before = JSON.stringify(github.checkRuns(pull.headSha).map(stateOf));
  await chosen(pull, github);
  await github.settled();
  const end = Date.now() + 10_000;
  const isAnswered = (): boolean => {
    const runs = github.checkRuns(pull.headSha);
    const isDone =
      runs.length >= 2 && runs.every(({ status }) => status === "completed");
    return isDone && JSON.stringify(runs.map(stateOf)) !== before;
  };
  while (!isAnswered() && Date.now() < end)
    await new Promise((resume) => setTimeout(resume, 50));
}

function stateOf({
  id,
  status,
  title,
  completedAt,
}: ReturnType<typeof latestRuns>[number]) {
  return [id, status, title, completedAt];
}
