import { canWrite } from "#github/permissions.js";
import type { Octokit } from "#github/octokit.js";
import { readRequested, requestReviewers } from "#github/reviewer-requests.js";
import type { Decision, ReasonCode } from "#second-review/decision.js";
import { type Candidate, chooseReviewers } from "#second-review/eligible.js";
import type { ReviewFacts } from "#second-review/facts.js";
import type { Identity } from "#second-review/identity.js";
import { accountFacts } from "./account-facts.js";
import { identityOf } from "./identities.js";
import type { ReviewContext } from "./review-context.js";
import type { ReviewSubject } from "./review-subject.js";
import { type Candidates, findCandidates } from "./reviewer-candidates.js";
import type { RequestedAction } from "./work.js";

/** Collection of whom we asked, and that we did: nobody is asked twice. */
const collection = "review-requests";

/** Identifier of the button that asks somebody. */
export const requestButton = "request_review";

interface Asked {
  /** Logins. */
  readonly logins: readonly string[];
}

/** Where somebody is at it already, or nobody's approval would help, asking another person is noise. */
const leftAlone: readonly ReasonCode[] = [
  "approval-dismissed",
  "approval-stale",
  "cannot-verify",
  "changes-requested",
];

/** What was decided, and what it was decided from. */
interface Decided {
  readonly facts: ReviewFacts;
  readonly decision: Decision;
}

/**
 * Asks people whose approval would count, once for each pull request and one where nothing else is configured; and one
 * more whenever somebody who may ask by hand presses the button. Nobody is asked for a draft, or where the gate only advises.
 */
export async function askReviewer(
  octokit: Octokit,
  subject: ReviewSubject,
  { facts, decision }: Decided,
  context: ReviewContext,
): Promise<void> {
  if (decision.decision !== "pending" || subject.pullRequest.isDraft) return;
  const pressed = await isPressed(octokit, subject, context);
  const { askReviewers } = subject.policy.review;
  const isWanted = askReviewers > 0;
  if (!pressed && !(isWanted && (await isDue(subject, decision, context))))
    return;
  const requested = await readRequested(octokit, subject.pullRequest);
  const isTeamAsked = requested.teams.length > 0;
  if (isTeamAsked && !pressed) return;
  const asked = requested.users.map(identityOf);
  const candidates = await candidatesFor(octokit, subject, context);
  const people = candidates.people.map(({ account }) => account);
  const rights = await accountFacts([...people, ...asked], {
    ...{ octokit, repository: subject.pullRequest },
    ...{ policy: subject.policy.review, permissions: context.permissions },
  });
  const choice = chooseReviewers(
    { ...facts, accounts: [...facts.accounts, ...rights] },
    {
      candidates: candidates.people,
      ...(candidates.codeOwners && { codeOwners: candidates.codeOwners }),
      ...{ isDraft: false, requested: asked },
      count: pressed ? asked.length + 1 : askReviewers,
    },
  );
  await ask(octokit, subject, choice.ask, context);
}

/** Each by himself, since GitHub refuses all for the sake of one; where we may not ask at all, nobody is. */
async function ask(
  octokit: Octokit,
  { work, pullRequest }: ReviewSubject,
  people: readonly Identity[],
  { records, log }: ReviewContext,
): Promise<void> {
  for (const { login } of people) {
    if (login === undefined) continue;
    const outcome = await requestReviewers(octokit, pullRequest, [login]);
    if (outcome === "not-permitted") {
      log.warn("The installation may not request reviewers");
      return;
    }
    if (outcome === "asked") {
      const known = await records.get(collection, keyOf(work));
      const before = (known?.value as Asked | undefined)?.logins ?? [];
      const value: Asked = { logins: [...before, login] };
      await records.put(collection, keyOf(work), value);
    }
  }
}

async function isDue(
  { work }: ReviewSubject,
  { enforcement, reason }: Decision,
  { records }: ReviewContext,
): Promise<boolean> {
  if (enforcement !== "blocking" || leftAlone.includes(reason)) return false;
  return (await records.get(collection, keyOf(work))) === undefined;
}

/** Whoever sees the button can press it; it is meant for those who may ask by hand as well. */
async function isPressed(
  octokit: Octokit,
  { work, pullRequest }: ReviewSubject,
  { permissions }: ReviewContext,
): Promise<boolean> {
  for (const { identifier, senderLogin } of work.actions)
    if (
      identifier === requestButton &&
      (await mayAsk(pullRequest, senderLogin))
    )
      return true;
  return false;

  async function mayAsk(
    { author }: ReviewSubject["pullRequest"],
    login: RequestedAction["senderLogin"],
  ): Promise<boolean> {
    if (author?.login.toLowerCase() === login.toLowerCase()) return true;
    const role = await permissions.roleOf(octokit, pullRequest, login);
    return role === "triage" || canWrite(role);
  }
}

async function candidatesFor(
  octokit: Octokit,
  { work, pullRequest, change, policy }: ReviewSubject,
  { records, now }: ReviewContext,
): Promise<Candidates> {
  const sensitive = change.files.filter(
    ({ categories }) => categories.length > 0,
  );
  const candidates = await findCandidates({
    ...{ octokit, pullRequest, policy: policy.review, now: now() },
    paths: sensitive.map(({ path }) => path),
  });
  const prefix = `${String(work.repositoryId)}/`;
  const open = await records.list(collection, { prefix });
  const logins = open.flatMap(({ value }) => (value as Asked).logins);
  const withLoad = (candidate: Candidate): Candidate => ({
    ...candidate,
    openRequests: logins.filter((login) => login === candidate.account.login)
      .length,
  });
  return { ...candidates, people: candidates.people.map(withLoad) };
}

/** Forgets whom we asked for a pull request that is closed. */
export async function forgetRequests(
  { records }: Pick<ReviewContext, "records">,
  work: ReviewSubject["work"],
): Promise<void> {
  if (await records.get(collection, keyOf(work)))
    await records.remove(collection, keyOf(work));
}

function keyOf({ repositoryId, number }: ReviewSubject["work"]): string {
  return `${String(repositoryId)}/${String(number)}`;
}
