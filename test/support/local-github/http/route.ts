import type { IncomingHttpHeaders } from "node:http";
import type { LocalRepository } from "../world/local-repository.js";
import { grants, type Installation } from "../world/registration.js";
import type { Token } from "../world/tokens.js";
import type { World } from "../world/world.js";
import { found, notFound, Refusal, type Answer } from "./answer.js";
import type { Identity } from "./identity.js";
import { callerOf } from "./rate-limit.js";

/** Name and level of a permission; of several, one is enough. */
export type Needed = Readonly<Record<string, "read" | "write">>;

/** One answered operation. */
export interface Route {
  /** Method and path template, as GitHub's description writes them. */
  readonly operation: string;
  /** Who may ask: the app with its own key, one of its installations, or anybody. */
  readonly asks: "app" | "installation" | "anybody";
  /** What an installation must have been granted. */
  readonly needs?: Needed;
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

/** A request, as a route sees it. */
export class Call {
  readonly world: World;
  readonly identity: Identity;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingHttpHeaders;
  /** Address that was asked for, for links to other pages. */
  readonly url: URL;

  constructor(details: CallDetails) {
    this.world = details.world;
    this.identity = details.identity;
    this.params = details.params;
    this.query = details.query;
    this.body = details.body;
    this.headers = details.headers;
    this.url = details.url;
  }

  /** The token that was sent. @throws Refusal 401 without one. */
  get token(): Token {
    if (this.identity.kind !== "installation") {
      throw new Refusal(401, "Requires authentication");
    }
    return this.identity.token;
  }

  /** Whose rate limit counts. */
  get caller(): string {
    return callerOf(this.headers);
  }

  /** The repository of the path. @throws Refusal 404 for what the token may not see. */
  get repository(): LocalRepository {
    const { owner = "", repo = "" } = this.params;
    const repository = found(this.world.findRepository(owner, repo));
    if (!this.sees(repository)) throw notFound();
    return repository;
  }

  /** A number of the path. */
  number(name: string): number {
    return Number(this.params[name]);
  }

  /** Whether the token reaches a repository. */
  sees(repository: LocalRepository): boolean {
    if (this.identity.kind !== "installation") return !repository.isPrivate;
    return tokenReaches(this.identity.token, repository);
  }
}

/** What a call is made of. */
interface CallDetails {
  readonly world: World;
  readonly identity: Identity;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingHttpHeaders;
  readonly url: URL;
}

/** Whether a token may see a repository. */
export function tokenReaches(
  { installation, repositoryIds }: Token,
  repository: LocalRepository,
): boolean {
  if (!installation.repositoryIds.has(repository.id)) return false;
  return repositoryIds === undefined || repositoryIds.has(repository.id);
}

/** @throws Refusal when whoever asks may not ask this. */
export function authorize(route: Route, identity: Identity): void {
  if (route.asks === "anybody") return;
  if (identity.kind === "anonymous") {
    throw new Refusal(401, "Requires authentication");
  }
  if (route.asks === "app") {
    if (identity.kind === "app") return;
    throw new Refusal(401, "A JSON web token could not be decoded");
  }
  if (identity.kind === "app") {
    throw new Refusal(
      403,
      "You must authenticate with an installation access token in order to read or write this resource.",
    );
  }
  refuseSuspended(identity.token.installation);
  const needed = Object.entries(route.needs ?? {});
  const granted = identity.token.permissions;
  const isGranted = needed.some(([name, level]) =>
    grants(granted, name, level),
  );
  if (needed.length > 0 && !isGranted) throw notAccessible();
}

/** The refusal for a permission that was not granted. */
function notAccessible(): Refusal {
  return new Refusal(403, "Resource not accessible by integration");
}

function refuseSuspended(installation: Installation): void {
  if (installation.suspendedAt === undefined) return;
  throw new Refusal(403, "This installation has been suspended");
}
