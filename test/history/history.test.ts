import { afterEach, describe, expect, it } from 'vitest';
import type { HistoryQuery } from '../../src/history/history.ts';
import { clockAt, type Records, recordedHeatpump, startRecords } from '../support/recorded.ts';

const START = Date.UTC(2026, 0, 15, 12);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let records: Records | null = null;
afterEach(async () => {
  await records?.close();
  records = null;
});

/** Points as plain rows, to be compared with what was worked out by hand. */
async function ask(source: Records, query: Partial<HistoryQuery> & Pick<HistoryQuery, 'from' | 'to'>) {
  const series = await source.history.query({
    heatpumps: [recordedHeatpump()],
    keys: ['temp_outside'],
    quantities: [],
    maxPoints: 500,
    ...query,
  });
  return series.map(({ points, ...rest }) => ({
    ...rest,
    points: Array.from(points.at, (at, i) => ({
      at,
      mean: points.mean[i],
      min: points.min[i],
      max: points.max[i],
      last: points.last[i],
      count: points.count[i],
      consumption: points.consumption[i],
    })),
  }));
}

describe('history', () => {
  it('shows every value where all fit', async () => {
    const heatpump = recordedHeatpump();
    const clock = clockAt(START + 30 * SECOND);
    records = startRecords([heatpump], { clock });
    for (const [index, value] of [5.2, 5.3, 5.1].entries()) {
      records.poll(heatpump, START + index * 10 * SECOND, { temp_outside: value });
    }
    records = await records.restart();
    const [series] = await ask(records, { from: START, to: START + 30 * SECOND });
    expect(series).toMatchObject({ resolution: 'RAW', kind: 'ANALOG', unit: '°C', stepMs: 10_000 });
    expect(series?.points.map(({ at, mean }) => [at - START, mean])).toStrictEqual([
      [0, 5.2],
      [10_000, 5.3],
      [20_000, 5.1],
    ]);
  });

  it('sums up by steps what is too much', async () => {
    const heatpump = recordedHeatpump();
    const clock = clockAt(START + 4 * HOUR);
    records = startRecords([heatpump], { clock });
    for (let i = 0; i < 4 * 360; i++) records.poll(heatpump, START + i * 10 * SECOND, { temp_outside: (i % 6) / 10 });
    records = await records.restart();
    const [series] = await ask(records, { from: START, to: START + 4 * HOUR, maxPoints: 300 });
    expect(series).toMatchObject({ resolution: 'MINUTE', stepMs: MINUTE });
    expect(series?.points).toHaveLength(240);
  });
});
