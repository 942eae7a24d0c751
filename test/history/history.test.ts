import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import type { Heatpump } from '../../src/domain/heatpump.ts';
import type { HistoryQuery } from '../../src/history/history.ts';
import { clockAt, type Records, recordedHeatpump, startRecords } from '../support/recorded.ts';

const START = Date.UTC(2026, 0, 15, 12);
const POLL = 10_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const heatpump = recordedHeatpump();

let records: Records | null = null;
afterEach(async () => {
  await records?.close();
  records = null;
});

type Values = Readonly<Record<string, number>>;

/** Records polls at these times, and leaves history open with everything on disk. `now` is when the questions are asked. */
async function record(
  polls: readonly (readonly [at: number, values: Values])[],
  now: number,
  env = {},
): Promise<Records> {
  const clock = clockAt(now);
  let open = startRecords([heatpump], { clock, env });
  for (const [at, values] of polls) open.poll(heatpump, at, values);
  open = await open.restart();
  records = open;
  return open;
}

/** Polls every ten seconds for so long. */
function every10s(from: number, to: number, valuesAt: (at: number, index: number) => Values): [number, Values][] {
  return Array.from({ length: (to - from) / POLL }, (_, index) => [
    from + index * POLL,
    valuesAt(from + index * POLL, index),
  ]);
}

/** Points as plain rows, to be compared with what was worked out by hand. */
async function ask(source: Records, query: Partial<HistoryQuery> & Pick<HistoryQuery, 'from' | 'to'>) {
  const heatpumps: readonly Heatpump[] = [heatpump];
  const all = { heatpumps, keys: ['temp_outside'], quantities: [], maxPoints: 500, ...query };
  const [series] = await source.history.query(all);
  if (!series) throw new Error('no series');
  const { points, ...rest } = series;
  const rows = Array.from(points.at, (at, i) => ({
    at,
    ...{ mean: points.mean[i], min: points.min[i], max: points.max[i], last: points.last[i] },
    ...{ count: points.count[i], consumption: points.consumption[i] },
  }));
  return { ...rest, rows };
}

