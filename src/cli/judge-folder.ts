import { checks } from "#checks/index.js";
import { configNeeds } from "#config/config-paths.js";
import { isAsked, type Policy } from "#gate/policy.js";
import type { Gap, Snapshot } from "#gate/snapshot.js";
import { codeOwnerNeeds } from "#model/code-owners.js";
import { judgeSnapshot } from "#model/judge-snapshot.js";
import { type Opened, withOpened } from "#worktree/opened.js";
import {
  readChange,
  type ReadingRequest,
  readRepository,
} from "#worktree/read-snapshot.js";
import { configChange } from "./config-change.js";
import { type KeptFacts, openKeptFacts, unkeptFacts } from "./facts-cache.js";
import {
  fingerprintKey,
  type FingerprintKey,
  fingerprintWith,
} from "./fingerprint-key.js";
import { FactsPreparation } from "./prepare-facts.js";
import { scanHistory } from "./scan-history.js";
import { policyInForce } from "./policy-in-force.js";
import type { Judged, JudgeRequest } from "./request.js";

/** A judgement, and what is left to do when it has been told. */
export interface JudgedFolder {
  readonly judged: Judged;
  /** How many files were read, and how many of them had to be parsed. */
  readonly work: { readonly read: number; readonly parsed: number };
  /** Keeps what was learnt of the files for the next run. */
  readonly keep: () => void;
}

/**
 * Reads a local folder and judges it.
 *
 * @param report - Told what is being done, for people who wait.
 * @throws ReadingError when what was asked for cannot be read.
 * @throws ConfigError when the configuration that governs has mistakes.
 */
export async function judgeFolder(
  request: JudgeRequest,
  report: (doing: string) => void,
): Promise<JudgedFolder> {
  report("Reading");
  const key = fingerprintKey(
    process.env.VIBEGATE_FINGERPRINT_KEY,
    request.history === true,
  );
  const fingerprint = fingerprintWith(key);
  const { inForce, snapshot, cache, preparation } = await withOpened(
    request,
    (opened) => readAll(request, opened, key),
  );
  const { policy, notes } = inForce;
  report(`Judging ${String(snapshot.files.length)} files`);
  await preparation.fill(snapshot);
  if (request.history === true) report("Reading the history");
  const past =
    request.history === true
      ? await scanHistory(request.path, snapshot, fingerprint)
      : { history: [], gaps: [] };
  const judgeUnder = (one: Policy) =>
    judgeSnapshot(snapshot, one, {
      ...{ checks, cache, history: past.history },
      ...fingerprint,
    });
  const verdict = judgeUnder(policy);
  const change = await configChange(snapshot, verdict, inForce, judgeUnder);
  const gaps = [...unseenHistory(snapshot), ...past.gaps, ...verdict.gaps];
  const config = { ...notes, ...(change && { change }) };
  const subject = { ...subjectOf(snapshot), config };
  return {
    judged: { verdict: { ...verdict, gaps }, subject },
    work: { read: snapshot.files.length, parsed: cache.parsed() },
    keep: cache.keep,
  };
}

/** All reading, before anything is judged: what governs, and what is judged. */
async function readAll(
  request: JudgeRequest,
  opened: Opened,
  key: FingerprintKey | undefined,
) {
  const takenAt = new Date().toISOString();
  const asked = { ...request, opened };
  const inForce = await policyInForce(asked, checks, takenAt);
  const { policy } = inForce;
  const { folder, repository } = opened.place;
  const fingerprint = fingerprintWith(key);
  const cache = factsFor(request, repository?.workTree ?? folder, fingerprint);
  const preparation = new FactsPreparation(cache, key, policy.settings);
  const onListed = (paths: readonly string[]) => {
    preparation.expect(paths);
  };
  try {
    const reading = { opened, takenAt, onListed };
    const snapshot = await readFor(request, policy, reading);
    return { inForce, snapshot, cache, preparation };
  } catch (error) {
    await preparation.close();
    throw error;
  }
}

function factsFor(
  { cache, history }: JudgeRequest,
  folder: string,
  fingerprint: ReturnType<typeof fingerprintWith>,
): KeptFacts {
  // What tells secrets apart in this run alone is not for the next.
  if (cache === false || history === true) return unkeptFacts();
  return openKeptFacts({ folder, ...fingerprint });
}

function readFor(
  { base, head }: JudgeRequest,
  policy: Policy,
  how: Omit<ReadingRequest, "needs">,
): Promise<Snapshot> {
  const asked = checks.filter(({ name }) => isAsked(policy, name));
  const reading = {
    ...how,
    needs: [...asked.map(({ needs }) => needs), configNeeds, codeOwnerNeeds],
  };
  if (base === undefined) return readRepository(reading);
  return readChange({ ...reading, base, ...(head !== undefined && { head }) });
}

function subjectOf({ scope, repository, head, base }: Snapshot) {
  return {
    scope,
    repository,
    ...(head !== undefined && { head }),
    ...(base !== undefined && { base }),
    checks: checks.map(({ id, name, title, why, rules }) => ({
      id,
      name,
      title,
      why,
      rules,
    })),
  };
}

/** Said, not held against the folder: there is nothing that anybody could do about it. */
function unseenHistory({ hasHistory }: Snapshot): Gap[] {
  if (hasHistory) return [];
  const because =
    "this folder is no git repository, so history and commits could not be seen";
  return [{ path: "", kind: "unreadable", because }];
}
