import { monitorEventLoopDelay } from "node:perf_hooks";

const resolutionMs = 20;
const nanosecondsPerSecond = 1e9;

/** Watches how long this process was kept from answering. @returns the longest time in seconds since it was asked last. */
export function watchEventLoop(): () => number {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  return () => {
    const { max, count } = delays;
    delays.reset();
    return count === 0 ? 0 : max / nanosecondsPerSecond;
  };
}
