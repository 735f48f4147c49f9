import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { GitHubGone, GitHubUnavailable } from "#github/failures.js";
import { compareCommits, findMergeBase } from "#github/merge-base.js";
import type { Octokit } from "#github/octokit.js";
import { canWrite, Permissions } from "#github/permissions.js";
import { readPullRequest } from "#github/pull-request.js";
import { LocalGitHub } from "#support/local-github/local-github.js";
import type { LocalRepository } from "#support/local-github/world/local-repository.js";
import { octokitOf, placeOf } from "./a-look.js";

let github: LocalGitHub;
let repository: LocalRepository;
let octokit: Octokit;

beforeEach(async () => {
  github = await LocalGitHub.start();
  repository = await github.createRepository({
    owner: "acme",
    name: "shop",
    files: { "a.ts": "1\n", ".vibegate.yml": "phase: commitment\n" },
  });
  octokit = await octokitOf(github);
});

afterEach(async () => {
  await github.stop();
  expect(github.violations).toEqual([]);
});

test("one query tells people, commits, reviews and the base's configuration", async () => {
  github.createUser({ login: "rhea" });
  github.createUser({ login: "dana" });
  const base = await repository.sha();
  await repository.commit({
    branch: "feature",
    author: "dana",
    coAuthors: ["kim", { name: "Nobody", email: "no@body.test" }],
    files: { "a.ts": "2\n", ".vibegate.yml": "phase: exploration\n" },
  });
  const pull = await repository.openPullRequest({
    head: "feature",
    author: "dana",
  });
  const review = await pull.review({ by: "rhea" });
  const before = queries();

  const read = await readPullRequest(octokit, placeOf(pull));

  expect(queries() - before).toBe(1);
  expect(read).toMatchObject({
    ...placeOf(pull),
    state: "open",
    isDraft: false,
    author: { login: "dana", type: "User" },
    base: { ref: "main", tip: base, isDefaultBranch: true },
    head: { sha: pull.headSha, isFork: false, repository: "acme/shop" },
    config: [{ path: ".vibegate.yml", text: "phase: commitment\n" }],
    hasAllCommits: true,
    commits: [{ sha: pull.headSha, parents: [{ sha: base }] }],
    reviews: [
      {
        id: review.id,
        state: "approved",
        author: { login: "rhea" },
        commit: pull.headSha,
      },
    ],
  });
  expect(
    read.commits[0]?.authors.map(
      ({ email, account }) => account?.login ?? email,
    ),
  ).toEqual(["dana", "kim", "no@body.test"]);
});

test("a dismissed approval is told with who dismissed it", async () => {
  github.createUser({ login: "rhea" });
  await repository.commit({ branch: "feature", files: { "a.ts": "2\n" } });
  const pull = await repository.openPullRequest({ head: "feature" });
  const review = await pull.review({ by: "rhea" });
  await pull.dismissReview(review, { by: "owen" });

  const read = await readPullRequest(octokit, placeOf(pull));

  expect(read.reviews).toMatchObject([{ state: "dismissed" }]);
  expect(read.dismissals).toMatchObject([
    {
      actor: { login: "owen" },
      reviewId: review.id,
      previousState: "approved",
    },
  ]);
});

test.each([undefined, "release"])(
  "off the default branch the configuration is the base's (hint: %s)",
  async (hint) => {
    await repository.commit({
      branch: "release",
      files: { ".github/vibegate.yml": "phase: exploration\n" },
      remove: [".vibegate.yml"],
    });
    await repository.commit({
      branch: "feature",
      from: "release",
      files: { "a.ts": "2\n" },
    });
    const pull = await repository.openPullRequest({
      head: "feature",
      base: "release",
    });

    const read = await readPullRequest(octokit, placeOf(pull), hint);

    expect(read.base.isDefaultBranch).toBe(false);
    expect(read.config).toMatchObject([
      { path: ".github/vibegate.yml", text: "phase: exploration\n" },
    ]);
  },
);

