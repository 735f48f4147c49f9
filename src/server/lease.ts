import type { Claim, Queue } from "#queue/queue.js";

/** A job's hold on its subject while it runs. */
export interface Lease {
  /** Grows with every claim: records written with it are never overwritten by an older run. */
  readonly fence: number;
  /** An earlier run ended without an answer: it may have left something behind on GitHub. */
  readonly isRetry: boolean;
  /** Aborted when the hold is lost or the server stops: from then on nothing may be written. */
  readonly signal: AbortSignal;
  /** Asks the store whether the hold still stands. Ask right before each write to GitHub. */
  readonly isHeld: () => Promise<boolean>;
}

/** A lease together with the means to end it. */
export interface HeldLease extends Lease {
  readonly abort: (reason: Error) => void;
  /** Stops prolonging it. */
  readonly end: () => void;
}

/** Another process took the job over, because this one did not prolong its lease in time. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

/** Prolongs a claim's lease, three times within its length, until it ends or is lost. */
export function heldLease(
  claim: Claim,
  queue: Queue,
  leaseMs: number,
): HeldLease {
  const controller = new AbortController();
  const isHeld = async (): Promise<boolean> => {
    if (controller.signal.aborted) return false;
    const held = await queue.extend(claim);
    if (!held) controller.abort(new LeaseLost("Another run took the job."));
    return held;
  };
  const heartbeat = setInterval(() => {
    // A store that fails for a moment does not end the lease; when it fails for long, the lease runs out.
    isHeld().catch(() => undefined);
  }, leaseMs / 3);
  const end = (): void => {
    clearInterval(heartbeat);
  };
  return {
    fence: claim.token,
    isRetry: claim.tries + claim.deferrals > 0,
    signal: controller.signal,
    isHeld,
    abort: (reason) => {
      end();
      controller.abort(reason);
    },
    end,
  };
}
