// A load that does not wait for what it measures.

/** Acts as often as told, each time when it is due, whether or not what came before has ended. Resolves when all has. */
export async function openLoop(count, everyMs, act) {
  const started = performance.now();
  const acts = [];
  for (let index = 0; index < count; index++) {
    const due = started + index * everyMs;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resume) => setTimeout(resume, wait));
    acts.push(act(due, index));
  }
  await Promise.all(acts);
}

/** Times in words. */
export function percentiles(times) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part) =>
    Math.round(
      sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))],
    );
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`;
}

/** Puts them into another order. */
export function shuffle(items) {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [items[at], items[other]] = [items[other], items[at]];
  }
}
