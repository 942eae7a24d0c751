import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { type Api, addOnline, startApi } from '../support/api.ts';
import { type Prometheus, type Series, startPrometheus } from '../support/prometheus.ts';
import { startTestSimulator } from '../support/simulator.ts';
import { toolPath } from '../support/tools.ts';

const AWKWARD_NAME = 'a",b:c\\';
const GERMAN_NAME = 'Wärmepumpe Süd {Größe="ß"} 🌡';

let api: Api;
let prometheus: Prometheus;
let simulators: [Simulator, Simulator];
let ids: [string, string];

beforeAll(async () => {
  const north = await startTestSimulator();
  const south = await startTestSimulator({ seed: 2 });
  simulators = [north, south];
  north.device.force('temp_outside', -12.7);
  south.device.force('temp_outside', 31.25);
  north.device.force('power_current', 7.5);
  north.device.force('power_current_draw', 1.875);
  north.device.force('energy_heat_total', 32_120.5);
  north.device.force('status_heat_pump', 8);
  // What is called so is the switch at 1710, not the state at 1091.
  north.device.force('request_heating', 1);
  north.device.force('request_heating_status', 0);
  north.device.force('request_cooling', 0);
  north.device.force('request_cooling_status', 1);
  north.device.force('state_compressor_1', 1);
  north.device.force('temp_cold_storage', null);
  api = await startApi({ legacyMetrics: true });
  ids = [
    await addOnline(api, north.port, { name: AWKWARD_NAME, pollIntervalMs: 200 }),
    await addOnline(api, south.port, { name: GERMAN_NAME, pollIntervalMs: 200 }),
  ];
  // Sent this early because it is settled only 15 s later.
  const input = { heatpumpId: ids[1], key: 'temp_water_target', value: 48 };
  await api.query('mutation ($input: WriteSensorInput!) { writeSensor(input: $input) { write { id } } }', { input });
  prometheus = await startPrometheus(api.url);
});

afterAll(async () => {
  await prometheus?.close();
  await api?.close();
  for (const simulator of simulators ?? []) await simulator.close();
});

