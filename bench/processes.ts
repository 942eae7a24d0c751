import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The folder of the project; the compiled benchmarks lie below `dist/bench`. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Where rivals that are none of our own dependencies are installed, by `npm install --prefix bench --ignore-scripts`. */
export const RIVALS = `${ROOT}bench/`;

/**
 * Client and device get a core each: waking a process on another core costs much more than on the same one, and
 * where the system happens to put them would decide the comparison.
 */
export const CLIENT_CORE = '0';
export const DEVICE_CORE = '1';
const canPin = cpus().length > 1 && existsSync('/usr/bin/taskset');

/** Starts one of the files beside this one as a process of its own. */
export function start(name: string, core: string, ...args: (string | number)[]): ChildProcess {
  const module = `${ROOT}dist/bench/bench/${name}.js`;
  const node = ['--expose-gc'];
  const pinned = { execPath: '/usr/bin/taskset', execArgv: ['-c', core, process.execPath, ...node] };
  return fork(module, args.map(String), canPin ? pinned : { execArgv: node });
}

/** The next message of a process; fails if it ends without one. */
export async function messageOf<T>(child: ChildProcess): Promise<T> {
  const settled = new AbortController();
  const { signal } = settled;
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`a process of the benchmark ended with ${code}`);
  });
  const [message] = await Promise.race([once(child, 'message', { signal }), ended]);
  ended.catch(() => {});
  settled.abort();
  return message as T;
}

/** The one message of a process that ends by itself. */
export async function resultOf<T>(name: string): Promise<T> {
  const child = fork(`${ROOT}dist/bench/bench/${name}.js`, { execArgv: [] });
  const result = await messageOf<T>(child);
  if (child.exitCode === null) await once(child, 'exit');
  return result;
}
