import type { RecordWrite, Records } from "./records.js";

/** Something that wants doing. Jobs with one key are one job: the newest state matters, not each event. */
export interface Job {
  /** What it is about, for example `pull:42:17`. */
  readonly key: string;
  /** Who shares the turns: groups are served in rotation, so that none starves the others. */
  readonly group: string;
  /** Plain JSON that only the server understands. */
  readonly payload: unknown;
  /** Higher goes first within its group. */
  readonly priority: number;
}

/** The envelope that jobs came in. */
export interface Delivery {
  /** The sender's own id of the event; the same id again is the same event. */
  readonly id: string;
  readonly event: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** A job in hand, under a lease. */
export interface Claim {
  readonly key: string;
  readonly group: string;
  /** All that was wanted since the last finished run, merged. */
  readonly payload: unknown;
  /** Names this lease, and grows with every claim in the store: usable as a fence for records. */
  readonly token: number;
  /** Runs that failed or died before this one and count as tries. */
  readonly tries: number;
  /** All runs before this one that did not finish, counted or not. */
  readonly deferrals: number;
  /** How many wishes this run answers; later ones cause one more run. */
  readonly wanted: number;
}

/** When a job that could not be finished is due again. */
export interface Retry {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** False when the outside world was at fault. */
  readonly countsAsTry: boolean;
}

/** The queue in numbers. */
export interface QueueStats {
  /** Jobs that wait or run. */
  readonly depth: number;
  /** Jobs under a lease. */
  readonly running: number;
  readonly parked: number;
  /** How long the oldest waiting job has been wanted; 0 when none waits. */
  readonly oldestAgeMs: number;
}

/** A job that was given up until somebody looks at it or it is wanted again. */
export interface ParkedJob {
  readonly key: string;
  readonly group: string;
  readonly payload: unknown;
  readonly because: string;
  /** Milliseconds since 1970. */
  readonly parkedAt: number;
}

/** A job as an operator sees it. Times are milliseconds since 1970. */
export interface ListedJob {
  readonly key: string;
  readonly group: string;
  readonly priority: number;
  readonly state: "running" | "waiting";
  /** When it is due. */
  readonly at: number;
  readonly tries: number;
  readonly deferrals: number;
}

/** A group that is not served for a while. */
export interface Pause {
  readonly group: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/**
 * A durable queue of wishes. It never knows what a job means.
 * Every call that changes something has reached the disk when its promise resolves, and rejects when it could not.
 */
export interface Queue {
  /**
   * Stores the delivery's id and folds its jobs into what is wanted, all in one transaction.
   *
   * @returns `known` when this id was committed before; nothing changes then.
   */
  readonly accept: (
    delivery: Delivery,
    jobs: readonly Job[],
    records?: readonly RecordWrite[],
  ) => Promise<"stored" | "known">;
  /** Wants jobs that no delivery brought. */
  readonly add: (jobs: readonly Job[]) => Promise<void>;
  /** The next job in fair order under a fresh lease, or undefined when nothing is due. */
  readonly claim: () => Promise<Claim | undefined>;
  /** Prolongs the lease; false when it was lost, and the work must not be written any more. */
  readonly extend: (claim: Claim) => Promise<boolean>;
  /** Done; runs once more when it was wanted again meanwhile. False when the lease was lost. */
  readonly finish: (claim: Claim) => Promise<boolean>;
  /** Not done; due again later. False when the lease was lost. */
  readonly retry: (claim: Claim, retry: Retry) => Promise<boolean>;
  /** Given up until it is wanted again. False when the lease was lost. */
  readonly park: (claim: Claim, because: string) => Promise<boolean>;
  /** Serves nothing of this group before the given time (milliseconds since 1970). A later pause stays. */
  readonly pauseGroup: (group: string, until: number) => Promise<void>;
  /** Within this group the newest wishes go first until the given time, because not all can be answered. A later end stays. */
  readonly preferNewest: (group: string, until: number) => Promise<void>;
  /** Forgets all jobs of a group, also those in hand: their leases are lost. */
  readonly dropGroup: (group: string) => Promise<void>;
  readonly stats: () => Promise<QueueStats>;
  /** The jobs that run or wait, those due first. @param limit - At most this many. */
  readonly list: (limit: number) => Promise<readonly ListedJob[]>;
  /** The groups that wait for a time to pass. */
  readonly pauses: () => Promise<readonly Pause[]>;
  readonly parked: () => Promise<readonly ParkedJob[]>;
  /** Forgets ids of deliveries that came before the given time (milliseconds since 1970). */
  readonly forgetDeliveries: (before: number) => Promise<void>;
}

/** What keeps the queue and the records, in one store. */
export interface Keeper {
  readonly queue: Queue;
  readonly records: Records;
  /** Writes and commits something. @throws when the store does not take it. */
  readonly checkWritable: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What every keeper is told when it is opened. */
export interface KeeperOptions {
  /** Milliseconds since 1970. A keeper on a database server goes by that server's clock instead: all share that one. */
  readonly now: () => number;
  /** How long a claim holds without being prolonged. */
  readonly leaseMs: number;
  /** Jobs of one group that may run at once. */
  readonly groupCap: number;
  /** Folds a later payload into an earlier one of the same job. Pure. */
  readonly merge: (earlier: unknown, later: unknown) => unknown;
}
