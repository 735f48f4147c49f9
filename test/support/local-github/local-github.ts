/**
 * A GitHub on this machine: real HTTP, real git repositories below it, and every
 * request and answer held to GitHub's own published descriptions.
 *
 * ```ts
 * const github = await LocalGitHub.start({ deliverTo: "http://127.0.0.1:3000/api/github/webhooks" });
 * const repository = await github.createRepository({
 *   owner: "acme", name: "shop", files: { "src/app.ts": "export {};\n" },
 * });
 * await repository.commit({ branch: "feature", files: { "src/app.ts": "export const a = 1;\n" } });
 * github.createUser({ login: "rhea" });
 * const pull = await repository.openPullRequest({ head: "feature" }); // sends pull_request.opened
 * await pull.review({ by: "rhea" });                                  // sends pull_request_review.submitted
 * github.checkRuns(pull.headSha);                                     // what the app has written
 * expect(github.violations).toEqual([]);
 * await github.stop();
 * ```
 *
 * - Point an Octokit or Probot at it with `github.environment`, or with
 *   `baseUrl: github.apiUrl`.
 * - People are named by login and made when first named, without any rights;
 *   `createUser`, `setRole` and `repository.setRole` give them some.
 * - Each act resolves when the webhooks that it sends have been answered.
 *   `github.hold()` keeps them back, `github.release()` sends them;
 *   `github.settled()` waits for those that answers to the app have caused.
 * - `github.fault({...})` makes requests fail; `github.requests` lists all that came.
 * - Conforming to schemas is not behaviour: what GitHub's documentation leaves
 *   open is our reading of it.
 *
 * Needs git 2.38 or newer for merge groups and branch updates.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Contract } from "./contract/contract.js";
import { Faults, type Fault } from "./http/faults.js";
import { Responder } from "./http/responder.js";
import { Router } from "./http/router.js";
import { GithubServer, type RecordedRequest } from "./http/server.js";
import { allRoutes } from "./routes/all-routes.js";
import { Installing } from "./webhooks/installing.js";
import type { HookDelivery, HookSubject } from "./webhooks/hook-deliveries.js";
import type { Account, AccountOptions } from "./world/accounts.js";
import type { CheckRun } from "./world/check-runs.js";
import type { LocalGitHubOptions, RepositoryOptions } from "./options.js";
import { LocalRepository, type Role } from "./world/local-repository.js";
import { registerApp } from "./world/register-app.js";
import type {
  Installation,
  Permissions,
  Registration,
} from "./world/registration.js";
import {
  World,
  type Team,
  type TeamMember,
  type Violation,
} from "./world/world.js";

/** A local GitHub that is running. */
export class LocalGitHub {
  /** The registered app: its `id`, `slug` and `privateKey` among others. */
  readonly app: Registration;
  /** What owners do with the installation: install, suspend, add repositories... */
  readonly installing: Installing;
  readonly requests: RecordedRequest[];
  readonly world: World;
  readonly #faults: Faults;
  readonly #server: GithubServer;

