import type { LocalRepository } from "../world/local-repository.js";
import { nodeId, simpleUser } from "./account.js";

/** A repository with every field that any of GitHub's answers has. */
export function fullRepository(repository: LocalRepository) {
  const { parent } = repository;
  return {
    ...hookRepository(repository),
    subscribers_count: 0,
    network_count: 0,
    ...(parent
      ? { parent: hookRepository(parent), source: hookRepository(parent) }
      : {}),
  };
}

/** A repository, as lists and webhooks carry it. */
export function hookRepository(repository: LocalRepository) {
  const { world, owner } = repository;
  const { origin } = world;
  const html = `${origin}/${repository.fullName}`;
  return {
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: repository.fullName,
    private: repository.isPrivate,
    visibility: repository.isPrivate ? "private" : "public",
    owner: simpleUser(world, owner),
    html_url: html,
    description: null,
    fork: repository.parent !== undefined,
    ...addresses(`${world.apiUrl}/repos/${repository.fullName}`),
    git_url: `git://${new URL(origin).host}/${repository.fullName}.git`,
    ssh_url: `git@${new URL(origin).hostname}:${repository.fullName}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    ...counts(repository),
  };
}

function counts(repository: LocalRepository) {
  const open = repository.pulls.filter((pull) => pull.state === "open").length;
  return {
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    forks_count: 0,
    forks: 0,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    size: 1,
    default_branch: repository.defaultBranch,
    open_issues_count: open,
    open_issues: open,
    topics: [],
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: false,
    disabled: false,
    is_template: false,
    web_commit_signoff_required: false,
    allow_forking: true,
    pushed_at: repository.activity[0]?.timestamp ?? repository.createdAt,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
  };
}

const plain = [
  "contributors",
  "deployments",
  "downloads",
  "events",
  "forks",
  "hooks",
  "languages",
  "merges",
  "stargazers",
  "subscribers",
  "subscription",
  "tags",
  "teams",
];

/** Where each thing of a repository is; what stands in braces is for the reader to fill in. */
function addresses(url: string) {
  return {
    url,
    ...(Object.fromEntries(
      plain.map((name) => [`${name}_url`, `${url}/${name}`]),
    ) as Record<string, string>),
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    statuses_url: `${url}/statuses/{sha}`,
    trees_url: `${url}/git/trees{/sha}`,
  };
}

/** The few fields that installation events carry. */
export function briefRepository(repository: LocalRepository) {
  return {
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: repository.fullName,
    private: repository.isPrivate,
  };
}

/** REST address of a repository. */
export function repositoryUrl(repository: LocalRepository): string {
  return `${repository.world.apiUrl}/repos/${repository.fullName}`;
}

/** Address of a repository for people. */
export function repositoryPage(repository: LocalRepository): string {
  return `${repository.world.origin}/${repository.fullName}`;
}
