import { messageOf } from '../domain/errors.ts';
import { openForWriting } from './history-file.ts';
import { HistoryWriter, type Written } from './history-writer.ts';
import { KeptFile } from './kept-file.ts';
import type { Layout } from './layout-table.ts';
import type { WriterAnswer, WriterData, WriterTask } from './worker-messages.ts';

/** A task that is answered. */
export type AnsweredTask = Exclude<WriterTask, { type: 'close' }>;

const NOTHING: Written = { values: 0, corrections: [] };

/**
 * Does the tasks of the writing thread, one after the other. After a fault the file is opened anew, for what the writer
 * remembers may be ahead of the file.
 */
export class WriterTasks {
  readonly #kept: KeptFile<HistoryWriter>;
  readonly #layouts = new Map<number, Layout>();

  constructor({ file, retention }: WriterData) {
    this.#kept = new KeptFile(file, (path) => new HistoryWriter(openForWriting(path), retention));
  }

  /** Does one task. Nothing is thrown: a failure is an answer. */
  perform(task: AnsweredTask): WriterAnswer {
    if (task.type === 'write') for (const layout of task.layouts) this.#layouts.set(layout.id, layout);
    try {
      const { values, corrections } = this.#execute(task);
      return { type: 'done', values, corrections, problem: this.#maintain(task) };
    } catch (thrown) {
      this.close();
      return { type: 'failed', problem: messageOf(thrown), batch: task.type === 'write' ? task.batch : null };
    }
  }

  close(): void {
    this.#kept.close();
  }

  #execute(task: AnsweredTask): Written {
    const writer = this.#kept.get();
    if (task.type === 'write') return writer.write(task.batch, this.#layouts);
    if (task.type === 'remove') this.#remove(writer, task.heatpumpId);
    else for (const heatpumpId of orphansOf(writer, task.heatpumpIds)) this.#remove(writer, heatpumpId);
    return NOTHING;
  }

  #remove(writer: HistoryWriter, heatpumpId: string): void {
    writer.remove(heatpumpId);
    for (const [id, layout] of this.#layouts) if (layout.heatpumpId === heatpumpId) this.#layouts.delete(id);
  }

  /** What is written is safe whatever comes of this, so it only tells why it did not work. */
  #maintain(task: AnsweredTask): string | null {
    if (task.type !== 'write') return null;
    try {
      this.#kept.get().maintain(task.now);
      return null;
    } catch (thrown) {
      this.close();
      return messageOf(thrown);
    }
  }
}

/** If no heat pump is known, the file belongs to another database rather than to nobody. */
function orphansOf(writer: HistoryWriter, known: readonly string[]): string[] {
  const recorded = writer.heatpumpIds();
  const orphans = recorded.filter((id) => !known.includes(id));
  return orphans.length < recorded.length ? orphans : [];
}
