import { simpleUser } from "../present/account.js";
import { installationAnswer } from "../present/app.js";
import { briefRepository } from "../present/repository.js";
import type { Account } from "../world/accounts.js";
import type { LocalRepository } from "../world/local-repository.js";
import type { Installation, Permissions } from "../world/registration.js";
import type { World } from "../world/world.js";

/** What an owner does with the app's installation. Each act tells the app. */
export class Installing {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Installs the app on an account, with whatever repositories it already covers. */
  async install(login: string): Promise<Installation> {
    const installation = this.#on(login);
    await this.#emit("installation", "created", installation, {
      repositories: this.#covered(installation).map(briefRepository),
      requester: null,
    });
    return installation;
  }

  /** Removes the app from an account. */
  async uninstall(login: string): Promise<void> {
    const installation = this.#on(login);
    const repositories = this.#covered(installation).map(briefRepository);
    const { installations } = this.#world;
    installations.splice(installations.indexOf(installation), 1);
    this.#world.tokens.expireAll();
    await this.#emit("installation", "deleted", installation, { repositories });
  }

  /** Stops the app from doing anything on an account. */
  async suspend(login: string): Promise<void> {
    const installation = this.#on(login);
    installation.suspendedAt = this.#world.timestamp();
    await this.#emit("installation", "suspend", installation, {});
  }

  /** Lets it go on. */
  async unsuspend(login: string): Promise<void> {
    const installation = this.#on(login);
    installation.suspendedAt = undefined;
    await this.#emit("installation", "unsuspend", installation, {});
  }

  /** Says what the app may do on an account, as if its owner had accepted that. */
  async grant(login: string, permissions: Permissions): Promise<void> {
    const installation = this.#on(login);
    installation.permissions = permissions;
    this.#world.tokens.expireAll();
    await this.#emit(
      "installation",
      "new_permissions_accepted",
      installation,
      {},
    );
  }

  /** Adds repositories to what the app covers. */
  async add(...repositories: LocalRepository[]): Promise<void> {
    const installation = this.#of(repositories);
    for (const { id } of repositories) installation.repositoryIds.add(id);
    await this.#emit("installation_repositories", "added", installation, {
      repositories_added: repositories.map(briefRepository),
      repositories_removed: [],
      repository_selection: "selected",
      requester: null,
    });
  }

  /** Takes repositories away from what the app covers. */
  async remove(...repositories: LocalRepository[]): Promise<void> {
    const installation = this.#of(repositories);
    for (const { id } of repositories) installation.repositoryIds.delete(id);
    await this.#emit("installation_repositories", "removed", installation, {
      repositories_added: [],
      repositories_removed: repositories.map(briefRepository),
      repository_selection: "selected",
      requester: null,
    });
  }

  #on(login: string): Installation {
    const { accounts } = this.#world;
    return this.#world.installationOn(accounts.named(login, "Organization"));
  }

  #of([first]: readonly LocalRepository[]): Installation {
    if (!first) throw new Error("Name a repository.");
    return this.#world.installationOn(first.owner);
  }

  #covered(installation: Installation): LocalRepository[] {
    return this.#world.repositories.filter(({ id }) =>
      installation.repositoryIds.has(id),
    );
  }

  async #emit(
    event: string,
    action: string,
    installation: Installation,
    more: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const sender: Account = installation.account;
    const payload = {
      action,
      installation: installationAnswer(this.#world, installation),
      ...more,
      sender: simpleUser(this.#world, sender),
    };
    await this.#world.hooks.emit(event, payload, { installation });
  }
}
