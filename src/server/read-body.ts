import type { IncomingMessage } from "node:http";

/** A request's body was not taken. `status` is what the sender is told. */
export class BodyError extends Error {
  override readonly name = "BodyError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** How much of a body is taken, and until when. */
export interface BodyLimits {
  /** Called with the size of each piece; may throw to stop the reading. */
  readonly onBytes: (count: number) => void;
  /** Aborted, with a BodyError as reason, when the sender took too long. */
  readonly signal: AbortSignal;
}

/**
 * Reads a whole body into memory.
 *
 * @throws BodyError when a limit is passed or the sender goes away in the middle.
 */
export function readBody(
  request: IncomingMessage,
  { onBytes, signal }: BodyLimits,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    const stop = (error: unknown): void => {
      request.removeAllListeners("data");
      request.pause();
      reject(error as Error);
    };
    signal.addEventListener("abort", () => {
      stop(signal.reason);
    });
    request.on("data", (piece: Buffer) => {
      try {
        onBytes(piece.length);
        pieces.push(piece);
      } catch (error) {
        stop(error);
      }
    });
    request.on("end", () => {
      resolve(Buffer.concat(pieces));
    });
    request.on("error", stop);
    request.on("close", () => {
      stop(new BodyError(400, "The sender went away."));
    });
  });
}
