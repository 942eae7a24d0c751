import { randomUUID } from 'node:crypto';
import type { Clock } from '../domain/clock.ts';
import { messageOf } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import type { Sensor } from '../domain/sensor.ts';
import type { Reading } from '../domain/snapshot.ts';
import type { Write, WriteState } from '../domain/write.ts';
import type { WriteStore } from '../domain/write-store.ts';
import type { EventBus } from './event-bus.ts';
import type { CountedWrite, WearLedger } from './wear-ledger.ts';
import type { CheckedValue } from './write-value.ts';

/** What a journal needs of the house. */
export interface WriteJournalDeps {
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly logger: Logger;
  readonly writes: WriteStore;
}

/** A value to be written. */
export interface WriteOrder {
  readonly sensor: Sensor;
  readonly checked: CheckedValue;
  /** The last reading of the sensor. */
  readonly previous: Reading | undefined;
  /** A reading from then on is fresh enough to say what is there now, milliseconds UTC. */
  readonly freshSince: number;
  readonly origin: string;
  /** The write of the same held value that this one repeats; its row is used again. */
  readonly repeats?: Write | undefined;
}

/** A write that is on disk. */
export interface Noted {
  readonly write: Write;
  /** Puts everything back as it was before: nothing has gone out. */
  readonly withdraw: () => Promise<void>;
}

/**
 * The record of one heat pump's writes: nothing goes out that is not on disk, with the wear it causes, and every change of
 * state is on disk before it is told.
 */
export class WriteJournal {
  readonly #heatpumpId: string;
  readonly #ledger: WearLedger;
  readonly #deps: WriteJournalDeps;

  constructor(heatpumpId: string, ledger: WearLedger, deps: WriteJournalDeps) {
    this.#heatpumpId = heatpumpId;
    this.#ledger = ledger;
    this.#deps = deps;
  }

  /** Notes a write that is about to go out: `PENDING`; or `REJECTED`, if its register was written too often. */
  async begin(order: WriteOrder): Promise<Noted> {
    const repeated = order.repeats ? await this.#deps.writes.find(order.repeats.id) : null;
    if (repeated) return this.#renew(repeated);
    const write = this.#newWrite(order);
    if (order.sensor.writeHazard !== 'EEPROM') return this.#insert(write);
    const wear = await this.#ledger.count(order.sensor);
    if (wear.ok) return this.#insert(write, wear.value);
    const rejected = this.#settled(write, 'REJECTED', tooOften(order.sensor, wear.error.nextAt));
    return this.#told(await this.#insert(rejected));
  }

  /** Notes a value that is there already. */
  async noteUnsent(order: WriteOrder): Promise<Write> {
    const reason = 'the heat pump has this value already; nothing was sent';
    const { value } = order.checked;
    const { write } = await this.#insert(this.#settled(this.#newWrite(order), 'CONFIRMED', reason, value));
    return this.tell(write);
  }

  /** Notes the final state of a write. */
  settle(write: Write, state: WriteState, reason: string | null, confirmed: number | null = null): Promise<Write> {
    return this.#change(this.#settled(write, state, reason, confirmed));
  }

  /** Notes that nobody knows what became of a write, until a read may tell. */
  doubt(write: Write, reason: string): Promise<Write> {
    return this.#change({ ...write, state: 'UNKNOWN', reason, confirmed: null, settledAt: null });
  }

  /** What a read may still decide, oldest first. */
  unsettled(): Promise<Write[]> {
    return this.#deps.writes.unsettled(this.#heatpumpId);
  }

  /** Announces a write as it is. */
  tell(write: Write): Write {
    this.#deps.bus.emit('write', write);
    return write;
  }

  #newWrite({ sensor, checked, previous, origin }: WriteOrder): Write {
    return {
      id: randomUUID(),
      heatpumpId: this.#heatpumpId,
      key: sensor.key,
      requested: checked.value,
      previous: previous?.value ?? null,
      confirmed: null,
      state: 'PENDING',
      reason: null,
      origin,
      requestedAt: this.#deps.clock.now(),
      settledAt: null,
    };
  }

  #settled(write: Write, state: WriteState, reason: string | null, confirmed: number | null = null): Write {
    return { ...write, state, reason, confirmed, settledAt: this.#deps.clock.now() };
  }

  async #insert(write: Write, wear?: CountedWrite): Promise<Noted> {
    await this.#deps.writes.insert(write, wear?.counted);
    return { write, withdraw: () => this.#deps.writes.withdraw(write, wear) };
  }

  /** Only the first writing of a held value gets a row; else a day's refreshing would push out a month of settings. */
  async #renew(before: Write): Promise<Noted> {
    const write: Write = { ...before, state: 'PENDING', reason: null, confirmed: null, settledAt: null };
    await this.#deps.writes.update(write);
    return { write, withdraw: () => this.#deps.writes.update(before) };
  }

  #told(noted: Noted): Noted {
    this.tell(noted.write);
    return noted;
  }

  /** What the heat pump has made of a write is told even if it cannot be kept. */
  async #change(write: Write): Promise<Write> {
    await this.#deps.writes.update(write).catch((thrown: unknown) => {
      const { id, heatpumpId, key, state } = write;
      this.#deps.logger.error({ id, heatpumpId, key, state, error: messageOf(thrown) }, 'a write cannot be kept');
    });
    return this.tell(write);
  }
}

function tooOften({ volatileTwin }: Sensor, nextAt: number): string {
  const next = `the next write is allowed at ${new Date(nextAt).toISOString()}`;
  const twin = volatileTwin ? `; ${volatileTwin} does the same without wear` : '';
  return `written too often: every write wears the memory of the heat pump; ${next}${twin}`;
}
