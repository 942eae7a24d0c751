import { Worker } from 'node:worker_threads';
import { BackupError, type BackupErrorCode } from './backup-error.ts';
import type { BackupOrder } from './make-backup.ts';
import type { Manifest } from './manifest.ts';
import type { RestoreOrder } from './restore.ts';

/** What a thread is started for. */
export type ThreadTask =
  | { readonly type: 'MAKE'; readonly order: BackupOrder }
  | { readonly type: 'RESTORE'; readonly order: RestoreOrder };

/** What became of it; a null code is a fault, not a refusal. */
export type ThreadAnswer =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly code: BackupErrorCode | null; readonly message: string };

/** A thread on its way. */
export interface RunningThread {
  /** Throws what {@link makeBackup} and {@link prepareRestore} do, or an `Error` if the thread ends early. */
  readonly result: Promise<Manifest>;
  /** Ends it at once; what it was making is to be removed. */
  stop(): Promise<void>;
}

const MAX_HEAP_MB = 512;

/** Does a task in a thread of its own, so that the server goes on meanwhile. */
export function startTask(task: ThreadTask): RunningThread {
  const worker = start(task);
  const result = new Promise<Manifest>((resolve, reject) => {
    worker.once('message', (answer: ThreadAnswer) => (answer.ok ? resolve(answer.manifest) : reject(errorOf(answer))));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread has ended before it was done')));
  });
  return { result, stop: async () => void (await worker.terminate()) };
}

/** TypeScript needs its loader in each thread; compiled code does not. */
function start(task: ThreadTask): Worker {
  const options = { workerData: task, resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./worker.js', import.meta.url), options);
  const entry = JSON.stringify(new URL('./worker.ts', import.meta.url).href);
  const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${entry}); });`;
  return new Worker(code, { ...options, eval: true });
}

function errorOf({ code, message }: Extract<ThreadAnswer, { ok: false }>): Error {
  return code === null ? new Error(message) : new BackupError(code, message);
}
