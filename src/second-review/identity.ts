/** Someone or something that acts on GitHub, or that a commit names. Known by any of its three marks. */
export interface Identity {
  /** GitHub's number; survives a rename. */
  readonly id?: number;
  readonly login?: string;
  /** Address in a commit; the only mark where GitHub maps it to no account. */
  readonly email?: string;
  /** `Unknown` for an address without an account. */
  readonly type: "User" | "Bot" | "Organization" | "Unknown";
  /** Known to be an AI agent, whatever its type says. */
  readonly isAgent?: boolean;
}

/**
 * An address of the form `ID+login@users.noreply.github.com` names its account; older ones name the login alone.
 *
 * @see https://docs.github.com/account-and-profile/setting-up-and-managing-your-personal-account-on-github/managing-email-preferences/setting-your-commit-email-address
 */
export function withAccountOfEmail(identity: Identity): Identity {
  if (identity.id !== undefined || identity.login !== undefined)
    return identity;
  const [, id, login] =
    /^(?:(\d{1,15})\+)?([\w-]{1,60}(?:\[bot\])?)@users\.noreply\.github\.com$/i.exec(
      identity.email ?? "",
    ) ?? [];
  if (login === undefined) return identity;
  return {
    ...identity,
    ...(id !== undefined && { id: Number(id) }),
    login,
    type: isBotLogin(login) ? "Bot" : "User",
  };
}

/** Whether a login, or an entry of the configuration, says that it is a bot's. */
export function isBotLogin(login: string): boolean {
  return /\[bot\]$/i.test(login);
}

/**
 * Whether an entry of the configuration names this account. REST ends a bot's login in `[bot]`, GraphQL does not; an
 * entry with that ending never names a person.
 */
export function isNamed(identity: Identity, entry: string): boolean {
  if (identity.login === undefined) return false;
  if (isBotLogin(entry) && !isBot(identity)) return false;
  return bareLogin(identity.login) === bareLogin(entry.replace(/^@/, ""));
}

/** Whether any entry of a list names this account. */
export function isOnList(identity: Identity, list: readonly string[]): boolean {
  return list.some((entry) => isNamed(identity, entry));
}

/** Which identities are one and the same person. */
export interface People {
  /** Equal for equal people; undefined for an address that belongs to no account. */
  readonly keyOf: (identity: Identity | undefined) => string | undefined;
}

/**
 * Joins what belongs together: numbers with the logins that they were seen with, and the accounts that the
 * configuration declares to be one person.
 */
export function indexPeople(
  identities: readonly Identity[],
  samePerson: readonly (readonly string[])[],
): People {
  const groups = new Groups();
  for (const identity of identities) groups.join(marksOf(identity));
  for (const group of samePerson)
    groups.join(group.map((login) => loginMark({ login, type: "Unknown" })));
  return {
    keyOf: (identity) => {
      const [mark] = identity ? marksOf(identity) : [];
      return mark === undefined ? undefined : groups.rootOf(mark);
    },
  };
}

function marksOf(given: Identity): string[] {
  const identity = withAccountOfEmail(given);
  const { id, login } = identity;
  // An address can claim any number together with any login, so only its number counts.
  const isClaimed = identity !== given;
  return [
    ...(id === undefined ? [] : [`id:${String(id)}`]),
    ...(login === undefined || (isClaimed && id !== undefined)
      ? []
      : [loginMark({ ...identity, login })]),
  ];
}

function loginMark(identity: Identity & { readonly login: string }): string {
  const kind = isBot(identity) ? "bot" : "login";
  return `${kind}:${bareLogin(identity.login)}`;
}

function isBot(identity: Identity): boolean {
  return (
    identity.type === "Bot" ||
    (identity.login !== undefined && isBotLogin(identity.login))
  );
}

function bareLogin(login: string): string {
  return login.toLowerCase().replace(/\[bot\]$/, "");
}

/** Sets that grow together. */
class Groups {
  readonly #parents = new Map<string, string>();

  join(marks: readonly string[]): void {
    const [first, ...others] = marks;
    if (first === undefined) return;
    for (const mark of others) {
      const [one, other] = [this.rootOf(first), this.rootOf(mark)].sort();
      if (one !== other) this.#parents.set(String(other), String(one));
    }
  }

  rootOf(mark: string): string {
    let root = mark;
    for (
      let parent = this.#parents.get(root);
      parent !== undefined;
      parent = this.#parents.get(root)
    )
      root = parent;
    return root;
  }
}
