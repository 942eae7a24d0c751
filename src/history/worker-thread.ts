import { Worker } from 'node:worker_threads';
import type { WriterData } from './worker-messages.ts';

/** Most memory of a thread, in MB; beyond it the thread ends, not the server. */
const MAX_HEAP_MB = 512;

/** Starts one of the threads beside this file. TypeScript needs its loader in each thread; compiled code does not. */
export function startThread(name: 'write-worker' | 'read-worker', { file, retention }: WriterData): Worker {
  const workerData: WriterData = { file, retention };
  const options = { workerData, resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`./${name}.js`, import.meta.url), options);
  const entry = JSON.stringify(new URL(`./${name}.ts`, import.meta.url).href);
  const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${entry}); });`;
  return new Worker(code, { ...options, eval: true });
}