test("more than a hundred commits come in pages", async () => {
  await repository.push(
    Array.from({ length: 103 }, (_, n) => ({
      files: { "a.ts": `${String(n)}\n` },
    })),
    { branch: "feature" },
  );
  const pull = await repository.openPullRequest({ head: "feature" });

  const read = await readPullRequest(octokit, placeOf(pull));

  expect(read.commits).toHaveLength(103);
  expect(read.commits.at(-1)?.sha).toBe(pull.headSha);
  expect(read.hasAllCommits).toBe(true);
});

test("a pull request that is not there is gone", async () => {
  const place = { owner: "acme", repo: "shop", number: 99 };

  await expect(readPullRequest(octokit, place)).rejects.toBeInstanceOf(
    GitHubGone,
  );
});

test.each([
  { status: 502, body: "<html>" },
  { truncate: true },
  { reset: true },
])("an answer that breaks (%j) is worth another try", async (fault) => {
  await repository.commit({ branch: "feature", files: { "a.ts": "2\n" } });
  const pull = await repository.openPullRequest({ head: "feature" });
  github.fault({ path: /^\/graphql$/, times: 1, ...fault });

  await expect(readPullRequest(octokit, placeOf(pull))).rejects.toBeInstanceOf(
    GitHubUnavailable,
  );
  await readPullRequest(octokit, placeOf(pull));
});

test("the merge base follows from the commits, without a request", async () => {
  const base = await repository.sha();
  await repository.push(
    [{ files: { "a.ts": "2\n" } }, { files: { "a.ts": "3\n" } }],
    { branch: "feature" },
  );
  await repository.commit({ files: { "other.ts": "1\n" } });
  const pull = await repository.openPullRequest({ head: "feature" });
  const read = await readPullRequest(octokit, placeOf(pull));
  const before = github.requests.length;

  const found = await findMergeBase(octokit, read);

  expect(found).toEqual({
    sha: base,
    tree: (await repository.read(base)).tree,
  });
  expect(github.requests.length).toBe(before);
});

test("after a merge of the base GitHub is asked for the merge base", async () => {
  const first = await repository.commit({
    branch: "feature",
    files: { "a.ts": "2\n" },
  });
  const main = await repository.commit({ files: { "other.ts": "1\n" } });
  await repository.commit({ branch: "feature", parents: [first, main] });
  const pull = await repository.openPullRequest({ head: "feature" });
  const read = await readPullRequest(octokit, placeOf(pull));

  expect(await findMergeBase(octokit, read)).toMatchObject({ sha: main });
});

test("a comparison lists the commits between, with their trees", async () => {
  const base = await repository.sha();
  const shas = await repository.push(
    [{ files: { "a.ts": "2\n" } }, { files: { "a.ts": "3\n" } }],
    { branch: "feature" },
  );

  const compared = await compareCommits(
    octokit,
    { owner: "acme", repo: "shop" },
    base,
    shas[1]!,
  );

  expect(compared.mergeBase.sha).toBe(base);
  expect(compared.hasAllCommits).toBe(true);
  expect(compared.commits).toMatchObject([
    { sha: shas[0], parents: [{ sha: base }] },
    { sha: shas[1], parents: [{ sha: shas[0] }] },
  ]);
});

test("roles and teams are asked once in a while, strangers have none", async () => {
  github.createUser({ login: "rhea", permission: "maintain" });
  github.createTeam({
    organization: "acme",
    slug: "security",
    members: ["rhea"],
  });
  const place = { owner: "acme", repo: "shop" };
  const team = { org: "acme", slug: "security" };
  const permissions = new Permissions();

  const role = await permissions.roleOf(octokit, place, "rhea");
  const before = github.requests.length;
  const again = await permissions.roleOf(octokit, place, "Rhea");

  expect([role, again]).toEqual(["maintain", "maintain"]);
  expect(github.requests.length).toBe(before);
  expect(canWrite(role)).toBe(true);
  expect(await permissions.roleOf(octokit, place, "nobody")).toBe("none");
  expect(await permissions.isMember(octokit, team, "rhea")).toBe(true);
  expect(await permissions.isMember(octokit, team, "nobody")).toBe(false);
});

function queries(): number {
  return github.requests.filter(({ path }) => path === "/graphql").length;
}
