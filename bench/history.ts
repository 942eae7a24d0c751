import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { openDatabase } from '../src/db/database.ts';
import { systemClock } from '../src/domain/clock.ts';
import { decode } from '../src/modbus/codec.ts';
import { simulatedDevice } from '../src/simulator/simulator.ts';
import { benchFolder, benchHeatpump, readingsOf, SENSORS, startHistory } from './history-parts.ts';
import { MODEL, MODEL_CONFIG } from './workload.ts';

/** What the benchmark of history found. */
export interface HistoryResults {
  readonly ourValuesPerSecond: number;
  readonly prismaValuesPerSecond: number;
  readonly rawBytesPerValue: number;
  readonly bytesPerValue: number;
  /** The longest standstill of each round. */
  readonly recordingStallsMs: readonly number[];
  readonly idleStallsMs: readonly number[];
}

const FLEET = 500;
const VALUES = 100;
/** Rounds of so many seconds in which standstills are looked for; whatever else runs makes some of its own. */
const ROUNDS = 3;
const SECONDS = 10;
/** Of the sensors, for two values are worked out. */
const FEW_SENSORS = SENSORS.slice(0, VALUES - 2);
const START = Date.UTC(2026, 0, 15);
const folder = benchFolder();

/** One value a row, a thousand rows a transaction, each on disk when it is answered. */
async function prismaValuesPerSecond(): Promise<number> {
  const prisma = await openDatabase(join(folder, 'rival.db'));
  const settings = {
    ...benchHeatpump('hp', 1_000).settings,
    config: '{}',
    ...{ host: 'h', port: 1, unitId: 1, timeoutMs: 1 },
  };
  const { connection: _, createdAt: __, updatedAt: ___, ...rest } = settings;
  await prisma.heatpump.create({ data: { ...rest, createdAt: new Date(), updatedAt: new Date() } });
  const at = new Date();
  const rows = (from: number) =>
    Array.from({ length: 1_000 }, (_value, index) => ({
      ...{ heatpumpId: 'hp', device: '', firmware: '', table: 'HOLDING' },
      ...{ address: from + index, learntAt: at, retestAt: at },
    }));
  await prisma.missingRegister.createMany({ data: rows(0) });
  const startedAt = performance.now();
  for (let batch = 1; batch <= 20; batch++) await prisma.missingRegister.createMany({ data: rows(batch * 1_000) });
  const perSecond = 20_000 / ((performance.now() - startedAt) / 1_000);
  await prisma.$disconnect();
  return perSecond;
}