describe('history', () => {
  it('shows every value where all fit', async () => {
    const polls = [5.2, 5.3, 5.1].map((value, i) => [START + i * POLL, { temp_outside: value }] as const);
    const open = await record(polls, START + 3 * POLL);
    const series = await ask(open, { from: START, to: START + 3 * POLL });
    expect(series).toMatchObject({ resolution: 'RAW', kind: 'ANALOG', unit: '°C', stepMs: POLL });
    expect(series.rows.map(({ at, mean }) => [at, mean])).toStrictEqual([
      [START, 5.2],
      [START + POLL, 5.3],
      [START + 2 * POLL, 5.1],
    ]);
  });

  it('sums up by steps what is too much, the same from roll-ups as from values', async () => {
    // Each minute: 10.0, 10.1, … 10.5, so its mean is 10.25.
    const polls = every10s(START, START + 4 * HOUR, (_, i) => ({ temp_outside: 10 + (i % 6) / 10 }));
    const open = await record(polls, START + 4 * HOUR - 1);
    const series = await ask(open, { from: START, to: START + 4 * HOUR, maxPoints: 300 });
    expect(series).toMatchObject({ resolution: 'MINUTE', stepMs: MINUTE });
    expect(series.rows).toHaveLength(240);
    for (const [index, { mean, ...row }] of series.rows.entries()) {
      expect(row).toStrictEqual({
        at: START + index * MINUTE,
        min: 10,
        max: 10.5,
        last: 10.5,
        count: 6,
        consumption: 0,
      });
      expect(mean).toBeCloseTo(10.25, 9);
    }
    const hours = await ask(open, { from: START, to: START + 4 * HOUR, maxPoints: 4 });
    expect(hours).toMatchObject({ resolution: 'HOUR', stepMs: HOUR });
    expect(hours.rows.map(({ count }) => count)).toStrictEqual([360, 360, 360, 360]);
    const database = new Database(open.file, { readonly: true });
    // Three hours are rolled up, the fourth is still open.
    expect(database.prepare('SELECT COUNT(*) FROM minute').pluck().get()).toBe(3);
    database.close();
  });

  it('never bridges a gap, and takes no single missed poll for one', async () => {
    const polls = [0, 1, 3, 4, 20, 21].map((index) => [START + index * POLL, { temp_outside: index }] as const);
    const open = await record(polls, START + 40 * POLL);
    const { rows } = await ask(open, { from: START - 10 * POLL, to: START + 40 * POLL });
    expect(rows.map(({ at, mean }) => [(at - START) / POLL, mean])).toStrictEqual([
      [-10, Number.NaN],
      ...[0, 1, 3, 4].map((index) => [index, index]),
      [5, Number.NaN],
      ...[20, 21].map((index) => [index, index]),
      [22, Number.NaN],
    ]);
  });

  it('shows steps without data as such', async () => {
    const polls = [
      ...every10s(START, START + 5 * MINUTE, () => ({ temp_outside: 1 })),
      ...every10s(START + 8 * MINUTE, START + 10 * MINUTE, () => ({ temp_outside: 2 })),
    ];
    const open = await record(polls, START + 12 * MINUTE);
    const { rows, stepMs } = await ask(open, { from: START, to: START + 12 * MINUTE, maxPoints: 12 });
    expect(stepMs).toBe(MINUTE);
    const N = Number.NaN;
    expect(rows.map(({ mean }) => mean)).toStrictEqual([1, 1, 1, 1, 1, N, N, N, 2, 2, N, N]);
  });

  it('shows one that came later as finely as the others', async () => {
    const younger = recordedHeatpump('hp-2');
    const clock = clockAt(START + 4 * HOUR);
    const heatpumps = [heatpump, younger];
    let open = startRecords(heatpumps, { clock });
    for (const [at, values] of every10s(START, START + 4 * HOUR, () => ({ temp_outside: 1 }))) {
      open.poll(heatpump, at, values);
      if (at >= START + 150 * MINUTE) open.poll(younger, at + 5_000, values);
    }
    open = await open.restart();
    records = open;
    const ask = async (from: number, to: number, maxPoints: number) => {
      const query = { heatpumps, keys: ['temp_outside'], quantities: [], from, to, maxPoints };
      return (await open.history.query(query)).map(({ resolution, stepMs, points }) => {
        const known = Array.from(points.at).filter((_, index) => !Number.isNaN(points.mean[index]));
        return { resolution, stepMs, first: known[0], count: known.length };
      });
    };
    expect(await ask(START - DAY, START + 4 * HOUR, 241)).toStrictEqual([
      { resolution: 'MINUTE', stepMs: MINUTE, first: START, count: 240 },
      { resolution: 'MINUTE', stepMs: MINUTE, first: START + 150 * MINUTE, count: 90 },
    ]);
    expect(await ask(START + 149 * MINUTE, START + 151 * MINUTE, 100)).toStrictEqual([
      { resolution: 'RAW', stepMs: POLL, first: START + 149 * MINUTE, count: 12 },
      { resolution: 'RAW', stepMs: POLL, first: START + 150 * MINUTE + 5_000, count: 6 },
    ]);
  });

  it('shows states as they were, never between two', async () => {
    const stateAt = (index: number) => (index < 100 ? 0 : index < 200 ? 4 : 2);
    const key = 'status_system';
    const polls = every10s(START, START + HOUR, (_, i) => ({ [key]: stateAt(i) }));
    const open = await record(polls, START + HOUR);
    const changes = await ask(open, { keys: [key], from: START, to: START + HOUR, maxPoints: 10 });
    expect(changes.kind).toBe('STATE');
    expect(changes.rows.map(({ at, mean }) => [(at - START) / POLL, mean])).toStrictEqual([
      [0, 0],
      [100, 4],
      [200, 2],
    ]);
    const steps = await ask(open, { keys: [key], from: START, to: START + HOUR, maxPoints: 2 });
    expect(steps.rows.map(({ mean }) => mean)).toStrictEqual([0, 4].slice(0, steps.rows.length));
    for (const { mean } of steps.rows) expect([0, 2, 4]).toContain(mean);
  });

  it('counts as consumption what a counter gained, over steps, restarts and faults', async () => {
    // 0.1 kWh a minute, and twice nothing but zeros for half a minute.
    const key = 'energy_heat_total';
    const isFault = (index: number) => (index >= 400 && index < 403) || (index >= 900 && index < 903);
    const valueAt = (index: number) => (isFault(index) ? 0 : Math.floor(81_250 * 10 + index / 6) / 10);
    const polls = every10s(START, START + 5 * HOUR, (_, i) => ({ [key]: valueAt(i) }));
    const clock = clockAt(START + 5 * HOUR);
    let open = startRecords([heatpump], { clock });
    for (const [index, [at, values]] of polls.entries()) {
      if (index === 401) open = await open.restart();
      open.poll(heatpump, at, values);
    }
    open = await open.restart();
    records = open;
    for (const maxPoints of [2_000, 300, 10]) {
      const series = await ask(open, { keys: [key], from: START, to: START + 5 * HOUR, maxPoints });
      expect(series).toMatchObject({ kind: 'COUNTER', unit: 'kWh' });
      const consumed = series.rows.reduce((sum, { consumption }) => sum + (consumption ?? 0), 0);
      // The last value is 81 279.9.
      expect(consumed, series.resolution).toBeCloseTo(29.9, 6);
      for (const { consumption } of series.rows) expect(consumption).toBeGreaterThanOrEqual(0);
    }
    const raw = await ask(open, { keys: [key], from: START + 400 * POLL, to: START + 403 * POLL });
    expect(raw.rows.map(({ mean }) => mean)).toStrictEqual([0, 0, 0]);
    const corrections = await open.history.corrections('hp-1', { from: START, to: START + 5 * HOUR });
    expect(
      corrections.map(({ kind, at, until }) => [kind, (at - START) / POLL, ((until ?? 0) - START) / POLL]),
    ).toStrictEqual([
      ['TRANSIENT', 400, 403],
      ['TRANSIENT', 900, 903],
    ]);
  });

  it('keeps values for as many days as it is told, and what they came to for longer', async () => {
    const polls = [0, 1, 2, 3, 4].flatMap((day) =>
      every10s(START + day * DAY, START + day * DAY + 2 * MINUTE, () => ({ temp_outside: day })),
    );
    const open = await record(polls, START + 4 * DAY + 3 * MINUTE, { HISTORY_RAW_DAYS: '2' });
    const old = await ask(open, { from: START, to: START + 5 * MINUTE });
    expect(old).toMatchObject({ resolution: 'MINUTE', stepMs: MINUTE });
    expect(old.rows.slice(0, 2).map(({ mean, count }) => [mean, count])).toStrictEqual([
      [0, 6],
      [0, 6],
    ]);
    const recent = await ask(open, { from: START + 3 * DAY, to: START + 3 * DAY + 2 * MINUTE });
    expect(recent).toMatchObject({ resolution: 'RAW', stepMs: POLL });
    expect(recent.rows).toHaveLength(12);
    expect(await open.history.info()).toMatchObject({ rawDays: 2, minuteDays: 365, oldestAt: START, values: 60 });
  });

  it('knows a jump for none of consumption for as long as the values are kept', async () => {
    const key = 'energy_heat_total';
    const polls = every10s(START, START + 2 * MINUTE, (_, i) => ({ [key]: (i < 6 ? 100 : 50_000) + i / 10 }));
    const later: typeof polls = [[START + 40 * DAY, { [key]: 50_002 }]];
    const env = { HISTORY_RAW_DAYS: '60', HISTORY_MINUTE_DAYS: '30' };
    const open = await record([...polls, ...later], START + 40 * DAY + MINUTE, env);
    const { rows, resolution } = await ask(open, { keys: [key], from: START, to: START + 2 * MINUTE });
    expect(resolution).toBe('RAW');
    // Five steps before the jump, and five after it.
    expect(rows.reduce((sum, { consumption }) => sum + (consumption ?? 0), 0)).toBeCloseTo(1, 6);
  });

  it('drops the oldest early where it would become too large', async () => {
    const keys = heatpump.sensors.map(({ key }) => key);
    // Noise does not pack well.
    const noise = (seed: number) => Math.fround(Math.sin(seed * 12.9898) * 43_758.5453) / 7;
    const dayOf = (day: number) =>
      every10s(START + day * DAY, START + day * DAY + HOUR, (_, i) =>
        Object.fromEntries(keys.map((key, place) => [key, noise(day * 1e6 + i * 200 + place)])),
      );
    const open = await record([0, 1, 2, 3, 40].flatMap(dayOf), START + 40 * DAY + HOUR, {
      HISTORY_MAX_MB: '10',
      HISTORY_RAW_DAYS: '365',
    });
    await expect.poll(async () => (await open.history.info()).bytes).toBeLessThan(10_000_000);
  });

  it('has whole steps, also where the time asked for begins or ends within one', async () => {
    const polls = every10s(START, START + 6 * HOUR, (at) => ({ temp_outside: Math.floor((at - START) / HOUR) }));
    const open = await record(polls, START + 6 * HOUR);
    const { rows, stepMs } = await ask(open, { from: START + HOUR / 2, to: START + 4.5 * HOUR, maxPoints: 5 });
    expect(stepMs).toBe(HOUR);
    expect(rows.map(({ at, mean, count }) => [(at - START) / HOUR, mean, count])).toStrictEqual(
      [0, 1, 2, 3, 4].map((hour) => [hour, hour, 360]),
    );
  });

  it('counts what was consumed while nobody watched, even if that was longer than values are kept', async () => {
    const key = 'energy_heat_total';
    const after = START + 60 * DAY;
    const polls = [
      ...every10s(START, START + HOUR, () => ({ [key]: 1_000 })),
      ...every10s(after, after + HOUR, (_, i) => ({ [key]: 1_400 + Math.floor(i / 36) / 10 })),
    ];
    const clock = clockAt(START + HOUR);
    let open = startRecords([heatpump], { clock });
    for (const [at, values] of polls.slice(0, 360)) open.poll(heatpump, at, values);
    open = await open.restart();
    clock.set(after + 2 * HOUR);
    for (const [at, values] of polls.slice(360)) open.poll(heatpump, at, values);
    open = await open.restart();
    records = open;
    const { rows } = await ask(open, { keys: [key], from: START - DAY, to: after + DAY, maxPoints: 100 });
    expect(rows.reduce((sum, { consumption }) => sum + (consumption ?? 0), 0)).toBeCloseTo(400.9, 6);
  });

  it('takes nothing for recorded that was not good', async () => {
    const open = await record(
      [
        [START, { temp_outside: 3 }],
        [START + POLL, { temp_heat_pump_flow: 30 }],
      ],
      START + 2 * POLL,
    );
    const { rows } = await ask(open, { from: START, to: START + 2 * POLL });
    expect(rows.map(({ mean }) => mean)).toStrictEqual([3]);
    expect((await open.history.info()).values).toBe(2);
  });

  it('says that there is nothing where nothing was recorded', async () => {
    const open = startRecords([heatpump], { clock: clockAt(START) });
    records = open;
    const { rows, unit, kind } = await ask(open, { from: START - HOUR, to: START });
    expect([unit, kind]).toStrictEqual(['°C', 'ANALOG']);
    expect(rows).toMatchObject([{ at: START - HOUR, mean: Number.NaN, count: 0 }]);
    await expect(ask(open, { keys: ['no_such_key'], from: START - HOUR, to: START })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      issues: [{ path: ['keys', 0] }],
    });
  });

  it('is in order although the clock of the server was set back', async () => {
    const polls = [20, 21, 22, 5, 6, 7, 23].map((index) => [START + index * POLL, { temp_outside: index }] as const);
    const open = await record(polls, START + 24 * POLL);
    const { rows } = await ask(open, { from: START, to: START + 24 * POLL });
    const values = rows.map(({ mean }) => mean).filter((mean) => !Number.isNaN(mean));
    expect(values).toStrictEqual([5, 6, 7, 20, 21, 22, 23]);
  });
});
