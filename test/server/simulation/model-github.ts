import type { Octokit } from "#github/octokit.js";

/** A check run in the model. */
export interface ModelRun {
  readonly id: number;
  readonly name: string;
  readonly head_sha: string;
  readonly external_id: string;
  readonly started_at: string;
  status: string;
  conclusion: string | null;
}

/** A pull request in the model. */
export interface ModelPull {
  readonly number: number;
  head: string;
  isOpen: boolean;
  /** Heads that it had before. */
  readonly earlier: string[];
}

/** A webhook as GitHub lists it. */
export interface ModelDelivery {
  readonly id: number;
  readonly guid: string;
  readonly body: string;
  readonly at: number;
  statusCode: number;
}

/** The place that every pull request of the model lives in. */
export const place = {
  installationId: 7,
  repositoryId: 42,
  owner: "acme",
  repo: "shop",
};

type Parameters = Readonly<Record<string, unknown>>;

/** The part of GitHub that our writes and our reconciling meet, in memory and under a clock of its own. */
export class ModelGitHub {
  /** In a far future, so that a limit's end lies ahead of the machine's clock, too. */
  clock = Date.parse("2100-01-01T00:00:00Z");
  readonly pulls = new Map<number, ModelPull>();
  readonly runs: ModelRun[] = [];
  readonly deliveries: ModelDelivery[] = [];
  /** Deliveries that are under way; GitHub promises no order. */
  readonly underWay: ModelDelivery[] = [];
  #lastId = 100;

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Answers as the interface does. */
  answer(route: string, given: Parameters): unknown {
    switch (route) {
      case "GET /app/installations":
        return [{ id: place.installationId, suspended_at: null }];
      case "GET /installation/repositories":
        return { repositories: [this.#repository()] };
      case "GET /repos/{owner}/{repo}/pulls":
        return this.openPulls().map((pull) => this.#present(pull));
      case "GET /repos/{owner}/{repo}/pulls/{pull_number}":
        return this.#present(this.pull(Number(given["pull_number"])));
      case "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": {
        const found = this.runs.filter((run) => run.head_sha === given["ref"]);
        return { check_runs: found.map((run) => ({ ...run })) };
      }
      case "POST /repos/{owner}/{repo}/check-runs":
        return this.#create(given);
      case "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}":
        return this.#update(given);
      case "GET /app/hook/deliveries":
        return this.deliveries.toReversed().map((delivery) => ({
          id: delivery.id,
          guid: delivery.guid,
          delivered_at: new Date(delivery.at).toISOString(),
          status_code: delivery.statusCode,
        }));
      case "POST /app/hook/deliveries/{delivery_id}/attempts":
        return this.#redeliver(Number(given["delivery_id"]));
      default:
        throw new Error(`The model knows no ${route}.`);
    }
  }

  openPulls(): readonly ModelPull[] {
    return [...this.pulls.values()].filter(({ isOpen }) => isOpen);
  }

  pull(number: number): ModelPull {
    const found = this.pulls.get(number);
    if (!found) throw new Error(`There is no pull request ${String(number)}.`);
    return found;
  }

  /** Sends an event on its way. */
  emit(action: string, number: number): void {
    const id = this.nextId();
    const { owner, repo, installationId, repositoryId } = place;
    const body = JSON.stringify({
      ...{ action, number },
      installation: { id: installationId },
      repository: { id: repositoryId, name: repo, owner: { login: owner } },
      sender: { id: 1, login: "vera" },
      pull_request: { number, head: { sha: this.pull(number).head } },
    });
    const guid = `guid-${String(id)}`;
    const delivery = { id, guid, body, at: this.clock, statusCode: 0 };
    this.deliveries.push(delivery);
    this.underWay.push(delivery);
  }

  #redeliver(id: number): object {
    const first = this.deliveries.find((delivery) => delivery.id === id);
    if (!first) throw new Error(`There is no delivery ${String(id)}.`);
    const at = this.clock;
    const again = { ...first, id: this.nextId(), at, statusCode: 0 };
    this.deliveries.push(again);
    this.underWay.push(again);
    return {};
  }

  #create(given: Parameters): ModelRun {
    const run: ModelRun = {
      id: this.nextId(),
      name: String(given["name"]),
      head_sha: String(given["head_sha"]),
      external_id: String(given["external_id"]),
      started_at: String(
        given["started_at"] ?? new Date(this.clock).toISOString(),
      ),
      status: String(given["status"]),
      conclusion: (given["conclusion"] as string | undefined) ?? null,
    };
    this.runs.push(run);
    return { ...run };
  }

  #update(given: Parameters): ModelRun {
    const run = this.runs.find(({ id }) => id === given["check_run_id"]);
    if (!run) throw new Error("There is no such run.");
    run.status = String(given["status"] ?? run.status);
    run.conclusion =
      (given["conclusion"] as string | undefined) ?? run.conclusion;
    return { ...run };
  }

  #present({ number, head, isOpen }: ModelPull) {
    return {
      number,
      state: isOpen ? "open" : "closed",
      head: { sha: head },
      base: { ref: "main", repo: { default_branch: "main" } },
    };
  }

  #repository() {
    const { repositoryId: id, repo: name, owner: login } = place;
    return { id, name, owner: { login } };
  }
}

/** An error as Octokit throws it. */
export function httpError(
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Error {
  return Object.assign(new Error(`HTTP ${String(status)}`), {
    name: "HttpError",
    status,
    response: { status, headers, data: { message: "" } },
  });
}

/** A client whose requests are carried by the simulation. */
export function clientOver(
  carry: (route: string, given: Parameters) => Promise<unknown>,
): Octokit {
  return {
    request: async (route, given = {}) => {
      const { request: _sent, headers: _headers, ...rest } = given;
      return { status: 200, data: await carry(route, rest), headers: {} };
    },
    graphql: () => Promise.reject(new Error("The model speaks no GraphQL.")),
  };
}
