import type { CheckRunDocument } from "#report/check-run-document.js";
import type { NewRun } from "./check-runs.js";
import { GitHubGone } from "./failures.js";
import { ask, type Octokit } from "./octokit.js";
import { postCompletedRun } from "./check-runs.js";

/**
 * Lets a completed run without annotations say something else: one commit shows one answer of each name. A run that is
 * gone is posted anew.
 *
 * @param completedAt - ISO 8601, UTC.
 * @throws RangeError for a document with annotations: they only append.
 */
export async function replaceCompletedRun(
  octokit: Octokit,
  run: NewRun,
  id: number,
  document: CheckRunDocument,
  completedAt: string,
): Promise<{ readonly id: number }> {
  if (document.annotations.length > 0)
    throw new RangeError("A run with annotations cannot be replaced.");
  const { title, summary, text, conclusion, actions } = document;
  try {
    await ask(
      octokit,
      "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
      {
        owner: run.owner,
        repo: run.repo,
        check_run_id: id,
        status: "completed",
        conclusion,
        completed_at: completedAt,
        output: { title, summary, ...(text !== undefined && { text }) },
        actions: actions ?? [],
      },
    );
    return { id };
  } catch (error) {
    if (!(error instanceof GitHubGone)) throw error;
    return postCompletedRun(octokit, run, document, completedAt);
  }
}
