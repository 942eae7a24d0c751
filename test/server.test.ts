import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../src/simulator/simulator.ts';
import { type Api, addOnline, startApi } from './support/api.ts';
import { startTestSimulator } from './support/simulator.ts';

const POLL_INTERVAL_MS = 700;

let api: Api;
let simulator: Simulator;

beforeEach(async () => {
  simulator = await startTestSimulator();
  api = await startApi({ pollIntervalMs: POLL_INTERVAL_MS });
});
afterEach(async () => {
  await api?.close();
  await simulator?.close();
});

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const time = (text: string) => new Date(text).getTime();
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

describe('one of two heat pumps is lost', () => {
  const STATUS = `subscription ($ids: [ID!]) { heatpumpStatus(heatpumpIds: $ids) {
    status { state lastError { code isRetryable } } } }`;

  it('is told step by step, does not slow the other down, and is back by itself', async () => {
    const other = await startTestSimulator({ seed: 2 });
    const lostId = await addOnline(api, simulator.port, { name: 'Lost' });
    const healthyId = await addOnline(api, other.port, { name: 'Healthy' });
    const status = api.subscribe(STATUS, { ids: [lostId] });
    const healthy = api.subscribe('subscription ($ids: [ID!]) { readings(heatpumpIds: $ids) { observedAt } }', {
      ids: [healthyId],
    });
    const state = async (name: string) => {
      const { heatpumpStatus } = await status.next((data) => data.heatpumpStatus.status.state === name);
      return heatpumpStatus.status;
    };
    const qualities = async () => {
      const query = 'query ($id: ID!) { heatpump(id: $id) { readings { quality } } }';
      const { data } = await api.query(query, { id: lostId });
      return new Set(data.heatpump.readings.map(({ quality }: { quality: string }) => quality));
    };

    await simulator.close();
    expect(await state('DEGRADED')).toMatchObject({
      lastError: { code: expect.stringMatching(/REFUSED|LOST/), isRetryable: true },
    });
    expect(await qualities()).toStrictEqual(new Set(['GOOD', 'MISSING']));
    await state('OFFLINE');
    expect(await qualities()).toStrictEqual(new Set(['STALE', 'MISSING']));
    await sleep(3 * POLL_INTERVAL_MS);

    const next = 'query ($id: ID!) { heatpump(id: $id) { status { nextAttemptAt } } }';
    const { nextAttemptAt } = (await api.query(next, { id: lostId })).data.heatpump.status;
    simulator = await startTestSimulator({ port: simulator.port });
    await state('ONLINE');
    const backAt = Date.now();
    // Whatever was lost soon after it was added is read gently at first; how gently is told.
    const how =
      'query ($id: ID!) { heatpump(id: $id) { status { lastPoll { requests } pace { requestsPerSecond } } } }';
    const { lastPoll, pace } = (await api.query(how, { id: lostId })).data.heatpump.status;
    const paceMs = (1_000 * lastPoll.requests) / (pace?.requestsPerSecond ?? Number.POSITIVE_INFINITY);
    expect(backAt).toBeLessThan(time(nextAttemptAt) + 2 * POLL_INTERVAL_MS + paceMs);
    expect(await qualities()).toStrictEqual(new Set(['GOOD', 'MISSING']));

    const times = healthy.events.map(({ data }) => time(data.readings.observedAt));
    const spacings = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(spacings.length).toBeGreaterThan(4);
    expect(median(spacings)).toBeGreaterThan(POLL_INTERVAL_MS * 0.7);
    expect(median(spacings)).toBeLessThan(POLL_INTERVAL_MS * 1.3);
    expect(Math.max(...spacings)).toBeLessThan(POLL_INTERVAL_MS * 2);
    await other.close();
  }, 30_000);
});

/** Read in one request, and in others long before and after. */
const PAIR = ['temp_heat_pump_flow', 'temp_heat_pump_return'] as const;
const EARLY = 'temp_outside';
const LATE = 'power_current_draw';

describe('a reading', () => {
  const READINGS = `subscription ($keys: [String!]) { readings(keys: $keys) {
    complete observedAt heatpump { status { lastPoll { durationMs } } } readings { key value } } }`;

  it('reaches a subscriber within a poll interval of its change', async () => {
    await addOnline(api, simulator.port);
    const readings = api.subscribe(READINGS, { keys: [EARLY] });
    await readings.next();
    for (const value of [-11.5, 3, 17.25]) {
      await sleep(Math.random() * POLL_INTERVAL_MS);
      simulator.device.force(EARLY, value);
      const changedAt = performance.now();
      await readings.next((data) => data.readings.readings[0]?.value === value);
      // A poll of a Navigator takes about 400 ms, for the pauses between its requests.
      expect(performance.now() - changedAt).toBeLessThan(POLL_INTERVAL_MS + 600);
    }
  });

  it('is never of another poll than its neighbours', async () => {
    const forced: { at: number; value: number }[] = [];
    const force = (value: number) => {
      for (const key of [...PAIR, EARLY, LATE]) simulator.device.force(key, value);
      forced.push({ at: Date.now(), value });
    };
    force(1);
    await addOnline(api, simulator.port, { pollIntervalMs: 100 });
    const readings = api.subscribe(READINGS, { keys: [...PAIR, EARLY, LATE] });
    for (let value = 2; value < 80; value++) {
      await sleep(Math.random() * 80);
      force(value);
    }
    readings.end();

    const valueAt = (at: number) => forced.findLast((entry) => entry.at <= at)?.value ?? 0;
    const shown: Record<string, number> = {};
    for (const { data } of readings.events) {
      const { readings: changed, observedAt, heatpump } = data.readings;
      for (const { key, value } of changed) shown[key] = value;
      const startedAt = time(observedAt) - heatpump.status.lastPoll.durationMs;
      expect(shown[PAIR[0]]).toBe(shown[PAIR[1]]);
      // Read in this order, and none of them before the poll began.
      expect(shown[EARLY]).toBeGreaterThanOrEqual(valueAt(startedAt - 5));
      expect(shown[PAIR[0]]).toBeGreaterThanOrEqual(shown[EARLY] as number);
      expect(shown[LATE]).toBeGreaterThanOrEqual(shown[PAIR[0]] as number);
      expect(shown[LATE]).toBeLessThanOrEqual(valueAt(time(observedAt)));
    }
    expect(readings.events.length).toBeGreaterThan(5);
    expect(new Set(Object.keys(shown))).toStrictEqual(new Set([...PAIR, EARLY, LATE]));
  }, 30_000);
});
