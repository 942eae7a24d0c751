import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../domain/errors.ts';
import { BackupError } from './backup-error.ts';
import { makeBackup } from './make-backup.ts';
import { prepareRestore } from './restore.ts';
import type { ThreadAnswer, ThreadTask } from './thread.ts';

/** The thread that makes or checks one backup. */
async function perform(task: ThreadTask): Promise<ThreadAnswer> {
  try {
    const manifest = task.type === 'MAKE' ? await makeBackup(task.order) : await prepareRestore(task.order);
    return { ok: true, manifest };
  } catch (thrown) {
    return { ok: false, code: thrown instanceof BackupError ? thrown.code : null, message: messageOf(thrown) };
  }
}

void perform(workerData as ThreadTask).then((answer) => parentPort?.postMessage(answer));
