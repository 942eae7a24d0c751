import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What reading a fleet took, as a client process measured it over some seconds. */
export interface FleetWindow {
  readonly reads: number;
  /** User and system time of the whole process. */
  readonly cpuMicros: number;
  readonly longestStallMs: number;
  /** Ages of the units' newest values at the end: the middle one and the greatest. */
  readonly medianAgeMs: number;
  readonly greatestAgeMs: number;
  /** After a garbage collection. */
  readonly heapBytes: number;
  readonly residentBytes: number;
}

/** How a client of a fleet is looked at. */
export interface FleetProbe {
  /** Reads so far. */
  readonly reads: () => number;
  /** When each unit was last read, in milliseconds since the epoch. */
  readonly readAt: () => readonly number[];
  /** Ends all reading. */
  readonly stop: () => Promise<void>;
}

const SETTLING_MS = 5_000;
const WINDOW_MS = 10_000;
const RESOLUTION_MS = 10;

/** Lets a client settle, measures it for ten seconds, reports to the parent and ends the process. */
export async function measureFleet({ reads, readAt, stop }: FleetProbe): Promise<void> {
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  await wait(SETTLING_MS);
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const [cpuBefore, readsBefore] = [process.cpuUsage(), reads()];
  await wait(WINDOW_MS);
  const { user, system } = process.cpuUsage(cpuBefore);
  const now = Date.now();
  const ages = readAt()
    .map((at) => now - at)
    .sort((a, b) => a - b);
  delay.disable();
  const count = reads() - readsBefore;
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const window: FleetWindow = {
    reads: count,
    cpuMicros: user + system,
    longestStallMs: Math.max(0, delay.max / 1e6 - RESOLUTION_MS),
    medianAgeMs: ages[Math.floor(ages.length / 2)] ?? 0,
    greatestAgeMs: ages.at(-1) ?? 0,
    heapBytes: heapUsed,
    residentBytes: rss,
  };
  process.send?.(window, () => void stop().finally(() => process.exit()));
}
