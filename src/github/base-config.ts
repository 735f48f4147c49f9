import { type Octokit, query, type RepositoryName } from "./octokit.js";
import type {
  ConfigAnswer,
  ConfigBlob,
  RepositoryAnswer,
} from "./pull-request-answer.js";
import { configPaths, configQuery } from "./pull-request-query.js";

/** A configuration file as it stands at the base. */
export interface ConfigFile {
  readonly path: string;
  readonly blobId: string;
  /** Absent when the file is no text, or longer than GitHub shows of a text. */
  readonly text?: string;
}

/**
 * The configuration at the tip of the base branch, which alone decides. The first query guessed the branch; where it
 * guessed wrong, or the branch moved or is gone, the config is read again at the commit that is known to be the tip.
 */
export async function readBaseConfig(
  octokit: Octokit,
  place: RepositoryName,
  repository: RepositoryAnswer,
  baseHint: string | undefined,
): Promise<readonly ConfigFile[]> {
  const guessed = baseHint ?? repository.defaultBranchRef?.name;
  const pullRequest = repository.pullRequest;
  const isRight =
    guessed === pullRequest?.baseRefName && pullRequest?.baseRef?.target;
  if (isRight || !pullRequest) return configFiles(repository);
  const tip = pullRequest.baseRef?.target?.oid ?? pullRequest.baseRefOid;
  return readConfigAt(octokit, place, tip);
}

/** The configuration at one commit: none, one or (then the first counts) both of its places. */
export async function readConfigAt(
  octokit: Octokit,
  { owner, repo }: RepositoryName,
  commit: string,
): Promise<readonly ConfigFile[]> {
  const answer = await query<{ readonly repository: ConfigAnswer | null }>(
    octokit,
    configQuery,
    {
      ...{ owner, repo },
      rootConfig: `${commit}:${configPaths[0]}`,
      folderConfig: `${commit}:${configPaths[1]}`,
    },
  );
  return answer.repository ? configFiles(answer.repository) : [];
}

function configFiles(answer: ConfigAnswer): readonly ConfigFile[] {
  const found = [answer.rootConfig, answer.folderConfig];
  return configPaths.flatMap((path, index) => {
    const blob = found[index];
    return blob?.oid === undefined ? [] : [configFile(path, blob.oid, blob)];
  });
}

function configFile(
  path: string,
  blobId: string,
  blob: ConfigBlob,
): ConfigFile {
  const whole = blob.isTruncated !== true && blob.isBinary !== true;
  return {
    ...{ path, blobId },
    ...(whole && typeof blob.text === "string" && { text: blob.text }),
  };
}
