import { createHmac, randomUUID } from "node:crypto";
import type { LocalRepository } from "../world/local-repository.js";
import {
  grants,
  type Installation,
  type Permissions,
} from "../world/registration.js";
import { isoSeconds } from "../world/notation.js";
import type { World } from "../world/world.js";
import { post, type PostAnswer } from "./post.js";

/** One attempt to deliver a webhook, as `GET /app/hook/deliveries` lists it. */
export interface HookDelivery {
  readonly id: number;
  /** The same for each attempt at one event; sent as `X-GitHub-Delivery`. */
  readonly guid: string;
  readonly event: string;
  readonly action: string | undefined;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly installationId: number | undefined;
  readonly repositoryId: number | undefined;
  readonly redelivery: boolean;
  readonly deliveredAt: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** Seconds. */
  duration: number;
  /** 0 until there is an answer. */
  statusCode: number;
  /** GitHub's word for the outcome: `OK`, `failed to connect`, `held`. */
  status: string;
  responseBody: string;
}

/** What an event is about. */
export interface HookSubject {
  readonly repository?: LocalRepository | undefined;
  readonly installation?: Installation | undefined;
  readonly guid?: string | undefined;
}

/** What an app must be allowed to read before it is told of an event. */
const neededPermission: Readonly<Record<string, string>> = {
  check_run: "checks",
  check_suite: "checks",
  issue_comment: "pull_requests",
  merge_group: "merge_queues",
  pull_request: "pull_requests",
  pull_request_review: "pull_requests",
  push: "contents",
};

/** Signs webhooks, sends them, and remembers each attempt. */
export class HookDeliveries {
  readonly list: HookDelivery[] = [];
  /** Where webhooks go; undefined keeps them in the list, unsent. */
  target: string | undefined;
  secret = "";
  /** How long a receiver may take; GitHub gives up after ten seconds. */
  timeoutMs = 10_000;
  /** While true nothing is sent. */
  isHeld = false;
  readonly #world: World;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #held: HookDelivery[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /**
   * Tells the app of an event, if it listens to it and may know of it.
   *
   * @returns The delivery once it was answered, or undefined when it is not due.
   */
  async emit(
    event: string,
    payload: Readonly<Record<string, unknown>>,
    subject: HookSubject,
  ): Promise<HookDelivery | undefined> {
    if (!this.#isDue(event, subject.installation)) return undefined;
    const action = payload["action"] as string | undefined;
    const name = action ? `${event}.${action}` : event;
    const faults = this.#world.contract.faultsInWebhook(name, payload);
    if (faults.length > 0) {
      this.#world.violations.push({ kind: "webhook", operation: name, faults });
    }
    return this.deliver(event, payload, subject);
  }

  /** Delivers any payload, without asking whether it is due or well formed. */
  deliver(
    event: string,
    payload: Readonly<Record<string, unknown>>,
    subject: HookSubject = {},
  ): Promise<HookDelivery> {
    const guid = subject.guid ?? randomUUID();
    return this.#attempt({
      guid,
      event,
      action: payload["action"] as string | undefined,
      payload,
      installationId: subject.installation?.id,
      repositoryId: subject.repository?.id,
      redelivery: this.list.some((delivery) => delivery.guid === guid),
    });
  }

  /** Sends an event once more, under the same `X-GitHub-Delivery`. */
  redeliver(idOrGuid: number | string): Promise<HookDelivery> {
    const first = this.list.find(
      ({ id, guid }) => id === idOrGuid || guid === idOrGuid,
    );
    if (!first) throw new Error(`No delivery ${String(idOrGuid)}.`);
    return this.#attempt({ ...first, redelivery: true });
  }

  /** Sends what was held, oldest first, and holds no more. */
  async release(): Promise<void> {
    this.isHeld = false;
    for (const delivery of this.#held.splice(0)) await this.#send(delivery);
  }

  /**
   * Lets something go on after the request that caused it was answered: the app
   * may be waiting for that answer. A failure is a violation.
   */
  inBackground(work: Promise<unknown>): void {
    const noted = work.catch((error: unknown) => {
      const said = error instanceof Error ? error.stack : String(error);
      this.#world.violations.push({
        kind: "internal",
        operation: "in the background",
        faults: [said ?? "unknown"],
      });
    });
    this.#underWay.add(noted);
    void noted.finally(() => this.#underWay.delete(noted));
  }

  /** Resolves when no delivery is under way. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  #isDue(event: string, installation: Installation | undefined): boolean {
    if (event.startsWith("installation")) return true;
    if (!installation || installation.suspendedAt) return false;
    if (!this.#world.registration.events.includes(event)) return false;
    const needed = neededPermission[event];
    const granted: Permissions = installation.permissions;
    return needed === undefined || grants(granted, needed, "read");
  }

  #attempt(
    details: Pick<
      HookDelivery,
      | "guid"
      | "event"
      | "action"
      | "payload"
      | "installationId"
      | "repositoryId"
      | "redelivery"
    >,
  ): Promise<HookDelivery> {
    const body = JSON.stringify(details.payload);
    const delivery: HookDelivery = {
      ...details,
      id: this.#world.nextId(),
      deliveredAt: isoSeconds(this.#world.now()),
      requestHeaders: this.#headers(details.event, details.guid, body),
      duration: 0,
      statusCode: 0,
      status: "held",
      responseBody: "",
    };
    this.list.push(delivery);
    if (this.isHeld || this.target === undefined) {
      if (this.isHeld) this.#held.push(delivery);
      return Promise.resolve(delivery);
    }
    return this.#send(delivery);
  }

  #headers(event: string, guid: string, body: string): Record<string, string> {
    const sign = (algorithm: "sha1" | "sha256") =>
      `${algorithm}=${createHmac(algorithm, this.secret).update(body).digest("hex")}`;
    return {
      accept: "*/*",
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/10ca1",
      "x-github-delivery": guid,
      "x-github-event": event,
      "x-github-hook-id": "1",
      "x-github-hook-installation-target-id": String(
        this.#world.registration.id,
      ),
      "x-github-hook-installation-target-type": "integration",
      "x-hub-signature": sign("sha1"),
      "x-hub-signature-256": sign("sha256"),
    };
  }

  #send(delivery: HookDelivery): Promise<HookDelivery> {
    const { target } = this;
    if (target === undefined) return Promise.resolve(delivery);
    const sending = this.#post(target, delivery);
    this.inBackground(sending);
    return sending;
  }

  async #post(target: string, delivery: HookDelivery): Promise<HookDelivery> {
    const started = performance.now();
    const answer: PostAnswer = await post(target, {
      headers: delivery.requestHeaders,
      body: JSON.stringify(delivery.payload),
      timeoutMs: this.timeoutMs,
    });
    delivery.duration = Math.round(performance.now() - started) / 1000;
    delivery.statusCode = answer.statusCode;
    delivery.status = answer.status;
    delivery.responseBody = answer.body;
    return delivery;
  }
}