  private constructor(world: World) {
    this.world = world;
    this.app = world.registration;
    this.installing = new Installing(world);
    this.requests = [];
    this.#faults = new Faults();
    this.#server = new GithubServer({
      responder: new Responder(world, new Router(allRoutes)),
      faults: this.#faults,
      rateLimit: world.rateLimit,
      requests: this.requests,
    });
  }

  /** Starts one, with an app registered and nothing else. */
  static async start(options: LocalGitHubOptions = {}): Promise<LocalGitHub> {
    const folder = await mkdtemp(join(tmpdir(), "local-github-"));
    const clock = options.clock ?? (() => new Date());
    const world = new World(Contract.read(), folder, clock);
    world.registration = registerApp(world, options);
    world.hooks.secret = options.webhookSecret ?? "";
    world.hooks.target = options.deliverTo;
    const github = new LocalGitHub(world);
    world.origin = await github.#server.listen(options.port);
    return github;
  }

  /** Ends it, and removes its repositories. */
  async stop(): Promise<void> {
    this.world.hooks.target = undefined;
    await this.#server.close();
    await this.settled();
    for (const { git } of this.world.repositories) git.close();
    await rm(this.world.folder, { recursive: true, force: true });
  }

  /** Scheme, host and port. */
  get origin(): string {
    return this.world.origin;
  }

  /** The `baseUrl` of an Octokit. */
  get apiUrl(): string {
    return this.world.apiUrl;
  }

  /** What a process needs in its environment to be this app here. */
  get environment(): Record<string, string> {
    return {
      APP_ID: String(this.app.id),
      PRIVATE_KEY: this.app.privateKey,
      WEBHOOK_SECRET: this.world.hooks.secret,
      GHE_HOST: new URL(this.origin).host,
      GHE_PROTOCOL: "http",
    };
  }

  /** Requests and answers that GitHub's own description does not allow. */
  get violations(): Violation[] {
    return this.world.violations;
  }

  /** Each attempt to deliver a webhook, oldest first. */
  get deliveries(): readonly HookDelivery[] {
    return this.world.hooks.list;
  }

  /** Milliseconds added to every answer. */
  set latencyMs(value: number) {
    this.#server.latencyMs = value;
  }

  /** Entries of a tree beyond which an answer is cut short and says so. */
  set treeLimit(entries: number) {
    this.world.treeLimit = entries;
  }

  /** Where webhooks go from now on. */
  set deliverTo(url: string | undefined) {
    this.world.hooks.target = url;
  }

  /** What webhooks are signed with from now on. */
  set webhookSecret(secret: string) {
    this.world.hooks.secret = secret;
  }

  /** Makes a repository, and installs the app on it without telling the app. */
  async createRepository(options: RepositoryOptions): Promise<LocalRepository> {
    const owner = this.world.accounts.named(
      options.owner ?? "acme",
      options.ownerType ?? "Organization",
    );
    const repository = await LocalRepository.create(this.world, {
      owner,
      name: options.name,
      defaultBranch: options.defaultBranch ?? "main",
      isPrivate: options.isPrivate ?? true,
    });
    const { installed = true } = options;
    if (installed) {
      this.world.installationOn(owner).repositoryIds.add(repository.id);
    }
    const files = options.files ?? { "README.md": `# ${options.name}\n` };
    await repository.push([{ message: "Begin", files, ...options.commit }], {
      announce: false,
    });
    return repository;
  }

  /** Makes an account, and says what it may do everywhere: `write` unless told. */
  createUser(
    options: AccountOptions & { readonly permission?: Role },
  ): Account {
    const account = this.world.accounts.create(options);
    this.setRole(account.login, options.permission ?? "write");
    return account;
  }

  /** Says what an account may do in every repository that does not say otherwise. */
  setRole(login: string, role: Role): void {
    this.world.roles.set(login.toLowerCase(), role);
  }

  /** Makes a team of an organization. */
  createTeam(options: {
    readonly organization: string;
    readonly slug: string;
    readonly members?: readonly string[];
  }): Team {
    const { accounts } = this.world;
    const members = (options.members ?? []).map(
      (login): [string, TeamMember] => [
        login.toLowerCase(),
        { account: accounts.named(login), role: "member", state: "active" },
      ],
    );
    const team: Team = {
      id: this.world.nextId(),
      organization: accounts.named(options.organization, "Organization"),
      slug: options.slug,
      name: options.slug,
      members: new Map(members),
    };
    this.world.teams.push(team);
    return team;
  }

  /** The installation on an account. */
  installationOn(login: string): Installation {
    return this.world.installationOn(
      this.world.accounts.named(login, "Organization"),
    );
  }

  /** All check runs on a commit, in any repository, oldest first. */
  checkRuns(sha: string): CheckRun[] {
    return this.world.repositories.flatMap((repository) =>
      repository.runs.filter((run) => run.headSha === sha),
    );
  }

  /** Makes requests fail. @returns What ends it. */
  fault(fault: Fault): () => void {
    return this.#faults.add(fault);
  }

  /** Ends all faults. */
  clearFaults(): void {
    this.#faults.clear();
  }

  /** Hands out an installation's token, as if the app had asked for it. */
  issueToken(login: string, permissions?: Permissions): string {
    const installation = this.installationOn(login);
    const details = {
      installation,
      permissions: permissions ?? installation.permissions,
      repositoryIds: undefined,
    };
    return this.world.tokens.issue(details, this.world.now()).value;
  }

  /** Makes every token that was handed out worthless. */
  expireTokens(): void {
    this.world.tokens.expireAll();
  }

  /** Delivers any payload under any event name. */
  deliver(
    event: string,
    payload: Readonly<Record<string, unknown>>,
    subject: HookSubject & { readonly id?: string } = {},
  ): Promise<HookDelivery> {
    const { id, ...rest } = subject;
    const guid = id ?? subject.guid;
    return this.world.hooks.deliver(event, payload, { ...rest, guid });
  }

  /** Delivers once more what was delivered, under the same delivery id. */
  redeliver(idOrGuid: number | string): Promise<HookDelivery> {
    return this.world.hooks.redeliver(idOrGuid);
  }

  /** Keeps webhooks back from now on. */
  hold(): void {
    this.world.hooks.isHeld = true;
  }

  /** Sends the webhooks that were kept back, and keeps no more back. */
  release(): Promise<void> {
    return this.world.hooks.release();
  }

  /** Resolves when no webhook is under way. */
  settled(): Promise<void> {
    return this.world.hooks.settled();
  }
}
