import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../support/api.ts';
import { type RecordingUnit, startRecordingUnit } from '../support/recording-unit.ts';
import { exceptionAnswer } from '../support/scripted-server.ts';

const PACE = `query ($id: ID!) {
  heatpump(id: $id) {
    pollIntervalMs
    currentPollIntervalMs
    status {
      lastPoll { durationMs }
      pace { reason en: text de: text(language: DE) since requestsPerSecond registersPerSecond troubleAt sparedUntil }
    }
    sensors(keys: ["temp_outside", "temp_water_target"]) { key pollGroup }
  }
}`;
const ADD = `mutation ($input: AddHeatpumpInput!) { addHeatpump(input: $input) { heatpump { id } } }`;
const SERIES = 'heatpump_pace_limit_requests_per_second';
const BUSY = 6;

let api: Api;
let unit: RecordingUnit;
let id: string;

beforeEach(async () => {
  unit = await startRecordingUnit();
  api = await startApi();
  const connection = { host: '127.0.0.1', port: unit.port };
  const input = { name: 'Home', manufacturer: 'idm', model: 'navigator_2_0', connection };
  id = (await api.query(ADD, { input })).data.addHeatpump.heatpump.id;
});
afterEach(async () => {
  await api.close();
  await unit.close();
});

const heatpump = async () => (await api.query(PACE, { id })).data.heatpump;
const metrics = async () => (await fetch(`${api.url}/metrics`)).text();

describe('the pace of a heat pump', () => {
  it('is told with its reason, and as a metric only while something limits it', async () => {
    await expect.poll(async () => (await heatpump()).status.pace?.reason, { timeout: 15_000 }).toBe('FREE');
    const { status, sensors, pollIntervalMs, currentPollIntervalMs } = await heatpump();
    expect(status.pace).toMatchObject({
      ...{ en: 'as fast as its driver allows', de: 'so schnell, wie der Treiber erlaubt', since: expect.any(String) },
      ...{ requestsPerSecond: null, registersPerSecond: null, troubleAt: null, sparedUntil: null },
    });
    expect(currentPollIntervalMs).toBeGreaterThanOrEqual(Math.max(pollIntervalMs, status.lastPoll.durationMs - 1_000));
    expect(sensors).toStrictEqual([
      { key: 'temp_outside', pollGroup: 'LIVE' },
      { key: 'temp_water_target', pollGroup: 'SETTING' },
    ]);
    expect(await metrics()).not.toContain(SERIES);

    unit.trouble = ({ functionCode, pdu }) =>
      pdu.readUInt16BE(1) > 1_200 ? exceptionAnswer(functionCode, BUSY) : null;
    await expect
      .poll(async () => (await heatpump()).status.pace, { timeout: 15_000 })
      .toMatchObject({ reason: 'BUSY' });
    const { pace } = (await heatpump()).status;
    expect(pace.en).toBe('more slowly, for it said that it was busy');
    expect(pace.requestsPerSecond).toBeLessThan(pace.troubleAt);
    const [, shown] = (await metrics()).match(new RegExp(`^${SERIES}{.*heatpump_id="${id}".*} (\\S+)$`, 'm')) ?? [];
    expect(Number(shown)).toBeGreaterThan(0);
  }, 60_000);
});
