import { parentPort, workerData } from 'node:worker_threads';
import type { WriterData, WriterTask } from './worker-messages.ts';
import { WriterTasks } from './writer-tasks.ts';

/** The thread that owns the file: does one task after the other and answers each. */
const tasks = new WriterTasks(workerData as WriterData);

parentPort?.on('message', (task: WriterTask) => {
  if (task.type === 'close') {
    tasks.close();
    parentPort?.close();
    return;
  }
  const answer = tasks.perform(task);
  parentPort?.postMessage(answer, answer.type === 'failed' && answer.batch ? [answer.batch.buffer] : []);
});
