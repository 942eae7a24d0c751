import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { systemClock } from '../src/domain/clock.ts';
import { DRIVERS } from '../src/drivers/index.ts';
import { createLogOutput } from '../src/operations/log-output.ts';
import { startServer, type ThermographServer } from '../src/server.ts';
import { type Simulator, startSimulator } from '../src/simulator/simulator.ts';
import { type Ask, askOf, create, furnish } from './gallery-furniture.ts';

/** A server that pictures are taken of. */
export interface GalleryHouse {
  readonly url: string;
  /** What shows who looks: the cookies of the administrator; empty where nobody is asked. */
  readonly cookie: string;
  readonly ask: Ask;
}

/** Servers of the gallery, and how to end them. */
export interface GalleryHouses {
  /** Nobody has set it up. */
  readonly fresh: GalleryHouse;
  /** Without a heat pump. */
  readonly empty: GalleryHouse;
  /** Several buildings, users and what they have done. */
  readonly town: GalleryHouse;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const ADMIN = { name: 'Anna Berger', email: 'anna@example.org', password: 'correct horse battery' };
const USERS = [
  { name: 'Jonas Weber', email: 'jonas@example.org', password: 'warm in every house', role: 'OPERATOR' },
  { name: 'Office', email: 'office@example.org', password: 'looks at everything', role: 'VIEWER' },
];
const BUILDINGS = [
  { name: 'Town hall', model: 'idm/navigator_2_0', config: { circuits: ['A', 'B'], zones: [] } },
  { name: 'Primary school', model: 'nibe/s_series', config: { model: 'S1255', climateSystems: [1], outdoorUnits: [] } },
  { name: 'Fire station', model: 'daikin/altherma', config: { variant: 'homehub' } },
  { name: 'Library', model: 'luxtronik/luxtronik_2_1', config: {} },
  { name: 'Kindergarten', model: 'idm/navigator_2_0', config: { circuits: ['A'], zones: [] } },
  { name: 'Gymnasium', model: 'luxtronik/luxtronik_2_1', config: {} },
  { name: 'Depot', model: 'daikin/altherma', config: { variant: 'altherma4' } },
];
/** Which one is not reached any more. */
const LOST = 2;
/** A Navigator 2.0 has its target of the hot water in this holding register, in whole degrees. */
const WATER_TARGET = 1032;
const POLL_INTERVAL_MS = '2000';
/** Until all have been read, and what was written has been read back. */
const SETTLING_MS = 45_000;

/** Starts them over simulated heat pumps. */
export async function startHouses(): Promise<GalleryHouses> {
  const fresh = await start(false);
  const empty = await start(true);
  const town = await start(false);
  const simulators = await Promise.all(BUILDINGS.map(({ model, config }, index) => simulate(model, config, index)));
  const { url } = town.server;
  await askOf(url)('mutation ($input: SetUpInput!) { setUp(input: $input) { user { id } } }', {
    input: { ...ADMIN, code: town.server.setUpCode },
  });
  const cookie = await signIn(url);
  const ask = askOf(url, { cookie, origin: url });
  await settle(town.server, simulators, ask);
  return {
    fresh: { url: fresh.server.url, cookie: '', ask: askOf(fresh.server.url) },
    empty: { url: empty.server.url, cookie: '', ask: askOf(empty.server.url) },
    town: { url, cookie, ask },
    close: async () => {
      for (const { stop } of [fresh, empty, town]) await stop();
      await Promise.all(simulators.map((simulator) => simulator.close()));
    },
  };
}

async function start(isOpen: boolean): Promise<{ server: ThermographServer; stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'thermograph-gallery-'));
  const config = readConfig({ PORT: '0', DATA_DIR: dataDir, POLL_INTERVAL_MS, LOG_LEVEL: 'error', BACKUP_AT: '02:15' });
  const { logger } = createLogOutput(config);
  const deps = { config, drivers: DRIVERS, clock: systemClock, logger, random: Math.random };
  const server = await startServer({ ...deps, ...(isOpen ? { access: 'open' } : {}) });
  const stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { server, stop };
}

function simulate(model: string, config: object, index: number): Promise<Simulator> {
  return startSimulator({
    ...{ model, host: LOOPBACK, port: 0, unitId: 1, seed: 11 + index, config: { ...config } },
    ...{ speed: 20, latencyMs: 5, idleTimeoutMs: 0, effectDelayMs: 0, clock: systemClock },
  });
}

/** Signs the administrator in, as a browser does; returns the cookies. */
async function signIn(url: string): Promise<string> {
  const headers = { 'content-type': 'application/json', origin: url };
  const { email, password } = ADMIN;
  const body = JSON.stringify({ email, password });
  const answer = await fetch(`${url}/auth/sign-in/email`, { method: 'POST', headers, body });
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** Lets people move in, and some things happen. */
async function settle({ heatpumps }: ThermographServer, simulators: Simulator[], ask: Ask): Promise<void> {
  const ids: string[] = [];
  for (const [index, { name, model: fullModel, config }] of BUILDINGS.entries()) {
    const [manufacturer = '', model = ''] = fullModel.split('/');
    const connection = { host: LOOPBACK, port: simulators[index]?.port };
    ids.push((await heatpumps.add({ name, manufacturer, model, connection, config })).settings.id);
  }
  const [townHall = ''] = ids;
  for (const user of USERS) await create(ask, 'user', user);
  await create(ask, 'apiToken', { name: 'Prometheus', role: 'VIEWER' });
  await furnish(ask, townHall);
  await pause(SETTLING_MS / 3);
  const write = 'mutation ($input: WriteSensorInput!) { writeSensor(input: $input) { write { id } } }';
  await ask(write, { input: { heatpumpId: townHall, key: 'temp_water_switch_on', value: 42 } });
  simulators[0]?.device.write('HOLDING', WATER_TARGET, [55]);
  const [lost] = simulators.splice(LOST, 1);
  await lost?.close();
  await ask('mutation { createBackup(input: { passphrase: "nobody guesses this" }) { backup { name } } }');
  await ask('mutation { createBackup(input: {}) { backup { name } } }');
  await pause((SETTLING_MS * 2) / 3);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
