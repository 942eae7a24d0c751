import type { Worker } from 'node:worker_threads';
import { AppError, rateLimited } from '../domain/errors.ts';
import type { NumberedAnswer, ReaderAnswers, ReaderQuestion, WriterData } from './worker-messages.ts';
import { startThread } from './worker-thread.ts';

interface Waiting {
  readonly resolve: (answer: ReaderAnswers[keyof ReaderAnswers]) => void;
  readonly reject: (error: Error) => void;
}

/** Questions that may wait at once; beyond that more of them would only make all slower. */
const MAX_WAITING = 200;
/** As long as the slowest of them take. */
const BUSY_MS = 1_000;

/** Asks the reading thread, which is started with the first question, and again if it should end. */
export class ReadThread {
  readonly #data: WriterData;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #lastId = 0;

  constructor(data: WriterData) {
    this.#data = data;
  }

  /** The answer. Rejects with `RATE_LIMITED` if too much is asked at once, `UNREACHABLE` if the file cannot be read. */
  ask<T extends ReaderQuestion['type']>(question: Extract<ReaderQuestion, { type: T }>): Promise<ReaderAnswers[T]> {
    if (this.#waiting.size >= MAX_WAITING) {
      return Promise.reject(rateLimited('too many questions about the history at once', BUSY_MS));
    }
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      this.#worker ??= this.#start();
      this.#worker.postMessage({ id, question });
    });
  }

  /** Ends the thread; what is still being asked is refused. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('close');
    await ended;
  }

  #start(): Worker {
    const worker = startThread('read-worker', this.#data);
    worker.on('message', (answer: NumberedAnswer) => this.#settle(answer));
    worker.on('error', (error) => this.#lose(worker, error.message));
    worker.on('exit', () => this.#lose(worker, 'the server is being stopped'));
    return worker;
  }

  #settle(answer: NumberedAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.ok) waiting?.resolve(answer.answer);
    else waiting?.reject(unreadable(answer.error));
  }

  #lose(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(unreadable(reason));
    this.#waiting.clear();
  }
}

function unreadable(reason: string): AppError {
  return new AppError('UNREACHABLE', `the recorded history cannot be read: ${reason}`);
}
