import Database from 'better-sqlite3';
import { vi } from 'vitest';
import type { CreateAlertInput } from '../../src/alerts/alert-manager.ts';
import type { Alert, AlertEvent } from '../../src/domain/alert.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { FakeClock } from './fake-clock.ts';
import { buildHouse, type House, makeTempDir } from './house.ts';
import { HURRIED_DRIVERS } from './hurried-drivers.ts';

/** Polls come only when a test asks for them. */
const NEVER_MS = 3_600_000;

/** A house with alerts, whose clock and polls are the test's, and that can be left and entered again. */
export class AlertHouse {
  readonly clock = new FakeClock();
  readonly #directory = makeTempDir();
  house!: House;
  /** What was told over the bus, since the beginning. */
  readonly events: AlertEvent[] = [];

  /** Builds the house and starts alerts, then heat pumps. */
  async open(): Promise<this> {
    const directory = { ...this.#directory, remove: () => {} };
    this.house = await buildHouse(this.clock, NEVER_MS, HURRIED_DRIVERS, directory);
    this.house.bus.on('alert', (event) => void this.events.push(event));
    await this.house.alerting.start();
    await this.house.manager.initialize();
    return this;
  }

  /** Ends everything and builds it anew over the same database, a minute later. */
  async restart(): Promise<void> {
    await this.house.close();
    this.clock.advance(60_000);
    await this.open();
  }

  async close(): Promise<void> {
    await this.house.close();
    this.#directory.remove();
  }

  get alerts() {
    return this.house.alerting.alerts;
  }

  get channels() {
    return this.house.alerting.channels;
  }

  /** Adds the heat pump of a simulator, and waits for its first poll. */
  async add(simulator: Simulator, name = 'Home'): Promise<string> {
    const connection = { host: '127.0.0.1', port: simulator.port, timeoutMs: 300 };
    const added = await this.house.manager.add({ name, manufacturer: 'idm', model: 'navigator_2_0', connection });
    await this.poll(added.settings.id);
    return added.settings.id;
  }

  /** Polls a heat pump, and waits until its alerts have been evaluated. */
  async poll(id: string): Promise<void> {
    await this.clock.until(this.house.manager.read(id));
    await this.settled();
  }

  /** Lets time pass once no message is on its way, and waits until what fell due is done. */
  async pass(ms: number): Promise<void> {
    await this.undelayed();
    this.clock.advance(ms);
    await this.settled();
  }

  /** Waits until everything that was seen has been evaluated and written. */
  async settled(): Promise<void> {
    await new Promise(setImmediate);
    await this.alerts.delete('no such alert').catch(() => {});
  }

  /** Adds an alert, and waits until it has been evaluated. */
  async alert(input: CreateAlertInput): Promise<Alert> {
    const alert = await this.alerts.create(input);
    await this.settled();
    return alert;
  }

  /** Waits until so many messages of a channel have been settled, and none is waiting. */
  delivered(channelId: string, count: number): Promise<void> {
    return until(async () => {
      const deliveries = await this.channels.deliveries(channelId, 100);
      return deliveries.length === count && deliveries.every(({ state }) => state !== 'PENDING');
    });
  }

  /** Waits until no message is on its way: if time passed meanwhile, so would its deadline. */
  async undelayed(): Promise<void> {
    for (const { id } of this.channels.list()) {
      await until(async () => {
        const deliveries = await this.channels.deliveries(id, 100);
        return deliveries.every(({ nextAttemptAt }) => (nextAttemptAt ?? Number.POSITIVE_INFINITY) > this.clock.now());
      });
    }
  }

  /** How many rows tables have. */
  rows(...tables: string[]): number[] {
    const database = new Database(this.house.databaseFile, { readonly: true });
    try {
      return tables.map((table) => database.prepare(`SELECT count(*) FROM "${table}"`).pluck().get() as number);
    } finally {
      database.close();
    }
  }

  /** Changes the database behind the server's back. */
  sql(statement: string): void {
    const database = new Database(this.house.databaseFile);
    database.exec(statement);
    database.close();
  }

  /** The states of an alert in the order of the heat pumps. */
  states(alert: Alert): string[] {
    return this.alerts.states(alert).map(({ state }) => state);
  }

  /** The changes told so far, as `previous>state`. */
  get changes(): string[] {
    return this.events.map(({ previous, state }) => `${previous}>${state}`);
  }
}

/** Waits until a condition holds, in real time. */
export function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  return vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error('it does not hold within 5 s');
    },
    { timeout: 5_000, interval: 10 },
  );
}
