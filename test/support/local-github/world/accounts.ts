/** What kind of account it is, as GitHub's `type` and GraphQL's `__typename` say. */
type AccountType = "User" | "Bot" | "Organization";

/** Somebody or something with a login. */
export interface Account {
  readonly id: number;
  /** As REST writes it; GraphQL leaves `[bot]` off. */
  readonly login: string;
  readonly type: AccountType;
  readonly name: string;
  /** What commits of this account carry. */
  readonly email: string;
}

/** How a commit names somebody without naming an account. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

/** What can be said about a new account. */
export interface AccountOptions {
  readonly login: string;
  readonly type?: AccountType;
  readonly id?: number;
  readonly name?: string;
  readonly email?: string;
}

/** All accounts of one local GitHub. Logins are found whatever their case. */
export class Accounts {
  readonly #byLogin = new Map<string, Account>();
  readonly #nextId: () => number;

  constructor(nextId: () => number) {
    this.#nextId = nextId;
    // Who commits what is merged or edited on the web.
    this.create({
      login: "web-flow",
      id: 19864447,
      name: "GitHub",
      email: "noreply@github.com",
    });
    this.create({ login: "ghost", id: 10137 });
  }

  /** Adds an account; an account of that login is replaced. */
  create(options: AccountOptions): Account {
    const id = options.id ?? this.#nextId();
    const account: Account = {
      id,
      login: options.login,
      type: options.type ?? (isBotLogin(options.login) ? "Bot" : "User"),
      name: options.name ?? options.login,
      email:
        options.email ??
        `${String(id)}+${options.login}@users.noreply.github.com`,
    };
    this.#byLogin.set(options.login.toLowerCase(), account);
    return account;
  }

  /** The account of a login, made on the spot when there is none. */
  named(login: string, type?: AccountType): Account {
    return this.find(login) ?? this.create(type ? { login, type } : { login });
  }

  /** Undefined when nobody has that login. */
  find(login: string): Account | undefined {
    return this.#byLogin.get(login.toLowerCase());
  }

  /** Whose e-mail it is; undefined for one that no account claims. */
  findByEmail(email: string): Account | undefined {
    const wanted = email.toLowerCase();
    for (const account of this.#byLogin.values()) {
      if (account.email.toLowerCase() === wanted) return account;
    }
    const noReply = /^(\d+)\+[^@]+@users\.noreply\.github\.com$/.exec(wanted);
    return noReply ? this.findById(Number(noReply[1])) : undefined;
  }

  /** Undefined when no account has that id. */
  findById(id: number): Account | undefined {
    for (const account of this.#byLogin.values()) {
      if (account.id === id) return account;
    }
    return undefined;
  }

  /** The name and address that a commit of somebody carries. */
  signatureOf(who: string | Person): Person {
    if (typeof who !== "string") return who;
    const { name, email } = this.named(who);
    return { name, email };
  }
}

function isBotLogin(login: string): boolean {
  return login.endsWith("[bot]");
}
