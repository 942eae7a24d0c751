import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { readConfig } from './config.ts';
import { systemClock } from './domain/clock.ts';
import { messageOf } from './domain/errors.ts';
import { DRIVERS } from './drivers/index.ts';
import { startServer } from './server.ts';
import { type Simulator, startSimulator } from './simulator/simulator.ts';

/** One simulated heat pump of the demonstration. */
interface DemoPump {
  readonly name: string;
  readonly seed: number;
  readonly circuits: readonly string[];
  readonly zones: readonly number[];
}

const PUMPS: readonly DemoPump[] = [
  { name: 'Main house', seed: 1, circuits: ['A'], zones: [] },
  { name: 'Annex', seed: 2, circuits: ['A', 'B'], zones: [] },
  { name: 'Workshop', seed: 3, circuits: ['A'], zones: [0] },
];
const LOOPBACK = '127.0.0.1';
/** A minute shows what happens in twenty. */
const SPEED = 20;
const POLL_INTERVAL_MS = '2000';

/** The server over simulated heat pumps, with a data folder that goes when it stops. */
async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'thermograph-demo-'));
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  const config = readConfig({ POLL_INTERVAL_MS, LOG_LEVEL: 'warn', ...process.env, HOST: LOOPBACK, DATA_DIR: dataDir });
  const logger = pino({ level: config.logLevel }, pino.destination(2));
  const simulators = await Promise.all(PUMPS.map(simulate));
  const server = await startServer({ config, drivers: DRIVERS, clock: systemClock, logger, random: Math.random });
  for (const [index, pump] of PUMPS.entries()) await server.heatpumps.add(settingsOf(pump, simulators[index]?.port));
  process.stdout.write(`Thermograph shows ${PUMPS.length} simulated heat pumps at ${server.url} (Ctrl-C stops it)\n`);
  const stop = async () => {
    await server.stop();
    await Promise.all(simulators.map((simulator) => simulator.close()));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

function simulate({ seed, circuits, zones }: DemoPump): Promise<Simulator> {
  return startSimulator({
    model: 'idm/navigator_2_0',
    host: LOOPBACK,
    port: 0,
    unitId: 1,
    seed,
    circuits,
    zones,
    speed: SPEED,
    latencyMs: 20,
    idleTimeoutMs: 25_000,
    effectDelayMs: 5_000,
    clock: systemClock,
  });
}

function settingsOf({ name, circuits, zones }: DemoPump, port: number | undefined) {
  const connection = { host: LOOPBACK, port };
  return { name, manufacturer: 'idm', model: 'navigator_2_0', connection, config: { circuits, zones } };
}

main().catch((thrown: unknown) => {
  process.stderr.write(`The demonstration cannot start:\n${messageOf(thrown)}\n`);
  process.exit(1);
});
