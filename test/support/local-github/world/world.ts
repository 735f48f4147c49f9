import type { Contract } from "../contract/contract.js";
import { RateLimit } from "../http/rate-limit.js";
import { HookDeliveries } from "../webhooks/hook-deliveries.js";
import { Accounts, type Account } from "./accounts.js";
import type { LocalRepository, Role } from "./local-repository.js";
import type { Installation, Registration } from "./registration.js";
import { isoSeconds } from "./notation.js";
import { Passes } from "./passes.js";
import { Tokens } from "./tokens.js";

/** A team of an organization. */
export interface Team {
  readonly id: number;
  readonly organization: Account;
  readonly slug: string;
  readonly name: string;
  /** By login in lower case. */
  readonly members: Map<string, TeamMember>;
}

/** Somebody's place in a team. */
export interface TeamMember {
  readonly account: Account;
  readonly role: "member" | "maintainer";
  readonly state: "active" | "pending";
}

/** A request or an answer that GitHub's own description does not allow. */
export interface Violation {
  readonly kind: "request" | "response" | "webhook" | "internal";
  /** Method and path template, or the webhook's name. */
  readonly operation: string;
  readonly faults: readonly string[];
}

/** Everything that one local GitHub knows. */
export class World {
  readonly accounts: Accounts;
  readonly contract: Contract;
  readonly folder: string;
  readonly hooks: HookDeliveries;
  readonly installations: Installation[] = [];
  readonly repositories: LocalRepository[] = [];
  /** What accounts may do in every repository, by login in lower case. */
  readonly roles = new Map<string, Role>();
  readonly teams: Team[] = [];
  readonly passes = new Passes();
  readonly rateLimit: RateLimit;
  readonly tokens = new Tokens();
  readonly violations: Violation[] = [];
  /** Entries of a tree beyond which an answer is cut short and says so. */
  treeLimit = 100_000;
  /** Manifest codes that can still be exchanged, to the manifest's content. */
  readonly manifestCodes = new Map<string, Readonly<Record<string, unknown>>>();
  /** Scheme, host and port; set once the server listens. */
  origin = "http://127.0.0.1";
  registration!: Registration;
  readonly #clock: () => Date;
  #lastId = 1000;

  constructor(contract: Contract, folder: string, clock: () => Date) {
    this.contract = contract;
    this.folder = folder;
    this.#clock = clock;
    this.accounts = new Accounts(() => this.nextId());
    this.hooks = new HookDeliveries(this);
    this.rateLimit = new RateLimit(clock());
  }

  /** Where REST paths begin, as a GitHub Enterprise Server writes them. */
  get apiUrl(): string {
    return `${this.origin}/api/v3`;
  }

  /** A number that was not used before, for anything. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  now(): Date {
    return this.#clock();
  }

  /** The present, as GitHub writes it. */
  timestamp(): string {
    return isoSeconds(this.now());
  }

  /** Undefined when there is none of that name; names are found whatever their case. */
  findRepository(owner: string, name: string): LocalRepository | undefined {
    const wanted = `${owner}/${name}`.toLowerCase();
    return this.repositories.find(
      (repository) => repository.fullName.toLowerCase() === wanted,
    );
  }

  /** The installation on an account, made on the spot when there is none. */
  installationOn(account: Account): Installation {
    const known = this.installations.find((one) => one.account === account);
    if (known) return known;
    const installation: Installation = {
      id: this.nextId(),
      account,
      createdAt: this.timestamp(),
      permissions: this.registration.permissions,
      repositoryIds: new Set(),
      suspendedAt: undefined,
    };
    this.installations.push(installation);
    return installation;
  }

  /** The installation that covers a repository. */
  installationFor(repository: LocalRepository): Installation | undefined {
    return this.installations.find((one) =>
      one.repositoryIds.has(repository.id),
    );
  }
}
