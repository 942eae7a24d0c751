import { readdirSync, readlinkSync } from 'node:fs';
import { startFleetServer } from './whole-server.ts';

/** What a server holds at a moment of a soak. */
export interface SoakSample {
  readonly atMs: number;
  /** After a garbage collection. */
  readonly heapBytes: number;
  /** What keeps the event loop alive: sockets, timers, files. */
  readonly resources: number;
  /** What the open file descriptors stand for; null where the system does not tell. */
  readonly descriptors: readonly string[] | null;
  readonly online: number;
  readonly failures: number;
}

/** A whole server over units at the ports given as arguments; answers each message of its parent with a sample. */
const { heatpumps, stop } = await startFleetServer(process.argv.slice(2).map(Number));

function descriptors(): string[] | null {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').map(nameOf) : null;
}

/** Sockets differ by number only; the descriptor that listed the others is gone by now. */
function nameOf(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`).replace(/socket:.*/, 'socket');
  } catch {
    return 'the list itself';
  }
}

process.on('message', (order: 'SAMPLE' | 'END') => {
  if (order === 'END') return void stop().finally(() => process.exit());
  globalThis.gc?.();
  const all = heatpumps.list();
  const sample: SoakSample = {
    atMs: performance.now(),
    heapBytes: process.memoryUsage().heapUsed,
    resources: process.getActiveResourcesInfo().length,
    descriptors: descriptors(),
    online: all.filter(({ status }) => status.state === 'ONLINE').length,
    failures: all.reduce((sum, { counters: { errors } }) => sum + Object.values(errors).reduce((a, b) => a + b, 0), 0),
  };
  process.send?.(sample);
});
process.send?.('READY');
