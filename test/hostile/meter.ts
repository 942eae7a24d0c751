import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What the process of the server tells of itself. */
export interface Measurement {
  /** The longest time since the last measurement that nobody was served, in milliseconds. */
  readonly longestDelayMs: number;
  /** What cannot be done without, in bytes. */
  readonly usedBytes: number;
}

/** Loaded into the server's process before the server: answers each message with a measurement. */
const RESOLUTION_MS = 2;
const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
histogram.enable();

process.on('message', () => {
  const longestDelayMs = Math.max(0, histogram.max / 1e6 - RESOLUTION_MS);
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ longestDelayMs, usedBytes: heapUsed + external } satisfies Measurement);
  histogram.reset();
});
