import { readdirSync } from 'node:fs';
import { startFleetServer } from './whole-server.ts';

/** What a server holds at a moment of a soak. */
export interface SoakSample {
  readonly atMs: number;
  /** After a garbage collection. */
  readonly heapBytes: number;
  /** What keeps the event loop alive: sockets, timers, files. */
  readonly resources: number;
  /** Open file descriptors; null where the system does not tell. */
  readonly descriptors: number | null;
  readonly online: number;
  readonly failures: number;
}

/** A whole server over units at the ports given as arguments; answers each message of its parent with a sample. */
const { heatpumps, stop } = await startFleetServer(process.argv.slice(2).map(Number));

function descriptors(): number | null {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : null;
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
