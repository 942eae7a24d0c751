import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from './config.ts';
import { systemClock } from './domain/clock.ts';
import { messageOf } from './domain/errors.ts';
import { DRIVERS } from './drivers/index.ts';
import { createLogOutput } from './operations/log-output.ts';
import { startServer } from './server.ts';
import { type Simulator, startSimulator } from './simulator/simulator.ts';

/** One simulated heat pump of the demonstration. */
interface DemoPump {
  readonly name: string;
  /** As `manufacturer/model`. */
  readonly model: string;
  readonly seed: number;
  readonly config: Readonly<Record<string, unknown>>;
  /** Left out: the server's default. */
  readonly pollIntervalMs?: number;
}

/** One of each maker; some are read less often, for they must not be asked for more. */
const PUMPS: readonly DemoPump[] = [
  { name: 'Main house', model: 'idm/navigator_2_0', seed: 1, config: { circuits: ['A', 'B'], zones: [0] } },
  {
    name: 'Annex',
    model: 'nibe/s_series',
    seed: 2,
    config: { model: 'VVM-S320', climateSystems: [1], outdoorUnits: [1] },
    pollIntervalMs: 5_000,
  },
  { name: 'Workshop', model: 'daikin/altherma', seed: 3, config: { variant: 'altherma4' } },
  { name: 'Farmhouse', model: 'luxtronik/luxtronik_2_1', seed: 4, config: {}, pollIntervalMs: 10_000 },
];
const LOOPBACK = '127.0.0.1';
/** A minute shows what happens in twenty. */
const SPEED = 20;
const POLL_INTERVAL_MS = '2000';
/** Nobody is asked who they are, so nobody from elsewhere gets in, and nothing else can be reached. */
const DEMO_ENV = { HOST: LOOPBACK, MODBUS_ALLOW: '127.0.0.0/8' };

/** The server over simulated heat pumps, with a data folder that goes when it stops. */
async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'thermograph-demo-'));
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  const config = readConfig({
    POLL_INTERVAL_MS,
    LOG_LEVEL: 'warn',
    BACKUP_AT: 'off',
    ...process.env,
    ...DEMO_ENV,
    DATA_DIR: dataDir,
  });
  const { logger } = createLogOutput(config);
  const simulators = await Promise.all(PUMPS.map(simulate));
  const server = await startServer({
    ...{ config, drivers: DRIVERS, clock: systemClock, logger, random: Math.random },
    access: 'open',
  });
  for (const [index, pump] of PUMPS.entries()) await server.heatpumps.add(settingsOf(pump, simulators[index]?.port));
  process.stdout.write(
    `Thermograph shows ${PUMPS.length} simulated heat pumps at ${server.url} (open to everyone on this computer; Ctrl-C stops it)\n`,
  );
  const stop = async () => {
    await server.stop();
    await Promise.all(simulators.map((simulator) => simulator.close()));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

function simulate({ model, seed, config }: DemoPump): Promise<Simulator> {
  return startSimulator({
    model,
    host: LOOPBACK,
    port: 0,
    unitId: 1,
    seed,
    config,
    speed: SPEED,
    latencyMs: 20,
    idleTimeoutMs: 25_000,
    effectDelayMs: 5_000,
    clock: systemClock,
  });
}

function settingsOf({ name, model: fullModel, config, pollIntervalMs }: DemoPump, port: number | undefined) {
  const [manufacturer = '', model = ''] = fullModel.split('/');
  return { name, manufacturer, model, connection: { host: LOOPBACK, port }, config, pollIntervalMs };
}

main().catch((thrown: unknown) => {
  process.stderr.write(`The demonstration cannot start:\n${messageOf(thrown)}\n`);
  process.exit(1);
});