async function scrape(path = '/metrics'): Promise<string> {
  const response = await fetch(`${api.url}${path}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return response.text();
}

/** What Prometheus' own checker says about an exposition. */
function promtool(exposition: string): { status: number | null; complaints: string } {
  const { status, stdout, stderr } = spawnSync(toolPath('promtool'), ['check', 'metrics'], {
    input: exposition,
    encoding: 'utf8',
  });
  return { status, complaints: stdout + stderr };
}

const labelsOf = (id: string | undefined, name: string) => ({
  heatpump_id: id,
  manufacturer: 'idm',
  model: 'navigator_2_0',
  name,
});

const valuesByName = (series: readonly Series[]) => Object.fromEntries(series.map(({ name, value }) => [name, value]));

describe('the metrics', () => {
  it('satisfy Prometheus’ own checker', async () => {
    const exposition = await scrape();
    expect(promtool(exposition)).toStrictEqual({ status: 0, complaints: '' });
    expect(exposition.match(/^heatpump_up\{/gm)).toHaveLength(2);
    // The checker does find fault with what is wrong.
    expect(promtool(`${exposition}heatpump_runtime_hours 5\n`).status).not.toBe(0);
  });

  it('reach a real Prometheus with every name as it was given', async () => {
    await expect
      .poll(() => prometheus.query('idm_heatpump_temp_outside'), { timeout: 10_000 })
      .toStrictEqual(
        expect.arrayContaining([
          { name: 'idm_heatpump_temp_outside', labels: labelsOf(ids[0], AWKWARD_NAME), value: -12.7 },
          { name: 'idm_heatpump_temp_outside', labels: labelsOf(ids[1], GERMAN_NAME), value: 31.25 },
        ]),
      );
    expect(await prometheus.query('heatpump_up')).toHaveLength(2);
  });

  it('are in the maker’s units under the maker’s name, in base units under the common one', async () => {
    const series = await prometheus.query(`{heatpump_id="${ids[0]}"}`);
    expect(valuesByName(series)).toMatchObject({
      heatpump_up: 1,
      idm_heatpump_temp_outside: -12.7,
      heatpump_outdoor_temperature_celsius: -12.7,
      idm_heatpump_power_current: 7.5,
      heatpump_thermal_power_watts: 7_500,
      idm_heatpump_power_current_draw: 1.875,
      heatpump_electrical_power_watts: 1_875,
      idm_heatpump_energy_heat_total: 32_120.5,
      // 32120.5 kWh of 3.6 MJ each
      heatpump_heat_energy_joules: 115_633_800_000,
      idm_heatpump_status_heat_pump: 8,
    });
    expect(new Set(series.map(({ labels }) => labels.name))).toStrictEqual(new Set([AWKWARD_NAME]));
  });

  it('are those of the good readings, and no others', async () => {
    const query = `query ($id: ID!) { heatpump(id: $id) { readings { key quality } } }`;
    const { data } = await api.query(query, { id: ids[0] });
    const readings = data.heatpump.readings as { key: string; quality: string }[];
    const good = readings.filter(({ quality }) => quality === 'GOOD').map(({ key }) => `idm_heatpump_${key}`);
    const series = await prometheus.query(`{heatpump_id="${ids[0]}", __name__=~"idm_heatpump_.+"}`);
    expect(series.map(({ name }) => name).sort()).toStrictEqual(good.sort());
    expect(good.length).toBeGreaterThan(50);
    expect(good).not.toContain('idm_heatpump_temp_cold_storage');
    expect(readings.find(({ key }) => key === 'temp_cold_storage')?.quality).toBe('MISSING');
  });

  it('tell how a heat pump is polled', async () => {
    const [first] = await prometheus.query(`heatpump_modbus_requests_total{heatpump_id="${ids[0]}"}`);
    await expect
      .poll(async () => (await prometheus.query(`heatpump_modbus_requests_total{heatpump_id="${ids[0]}"}`))[0]?.value)
      .toBeGreaterThanOrEqual((first?.value ?? 0) + 38);
    const [duration] = await prometheus.query(`heatpump_poll_duration_seconds{heatpump_id="${ids[0]}"}`);
    // Two dozen requests for live values, 38 when the settings are read too, with pauses of 10 ms between them.
    expect(duration?.value).toBeGreaterThan(0.23);
    expect(duration?.value).toBeLessThan(5);
    const [read] = await prometheus.query(`heatpump_last_read_timestamp_seconds{heatpump_id="${ids[0]}"}`);
    expect(Math.abs((read?.value ?? 0) - Date.now() / 1_000)).toBeLessThan(5);
  });

  it('count subscribers', async () => {
    const subscription = api.subscribe('subscription { writes { state } }');
    await expect.poll(async () => (await prometheus.query('thermograph_subscribers'))[0]?.value).toBe(1);
    subscription.end();
    await expect.poll(async () => (await prometheus.query('thermograph_subscribers'))[0]?.value).toBe(0);
  });

  it('hold the default heat pump alone, without labels, for those who come from the older application', async () => {
    const exposition = await scrape('/metrics/legacy');
    const lines = exposition.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines).toContain('idm_heatpump_temp_outside -12.7');
    expect(lines).toContain('idm_heatpump_energy_heat_total 32120.5');
    expect(lines).toContain('idm_heatpump_request_heating 1');
    expect(lines).toContain('idm_heatpump_request_cooling 0');
    for (const name of ['state_compressor_1', 'state_compressor_1_uchar']) {
      expect(lines).toContain(`idm_heatpump_${name} 1`);
    }
    expect(lines.every((line) => /^idm_heatpump_\w+ -?[\d.]+(e[+-]\d+)?$/.test(line))).toBe(true);
    expect(exposition).not.toContain('temp_cold_storage ');
    expect(promtool(exposition)).toStrictEqual({ status: 0, complaints: '' });
  });

  it('leave no series behind when a heat pump is renamed, lost or removed', async () => {
    const update = 'mutation ($input: UpdateHeatpumpInput!) { updateHeatpump(input: $input) { heatpump { name } } }';
    await api.query(update, { input: { id: ids[0], name: 'Barn' } });
    const namesOfFirst = async () =>
      (await prometheus.query(`{heatpump_id="${ids[0]}"}`)).map(({ labels }) => labels.name);
    await expect.poll(async () => new Set(await namesOfFirst())).toStrictEqual(new Set(['Barn']));

    await simulators[0].close();
    const seriesOfFirst = async () => valuesByName(await prometheus.query(`{heatpump_id="${ids[0]}"}`));
    await expect.poll(async () => (await seriesOfFirst()).heatpump_up, { timeout: 10_000 }).toBe(0);
    const left = await seriesOfFirst();
    expect(Object.keys(left).filter((name) => name.startsWith('idm_'))).toStrictEqual([]);
    expect(left.heatpump_outdoor_temperature_celsius).toBeUndefined();
    const [error] = await prometheus.query(`heatpump_modbus_errors_total{heatpump_id="${ids[0]}", code="REFUSED"}`);
    expect(error?.value).toBeGreaterThan(0);

    const remove = 'mutation ($input: RemoveHeatpumpInput!) { removeHeatpump(input: $input) { removedId } }';
    await api.query(remove, { input: { id: ids[0] } });
    expect(await scrape()).not.toContain(ids[0]);
    await expect.poll(() => prometheus.query(`{heatpump_id="${ids[0]}"}`)).toStrictEqual([]);
    expect(await prometheus.query('heatpump_up')).toHaveLength(1);
  });

  it('count writes by their outcome', async () => {
    const labels = { ...labelsOf(ids[1], GERMAN_NAME), state: 'CONFIRMED' };
    await expect
      .poll(() => prometheus.query('heatpump_writes_total'), { timeout: 17_000 })
      .toStrictEqual([{ name: 'heatpump_writes_total', labels, value: 1 }]);
  });
});

describe('the metrics of the older application', () => {
  it('are there only if they are wanted', async () => {
    const other = await startApi();
    const response = await fetch(`${other.url}/metrics/legacy`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('LEGACY_METRICS=on');
    await other.close();
  });
});
