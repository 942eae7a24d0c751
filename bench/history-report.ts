import type { HistoryResults } from './history.ts';
import type { LargeResults } from './history-large.ts';
import { resultOf } from './processes.ts';
import { print } from './table.ts';

/** What recording costs beside rows of a database. */
export async function writeHistory(): Promise<void> {
  const found = await resultOf<HistoryResults>('history');
  const thousands = (perSecond: number) => `${(perSecond / 1_000).toFixed(0)} thousand values a second`;
  const stalls = (list: readonly number[]) => `${list.map((ms) => ms.toFixed(1)).join(', ')} ms`;
  print('Recording history', [
    ['Thermograph: to disk, packed and rolled up', thousands(found.ourValuesPerSecond)],
    ['Prisma createMany, a thousand rows at a time', thousands(found.prismaValuesPerSecond)],
    ['ratio', (found.ourValuesPerSecond / found.prismaValuesPerSecond).toFixed(0)],
    ['on disk, single values of a day', `${found.rawBytesPerValue.toFixed(2)} bytes a value`],
    ['on disk, with their roll-ups', `${found.bytesPerValue.toFixed(2)} bytes a value`],
    ['longest standstill, 50,000 values a second recorded', stalls(found.recordingStallsMs)],
    ['longest standstill, the same without recording', stalls(found.idleStallsMs)],
  ]);
}

/** How long questions take to many values. */
export async function readHistory(): Promise<void> {
  const { values, buildingS, fileMb, questions } = await resultOf<LargeResults>('history-large');
  print('Reading history over HTTP', [
    ['values recorded', `${(values / 1e6).toFixed(0)} million in ${buildingS.toFixed(0)} s, ${fileMb.toFixed(0)} MB`],
    ...questions.map(
      ({ name, points, medianMs }) => [`${name} (${points} points)`, `${medianMs.toFixed(1)} ms`] as const,
    ),
  ]);
}
