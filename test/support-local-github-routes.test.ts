import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { Octokit } from "@octokit/rest";
import { Probot } from "probot";
import {
  Contract,
  contractFolder,
} from "#support/local-github/contract/contract.js";
import { LocalGitHub } from "#support/local-github/local-github.js";
import { allRoutes } from "#support/local-github/routes/all-routes.js";
import type { LocalPullRequest } from "#support/local-github/world/local-pull-request.js";
import type { LocalRepository } from "#support/local-github/world/local-repository.js";

const where = { owner: "acme", repo: "shop" };

type AppClient = Awaited<ReturnType<Probot["auth"]>>;

let github: LocalGitHub;
let repository: LocalRepository;
let pull: LocalPullRequest;
let app: AppClient;
let client: Octokit;

beforeAll(async () => {
  github = await LocalGitHub.start({ webhookSecret: "s".repeat(32) });
  repository = await github.createRepository({
    name: "shop",
    files: {
      "src/app.ts": "export {};\n",
      "src/my file.ts": "1\n",
      "hidden.txt": "not in archives\n",
      ".gitattributes": "hidden.txt export-ignore\n",
      link: { symlink: "src/app.ts" },
      "run.sh": { text: "#!/bin/sh\n", executable: true },
      vendor: { submodule: "1".repeat(40) },
    },
  });
  github.createUser({ login: "rhea", permission: "maintain" });
  github.createTeam({
    organization: "acme",
    slug: "security",
    members: ["rhea"],
  });
  await repository.commit({
    branch: "feature",
    author: "dana",
    files: { "src/app.ts": "export const a = 1;\n" },
    remove: ["src/my file.ts"],
  });
  pull = await repository.openPullRequest({ head: "feature", author: "dana" });
  const probot = new Probot({
    appId: github.app.id,
    privateKey: github.app.privateKey,
    secret: "s".repeat(32),
    baseUrl: github.apiUrl,
    logLevel: "fatal",
  });
  app = await probot.auth();
  const { data } = await app.request(
    "POST /app/installations/{installation_id}/access_tokens",
    { installation_id: github.installationOn("acme").id },
  );
  client = new Octokit({ baseUrl: github.apiUrl, auth: data.token });
});

afterAll(async () => {
  await github.stop();
});

test("the contract is what was cut out of GitHub's description", () => {
  const read = (name: string) => readFileSync(new URL(name, contractFolder));
  const provenance = JSON.parse(read("provenance.json").toString()) as {
    rest: { sha256: string };
    graphql: { sha256: string };
  };
  const hash = (name: string) =>
    createHash("sha256").update(read(name)).digest("hex");

  expect(hash("openapi-slice.json")).toBe(provenance.rest.sha256);
  expect(hash("github-subset.graphql")).toBe(provenance.graphql.sha256);
});

test("every operation of the contract has its route, and nothing else has", () => {
  const own = /\/_codeload\/|\/settings\/apps\/new|\/graphql$/;
  const answered = allRoutes
    .map(({ operation }) => operation)
    .filter((operation) => !own.test(operation));

  expect(answered.sort()).toEqual(
    Object.keys(Contract.read().operations).sort(),
  );
});

test("answers the app itself", async () => {
  const { data } = await app.request("GET /app");
  const installations = await app.paginate("GET /app/installations");
  const [first] = installations;
  const one = await app.request("GET /app/installations/{installation_id}", {
    installation_id: first?.id ?? 0,
  });
  await app.request("GET /repos/{owner}/{repo}/installation", where);
  await app.request("GET /orgs/{org}/installation", { org: "acme" });
  await app.request("GET /app/hook/config");

  expect(data?.slug).toBe("vibegate");
  expect(one.data.permissions).toMatchObject({ checks: "write" });
  expect(github.violations).toEqual([]);
});

test("lists, shows and repeats deliveries", async () => {
  await github.deliver("push", { ref: "refs/heads/main" });
  const { data } = await app.request("GET /app/hook/deliveries", {
    per_page: 1,
  });
  const [newest] = data;
  const delivery = { delivery_id: Number(newest?.id) };
  const shown = await app.request(
    "GET /app/hook/deliveries/{delivery_id}",
    delivery,
  );
  await app.request(
    "POST /app/hook/deliveries/{delivery_id}/attempts",
    delivery,
  );
  await github.settled();

  expect(shown.data.request.payload).toEqual({ ref: "refs/heads/main" });
  expect(github.deliveries.at(-1)).toMatchObject({
    guid: newest?.guid,
    redelivery: true,
  });
  expect(github.violations).toEqual([]);
});