/** Snapshots of a whole fleet as fast as they are taken, up to the moment when the last is on disk; packing included. */
async function ourValuesPerSecond(): Promise<number> {
  const own = join(folder, 'ours');
  mkdirSync(own);
  const heatpumps = Array.from({ length: FLEET }, (_, index) => benchHeatpump(`hp-${index}`, 1_000, FEW_SENSORS));
  let now = START;
  const clock = { ...systemClock, now: () => now };
  const { history, bus, end } = startHistory(heatpumps, own, clock);
  const seconds = 300;
  const startedAt = performance.now();
  for (let second = 0; second < seconds; second++) {
    now = START + second * 1_000;
    for (const { settings } of heatpumps) {
      const readings = readingsOf(FEW_SENSORS, now, (index) => ((second * (index + 1)) % 700) / 10);
      bus.emit('snapshot', { heatpumpId: settings.id, revision: second, observedAt: now, readings });
    }
    // Rather wait than lose a batch: what counts is what is on disk.
    while ((await waiting(history)) > 40 * FLEET * VALUES) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await end();
  const elapsedS = (performance.now() - startedAt) / 1_000;
  const reopened = startHistory(heatpumps, own);
  const { values } = await reopened.history.info();
  await reopened.end();
  return values / elapsedS;
}

async function waiting(history: ReturnType<typeof startHistory>['history']): Promise<number> {
  await new Promise((resolve) => setImmediate(resolve));
  return history.recordingStatus.waitingValues;
}

/** A day of a simulated Navigator, polled every ten seconds, and what it takes on disk. */
async function bytesOfDay(): Promise<Pick<HistoryResults, 'rawBytesPerValue' | 'bytesPerValue'>> {
  const own = join(folder, 'day');
  mkdirSync(own);
  const heatpump = benchHeatpump('hp', 10_000);
  let now = START;
  const clock = { ...systemClock, now: () => now };
  const rest = { seed: 1, speed: 1, effectDelayMs: 0, latencyMs: 0, idleTimeoutMs: 0 };
  const device = simulatedDevice({ model: MODEL, config: MODEL_CONFIG, clock, ...rest });
  const { history, bus, file, end } = startHistory([heatpump], own, clock);
  for (let poll = 0; poll < 8_640; poll++) {
    // Polls are never exactly ten seconds apart.
    now = START + poll * 10_000 + Math.round(Math.random() * 20);
    const readings = readingsOf(SENSORS, now, (index) => valueNow(device, index));
    bus.emit('snapshot', { heatpumpId: 'hp', revision: poll, observedAt: now, readings });
    if (poll % 500 === 0)
      while ((await waiting(history)) > 50_000) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await end();
  const database = new Database(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  const size = (tables: string) =>
    Number(database.prepare(`SELECT SUM(pgsize) FROM dbstat WHERE name IN (${tables})`).pluck().get());
  const values = Number(database.prepare("SELECT value FROM total WHERE name = 'values'").pluck().get());
  const all = Number(database.prepare('SELECT SUM(pgsize) FROM dbstat').pluck().get());
  const raw = all - size("'minute', 'hour'");
  database.close();
  return { rawBytesPerValue: raw / values, bytesPerValue: all / values };
}

function valueNow(device: ReturnType<typeof simulatedDevice>, index: number): number {
  const register = SENSORS[index]?.register;
  if (!register) return Number.NaN;
  const words = device.read(register.table, register.address, register.dataType.endsWith('32') ? 2 : 1);
  const decoded = typeof words === 'number' ? null : decode(register, words);
  return decoded?.kind === 'VALUE' ? decoded.value : Number.NaN;
}

/** The longest that the event loop stood still while so many snapshots were recorded, each at its time. */
async function stallMs(isRecording: boolean, round: number): Promise<number> {
  const own = join(folder, `${isRecording ? 'stall' : 'idle'}-${round}`);
  mkdirSync(own);
  const heatpumps = Array.from({ length: FLEET }, (_, index) => benchHeatpump(`hp-${index}`, 1_000, FEW_SENSORS));
  const { bus, end } = startHistory(isRecording ? heatpumps : [], own);
  const emit = (from: number, to: number) => {
    for (const { settings } of heatpumps.slice(from, to)) {
      const observedAt = Date.now();
      const readings = readingsOf(FEW_SENSORS, observedAt, (index) => (observedAt % (index + 900)) / 10);
      bus.emit('snapshot', { heatpumpId: settings.id, revision: 1, observedAt, readings });
    }
  };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  for (let second = -2; second < SECONDS; second++) {
    if (second === 0) delay.enable();
    for (let slice = 0; slice < 100; slice++) {
      emit(slice * 5, slice * 5 + 5);
      await new Promise((resolve) => setTimeout(resolve, 9));
    }
  }
  delay.disable();
  await end();
  return delay.max / 1e6;
}

const writing = {
  prismaValuesPerSecond: await prismaValuesPerSecond(),
  ourValuesPerSecond: await ourValuesPerSecond(),
  ...(await bytesOfDay()),
};
const idleStallsMs: number[] = [];
const recordingStallsMs: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  idleStallsMs.push(await stallMs(false, round));
  recordingStallsMs.push(await stallMs(true, round));
}
const results: HistoryResults = {
  ...writing,
  idleStallsMs,
  recordingStallsMs,
};
if (process.send) process.send(results);
else process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
