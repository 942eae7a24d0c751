import { FakeClock } from './fake-clock.ts';
import { buildHouse, type House, makeTempDir, nextEvent } from './house.ts';
import { HURRIED_DRIVERS } from './hurried-drivers.ts';
import { type RecordingUnit, startRecordingUnit } from './recording-unit.ts';

/** One Navigator 2.0 whose registers a test sets, in a house whose settings are watched; only the clock is the test's. */
export interface WatchedUnit {
  readonly clock: FakeClock;
  readonly unit: RecordingUnit;
  readonly id: string;
  readonly house: House;
  /** Lets `ms` pass and polls; resolves when the settings are looked at. */
  poll(ms?: number): Promise<void>;
  /** Writes a value and lets it settle. */
  write(key: string, value: number): Promise<string>;
  /** Ends the house and builds another one over the same database, as a restart of the server does. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Beside the settings themselves, the time of day tells snapshots apart: it is noon at first. */
export async function startWatchedUnit(): Promise<WatchedUnit> {
  const [clock, unit, directory] = [new FakeClock(), await startRecordingUnit(), makeTempDir()];
  const build = async () => {
    const house = await buildHouse(clock, 3_600_000, HURRIED_DRIVERS, { ...directory, remove: () => {} });
    house.settings.start();
    return house;
  };
  let house = await build();
  const connection = { host: '127.0.0.1', port: unit.port, timeoutMs: 3_000 };
  const { settings } = await house.manager.add({
    name: 'Home',
    manufacturer: 'idm',
    model: 'navigator_2_0',
    connection,
  });
  const looked = async () => {
    await house.settings.stop();
    house.settings.start();
  };
  const poll = async (ms = 1_000) => {
    clock.advance(ms);
    await clock.until(house.manager.read(settings.id));
    await looked();
  };
  return {
    clock,
    unit,
    id: settings.id,
    get house() {
      return house;
    },
    poll,
    write: async (key, value) => {
      const { id, state } = await house.manager.write({ key, value });
      if (state !== 'PENDING') return id;
      const settled = nextEvent(house.bus, 'write', (write) => write.id === id && write.state !== 'PENDING');
      clock.advance(15_000);
      await settled;
      return id;
    },
    restart: async () => {
      await house.close();
      house = await build();
      await house.manager.initialize();
    },
    close: async () => {
      await house.close();
      await unit.close();
      directory.remove();
    },
  };
}
