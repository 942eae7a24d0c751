import { readFileSync } from 'node:fs';

/** What the process of the server tells of itself. */
export interface Measurement {
  /** The longest time since the last measurement that nobody was served, in milliseconds. */
  readonly longestDelayMs: number;
  /** What cannot be done without, in bytes. */
  readonly usedBytes: number;
}

/** Loaded into the server's process before the server: answers each message with a measurement. */
const TICK_MS = 2;
let lastAt = performance.now();
let lastWaitedMs = waitedMs();
let longestDelayMs = 0;

/** How long the main thread was ready to run, and the computer busy with others: Linux counts that; elsewhere it is not known. */
function waitedMs(): number {
  try {
    const [, waitedNs] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
    return Number(waitedNs) / 1e6;
  } catch {
    return 0;
  }
}

setInterval(() => {
  const now = performance.now();
  const waited = waitedMs();
  longestDelayMs = Math.max(longestDelayMs, now - lastAt - TICK_MS - (waited - lastWaitedMs));
  lastAt = now;
  lastWaitedMs = waited;
}, TICK_MS);

process.on('message', () => {
  const delayMs = longestDelayMs;
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ longestDelayMs: delayMs, usedBytes: heapUsed + external } satisfies Measurement);
  // Collecting garbage was our wish, not the server's.
  lastAt = performance.now();
  lastWaitedMs = waitedMs();
  longestDelayMs = 0;
});
