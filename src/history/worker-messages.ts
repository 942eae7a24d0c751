import type { CounterCorrection } from './counter-watch.ts';
import type { FileInfo, HistoryRequest, SeriesResult } from './history-reader.ts';
import type { Layout } from './layout-table.ts';
import type { RetentionRules } from './retention.ts';

/** What a thread of history is started with. */
export interface WriterData {
  readonly file: string;
  readonly retention: RetentionRules;
}

/** What the writing thread is asked to do; it answers each in turn. */
export type WriterTask =
  | {
      readonly type: 'write';
      /** Handed over, not copied. */
      readonly batch: Float64Array<ArrayBuffer>;
      /** Those in the batch that the thread has not had yet. */
      readonly layouts: readonly Layout[];
      /** Milliseconds UTC. */
      readonly now: number;
    }
  | { readonly type: 'remove'; readonly heatpumpId: string }
  /** Drops heat pumps that are not among these, if any of these is known at all. */
  | { readonly type: 'keep'; readonly heatpumpIds: readonly string[] }
  | { readonly type: 'close' };

/** What became of a task. `failed`: nothing of it is on disk, and it can be tried again. */
export type WriterAnswer =
  | {
      readonly type: 'done';
      readonly values: number;
      readonly corrections: readonly CounterCorrection[];
      /** Why packing or dropping did not work; what was to be written is on disk all the same. */
      readonly problem: string | null;
    }
  | { readonly type: 'failed'; readonly problem: string; readonly batch: Float64Array<ArrayBuffer> | null };

/** What the reading thread is asked. */
export type ReaderQuestion =
  | { readonly type: 'read'; readonly request: HistoryRequest }
  | { readonly type: 'corrections'; readonly heatpumpId: string; readonly from: number; readonly to: number }
  | { readonly type: 'info' };

/** The answer to each kind of question. */
export interface ReaderAnswers {
  readonly read: (SeriesResult | null)[];
  readonly corrections: CounterCorrection[];
  readonly info: FileInfo;
}

/** A question as it is sent, and its answer; `error` is an English sentence. */
export interface NumberedQuestion {
  readonly id: number;
  readonly question: ReaderQuestion;
}
/** See {@link NumberedQuestion}. */
export type NumberedAnswer =
  | { readonly id: number; readonly ok: true; readonly answer: ReaderAnswers[keyof ReaderAnswers] }
  | { readonly id: number; readonly ok: false; readonly error: string };
