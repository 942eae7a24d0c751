import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../domain/errors.ts';
import { openForReading } from './history-file.ts';
import { HistoryReader } from './history-reader.ts';
import { KeptFile } from './kept-file.ts';
import type { NumberedAnswer, NumberedQuestion, ReaderAnswers, ReaderQuestion, WriterData } from './worker-messages.ts';

/** The thread that answers questions about the file, one after the other. */
const { file } = workerData as WriterData;
const kept = new KeptFile(file, (path) => new HistoryReader(openForReading(path)));

parentPort?.on('message', (message: NumberedQuestion | 'close') => {
  if (message === 'close') {
    kept.close();
    parentPort?.close();
    return;
  }
  const answer = answerTo(message);
  parentPort?.postMessage(answer, columnsOf(answer));
});

function answerTo({ id, question }: NumberedQuestion): NumberedAnswer {
  try {
    return { id, ok: true, answer: existsSync(file) ? ask(kept.get(), question) : nothing(question) };
  } catch (thrown) {
    kept.close();
    return { id, ok: false, error: messageOf(thrown) };
  }
}

/** The columns of points, which are handed over instead of copied. */
function columnsOf(message: NumberedAnswer): ArrayBuffer[] {
  const results = message.ok && Array.isArray(message.answer) ? message.answer : [];
  return results.flatMap((result) =>
    Object.values(result ?? {}).flatMap((value) =>
      value instanceof Float64Array ? [value.buffer as ArrayBuffer] : [],
    ),
  );
}

/** What is answered before anything was recorded. */
function nothing(question: ReaderQuestion): ReaderAnswers[keyof ReaderAnswers] {
  switch (question.type) {
    case 'read':
      return question.request.series.map(() => null);
    case 'corrections':
      return [];
    case 'info':
      return { bytes: 0, values: 0, oldestAt: null };
  }
}

function ask(reader: HistoryReader, question: ReaderQuestion): ReaderAnswers[keyof ReaderAnswers] {
  switch (question.type) {
    case 'read':
      return reader.read(question.request);
    case 'corrections':
      return reader.corrections(question.heatpumpId, question);
    case 'info':
      return reader.info();
  }
}
