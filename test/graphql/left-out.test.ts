import { expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { DRIVERS } from '../../src/drivers/index.ts';
import { ADD, addInput, startApi } from '../support/api.ts';
import { fifthModel } from '../support/fifth-model.ts';
import { makeTempDir } from '../support/house.ts';

const mutation = (name: string, type: string, result: string) =>
  `mutation ($input: ${type}!) { ${name}(input: $input) { ${result} } }`;
const ALL = `{
  heatpumps { id }
  jobs { id heatpump { id } }
  alerts { id heatpump { id } }
  alertHistory { alert { id } heatpump { id } }
  dashboards { id heatpump { id } }
}`;

it('what belongs to a heat pump that this version cannot load is kept, and neither shown nor in the way of the rest', async () => {
  const directory = makeTempDir();
  const { dataDir, databaseFile, historyFile } = readConfig({ DATA_DIR: directory.path });
  const open = (drivers = DRIVERS) => startApi({ dataDir, databaseFile, historyFile }, drivers);
  // Nobody listens there, so that the alert fires.
  const connection = { host: '127.0.0.1', port: 1, timeoutMs: 100 };

  let api = await open([...DRIVERS, fifthModel]);
  const { data } = await api.query(ADD, addInput(1, { manufacturer: 'fifth', model: 'aero_1', connection }));
  const heatpumpId = data.addHeatpump.heatpump.id;
  const job = { name: 'Warm', heatpumpId, key: 'tank_target', value: 48, schedule: { cron: '0 6 * * *' } };
  await api.query(mutation('createJob', 'CreateJobInput', 'job { id }'), { input: { ...job, enabled: false } });
  const rule = { type: 'OFFLINE' };
  await api.query(mutation('createAlert', 'CreateAlertInput', 'alert { id }'), {
    input: { name: 'Lost', heatpumpId, rule },
  });
  const shown = async () => (await api.query(ALL)).data.alertHistory.length;
  await expect.poll(shown, { timeout: 10_000 }).toBe(1);
  const before = await api.query(ALL);
  expect(before.data).toMatchObject({ jobs: [{ heatpump: { id: heatpumpId } }], dashboards: [{}] });
  await api.close();

  api = await open();
  const nothing = { heatpumps: [], jobs: [], alerts: [], alertHistory: [], dashboards: [] };
  expect(await api.query(ALL)).toStrictEqual({ data: nothing });
  const [{ id: jobId }] = before.data.jobs;
  const [{ id: alertId }] = before.data.alerts;
  const [{ id: dashboardId }] = before.data.dashboards;
  const ONE = `{ job(id: "${jobId}") { id } alert(id: "${alertId}") { id } dashboard(id: "${dashboardId}") { id } }`;
  expect(await api.query(ONE)).toStrictEqual({ data: { job: null, alert: null, dashboard: null } });
  await api.close();

  api = await open([...DRIVERS, fifthModel]);
  expect(await api.query(ALL)).toStrictEqual(before);
  await api.close();
  directory.remove();
});
