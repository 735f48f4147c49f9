import type { IncomingHttpHeaders } from "node:http";
import { requestFaults, responseFaults } from "../contract/request-check.js";
import type { Violation, World } from "../world/world.js";
import { Refusal, type Answer } from "./answer.js";
import { identify } from "./identity.js";
import { authorize, Call } from "./route.js";
import type { Match, Router } from "./router.js";

/** A request whose body was read to its end. */
export interface ReadRequest {
  readonly method: string;
  /** Without `/api/v3`. */
  readonly path: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers requests: finds the route, lets in, checks against the contract, acts, checks again. */
export class Responder {
  readonly #world: World;
  readonly #router: Router;

  constructor(world: World, router: Router) {
    this.#world = world;
    this.#router = router;
  }

  /** Method and path template of what is asked; undefined when nothing answers there. */
  operationOf(request: ReadRequest): string | undefined {
    return this.#router.find(request.method, request.path)?.route.operation;
  }

  /** Never throws: what goes wrong is an answer and a violation. */
  async answer(request: ReadRequest): Promise<Answer> {
    const match = this.#router.find(request.method, request.path);
    const label = match?.route.operation ?? `${request.method} ${request.path}`;
    try {
      if (!match) {
        this.#violate("request", label, ["the local GitHub has no such route"]);
        throw new Refusal(404, "Not Found");
      }
      return await this.#act(match, request);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      const said = error instanceof Error ? error.stack : String(error);
      this.#violate("internal", label, [said ?? "unknown"]);
      return new Refusal(500, "Server Error").answer;
    }
  }

  async #act({ route, params }: Match, request: ReadRequest): Promise<Answer> {
    const identity = identify(this.#world, request.headers.authorization);
    authorize(route, identity);
    const body = parsedBody(request);
    const query = Object.fromEntries(request.url.searchParams);
    this.#checkRequest(route.operation, { params, query, body });
    const call = new Call({
      world: this.#world,
      identity,
      params,
      query,
      body: (body ?? {}) as Record<string, unknown>,
      headers: request.headers,
      url: request.url,
    });
    const answer = await route.handle(call);
    this.#checkAnswer(route.operation, answer);
    return answer;
  }

  #checkRequest(
    label: string,
    request: Parameters<typeof requestFaults>[2],
  ): void {
    const { contract } = this.#world;
    const operation = contract.operations[label];
    if (!operation) return;
    const faults = requestFaults(contract, operation, request);
    if (faults.length === 0) return;
    this.#violate("request", label, faults);
    const message = `Invalid request.\n\n${faults.join("\n")}`;
    throw new Refusal(422, message);
  }

  #checkAnswer(label: string, answer: Answer): void {
    const { contract } = this.#world;
    const operation = contract.operations[label];
    const { status, body } = answer;
    // Bytes are what a raw media type asked for; the description is of JSON.
    if (!operation || Buffer.isBuffer(body)) return;
    const faults = responseFaults(contract, operation, status, body);
    if (faults.length > 0) this.#violate("response", label, faults);
  }

  #violate(
    kind: Violation["kind"],
    operation: string,
    faults: readonly string[],
  ): void {
    this.#world.violations.push({ kind, operation, faults });
  }
}

/** JSON, or what a browser's form sends. */
function parsedBody({ body, headers }: ReadRequest): unknown {
  if (body === "") return undefined;
  if (headers["content-type"]?.includes("x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new Refusal(400, "Problems parsing JSON");
  }
}