test("answers commits, branches, comparisons, refs and contents", async () => {
  const { headSha } = pull;
  const request = client.request;
  await request("GET /repos/{owner}/{repo}", where);
  const commits = await request("GET /repos/{owner}/{repo}/commits", where);
  await request("GET /repos/{owner}/{repo}/branches", where);
  const main = { ...where, branch: "main" };
  await request("GET /repos/{owner}/{repo}/branches/{branch}", main);
  const compared = await request(
    "GET /repos/{owner}/{repo}/compare/{basehead}",
    { ...where, basehead: "main...feature" },
  );
  const commit = await request("GET /repos/{owner}/{repo}/commits/{ref}", {
    ...where,
    ref: headSha,
  });
  await request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", {
    ...where,
    commit_sha: headSha,
  });
  await request("GET /repos/{owner}/{repo}/git/matching-refs/{ref}", {
    ...where,
    ref: "heads/",
  });
  const ref = await request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
    ...where,
    ref: `pull/${String(pull.number)}/head`,
  });
  const pulls = await request(
    "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
    { ...where, commit_sha: headSha },
  );

  expect(commits.data).toHaveLength(1);
  expect(compared.data).toMatchObject({ status: "ahead", ahead_by: 1 });
  expect(commit.data.files?.map(({ status }) => status)).toEqual([
    "modified",
    "removed",
  ]);
  expect(ref.data.object.sha).toBe(headSha);
  expect(pulls.data[0]?.number).toBe(pull.number);
  expect(github.violations).toEqual([]);
});

test("answers contents of every kind, and blobs byte by byte", async () => {
  const contents = async (path: string) => {
    const { data } = await client.request(
      "GET /repos/{owner}/{repo}/contents/{path}",
      { ...where, path },
    );
    return data;
  };
  const tree = await client.request(
    "GET /repos/{owner}/{repo}/git/trees/{tree_sha}",
    { ...where, tree_sha: "main", recursive: "1" },
  );
  const blob = tree.data.tree.find(({ path }) => path === "src/app.ts");
  const { data } = await client.request(
    "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
    { ...where, file_sha: blob?.sha ?? "" },
  );

  expect(await contents("src")).toMatchObject([
    { name: "app.ts" },
    { name: "my file.ts" },
  ]);
  expect(await contents("src/my file.ts")).toMatchObject({ type: "file" });
  expect(await contents("link")).toMatchObject({ type: "file", size: 11 });
  expect(await contents("vendor")).toMatchObject({ type: "submodule" });
  expect(await contents("")).toHaveLength(6);
  expect(Buffer.from(data.content, "base64").toString()).toBe("export {};\n");
  expect(tree.data.tree).toContainEqual(
    expect.objectContaining({ path: "run.sh", mode: "100755" }),
  );
  expect(github.violations).toEqual([]);
});

test("sends archives without what asks to be left out", async () => {
  const { data } = await client.request(
    "GET /repos/{owner}/{repo}/tarball/{ref}",
    { ...where, ref: "main" },
  );
  const bytes = gunzipSync(Buffer.from(data as ArrayBuffer)).toString("latin1");

  expect(bytes).toContain("src/app.ts");
  expect(bytes).not.toContain("not in archives");
  expect(github.violations).toEqual([]);
});

test("answers what surrounds a pull request", async () => {
  const at = { ...where, pull_number: pull.number };
  const one = "/repos/{owner}/{repo}/pulls/{pull_number}" as const;
  const review = await pull.review({ by: "rhea", state: "APPROVED" });
  await client.request("GET /repos/{owner}/{repo}/pulls", where);
  await client.request(`GET ${one}`, at);
  await client.request(`GET ${one}/files`, at);
  await client.request(`GET ${one}/commits`, at);
  await client.request(`GET ${one}/reviews`, at);
  await client.request(`GET ${one}/reviews/{review_id}`, {
    ...at,
    review_id: review.id,
  });
  await client.request(`POST ${one}/reviews`, {
    ...at,
    event: "COMMENT",
    body: "Look.",
  });
  const asked = { ...at, reviewers: ["rhea"], team_reviewers: ["security"] };
  await client.request(`POST ${one}/requested_reviewers`, asked);
  const { data } = await client.request(`GET ${one}/requested_reviewers`, at);
  await client.request(`DELETE ${one}/requested_reviewers`, asked);

  expect(data.users.map(({ login }) => login)).toEqual(["rhea"]);
  expect(data.teams.map(({ slug }) => slug)).toEqual(["security"]);
  expect(github.violations).toEqual([]);
});

test("answers comments, people, teams, rules and pushes", async () => {
  const issue = { ...where, issue_number: pull.number };
  const list = "/repos/{owner}/{repo}/issues/{issue_number}/comments" as const;
  const one = "/repos/{owner}/{repo}/issues/comments/{comment_id}" as const;
  const made = await client.request(`POST ${list}`, { ...issue, body: "Hi" });
  const comment = { ...where, comment_id: made.data.id };
  await client.request(`PATCH ${one}`, { ...comment, body: "Ho" });
  const comments = await client.request(`GET ${list}`, issue);
  await client.request(`DELETE ${one}`, comment);
  const people = "/repos/{owner}/{repo}/collaborators" as const;
  const rhea = { ...where, username: "rhea" };
  const permission = await client.request(
    `GET ${people}/{username}/permission`,
    rhea,
  );
  await client.request(`GET ${people}`, where);
  await client.request(`GET ${people}/{username}`, rhea);
  const team = { org: "acme", team_slug: "security" };
  const teams = "/orgs/{org}/teams/{team_slug}" as const;
  const members = await client.request(`GET ${teams}/members`, team);
  await client.request(`GET ${teams}/memberships/{username}`, {
    ...team,
    username: "rhea",
  });
  await client.request("GET /users/{username}", { username: "rhea" });
  const rules = "GET /repos/{owner}/{repo}/rules/branches/{branch}";
  await client.request(rules, { ...where, branch: "main" });
  const pushes = await client.request(
    "GET /repos/{owner}/{repo}/activity",
    where,
  );

  expect(comments.data).toMatchObject([{ body: "Ho" }]);
  expect(permission.data).toMatchObject({
    permission: "write",
    role_name: "maintain",
  });
  expect(members.data).toHaveLength(1);
  expect(pushes.data[0]).toMatchObject({ activity_type: "branch_creation" });
  expect(github.violations).toEqual([]);
});

test("answers check runs and suites", async () => {
  const runs = "/repos/{owner}/{repo}/check-runs" as const;
  const suites = "/repos/{owner}/{repo}/check-suites" as const;
  const created = await client.request(`POST ${runs}`, {
    ...where,
    name: "VibeGate",
    head_sha: pull.headSha,
    external_id: "acme/shop#1",
  });
  const run = { ...where, check_run_id: created.data.id };
  await client.request(`GET ${runs}/{check_run_id}`, run);
  await client.request(`GET ${runs}/{check_run_id}/annotations`, run);
  await client.request(`PATCH ${runs}/{check_run_id}`, {
    ...run,
    status: "completed",
    conclusion: "success",
  });
  const suite = {
    ...where,
    check_suite_id: created.data.check_suite?.id ?? 0,
  };
  const done = await client.request(`GET ${suites}/{check_suite_id}`, suite);
  await client.request(`GET ${suites}/{check_suite_id}/check-runs`, suite);
  await client.request(`POST ${suites}`, { ...where, head_sha: pull.headSha });
  const commit = { ...where, ref: pull.headSha };
  const of = "/repos/{owner}/{repo}/commits/{ref}" as const;
  const listed = await client.request(`GET ${of}/check-runs`, commit);
  await client.request(`GET ${of}/check-suites`, commit);
  await client.request(`POST ${runs}/{check_run_id}/rerequest`, run);
  await client.request(`POST ${suites}/{check_suite_id}/rerequest`, suite);
  await github.settled();

  expect(done.data).toMatchObject({ conclusion: "success" });
  expect(listed.data.total_count).toBe(1);
  expect(
    github.deliveries.slice(-5).map(({ event, action }) => [event, action]),
  ).toEqual([
    ["check_run", "created"],
    ["check_run", "completed"],
    ["check_suite", "completed"],
    ["check_run", "rerequested"],
    ["check_suite", "rerequested"],
  ]);
  expect(github.violations).toEqual([]);
});

test("registers an app by manifest, once", async () => {
  const form = await fetch(`${github.origin}/settings/apps/new?state=abc`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      manifest: JSON.stringify({
        name: "gate",
        redirect_url: "http://127.0.0.1:1/setup",
        default_permissions: github.app.permissions,
      }),
    }),
  });
  const target = new URL(form.headers.get("location") ?? "");
  const code = target.searchParams.get("code") ?? "";
  const convert = () =>
    fetch(`${github.apiUrl}/app-manifests/${code}/conversions`, {
      method: "POST",
    });
  const first = await convert();

  expect(target.searchParams.get("state")).toBe("abc");
  expect(await first.json()).toMatchObject({ pem: github.app.privateKey });
  expect((await convert()).status).toBe(404);
  expect(github.violations).toEqual([]);
});

test("has answered every operation of the contract by now", async () => {
  await client.request("GET /installation/repositories");
  await client.request("GET /rate_limit");
  await client.request("GET /meta");
  await client.request("DELETE /installation/token");
  const answered = new Set(
    github.requests
      .filter(({ status }) => status < 400)
      .map(({ operation }) => operation),
  );

  const missing = Object.keys(Contract.read().operations).filter(
    (operation) => !answered.has(operation),
  );

  expect(missing).toEqual([]);
  expect(github.violations).toEqual([]);
});
