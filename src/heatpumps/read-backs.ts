import type { Clock, Timer } from '../domain/clock.ts';
import { wordCount } from '../domain/register.ts';
import { isReadable, type Sensor } from '../domain/sensor.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { Write } from '../domain/write.ts';
import type { ReadLine } from '../drivers/driver.ts';
import { decode } from '../modbus/codec.ts';
import { verdictOf } from './verdict.ts';
import type { WriteJournal } from './write-journal.ts';

/** Whose writes are read back. */
export interface ReadBackTarget {
  readonly line: ReadLine;
  readonly journal: WriteJournal;
  /** Called when what a write has changed is to be read with the rest. */
  readonly readSoon: () => void;
}

/** A write that a read may still decide. */
interface Open {
  readonly sensor: Sensor;
  readonly write: Write;
  readonly timer: Timer;
}

const CLOSED = 'the connection was closed before the read-back';
const OVERTAKEN = 'another value was written before the read-back';

/**
 * The writes of one heat pump whose outcome is not known yet, one a register. Each is read back when its register has had
 * time to settle; where that fails or an answer was lost, the next good read of a poll decides.
 */
export class ReadBacks {
  readonly #target: ReadBackTarget;
  readonly #clock: Clock;
  readonly #open = new Map<string, Open>();
  /** Keys that were written and not read since, with the monotonic time from which a read counts. */
  readonly #unseen = new Map<string, number>();

  constructor(target: ReadBackTarget, clock: Clock) {
    this.#target = target;
    this.#clock = clock;
  }

  /** True unless a register was written and not read well since. */
  isSeen(key: string): boolean {
    return !this.#unseen.has(key);
  }

  /** From now on only what is read after the register has settled says what is there. */
  written({ key, writeMode, settleMs }: Sensor): void {
    const seenFrom = this.#clock.monotonicMs() + settleMs;
    this.#unseen.set(key, seenFrom);
    if (writeMode) this.#unseen.set(writeMode.key, seenFrom);
  }

  /** Reads a write back in due time. */
  await(sensor: Sensor, write: Write): void {
    this.#add(sensor, write, (open) => void this.#readBack(open));
  }

  /** Takes up what an earlier process or connection has left open; polls decide it. */
  async resume(find: (key: string) => Sensor | undefined): Promise<void> {
    for (const write of await this.#target.journal.unsettled()) {
      const sensor = find(write.key);
      await this.overtake(write);
      if (!sensor || !isReadable(sensor)) continue;
      this.written(sensor);
      this.#add(sensor, write, () => this.#target.readSoon());
    }
  }

  /** A read from now on says nothing of another, earlier write to the same register. */
  async overtake({ key, id }: Write): Promise<void> {
    const open = this.#open.get(key);
    if (!open) return;
    this.#close(open);
    if (open.write.id !== id) await this.#target.journal.settle(open.write, 'UNKNOWN', OVERTAKEN);
  }

  /** Takes in what a poll has read: it may decide writes of unknown outcome. */
  observe({ observedAt, readings }: Snapshot): void {
    if (this.#unseen.size === 0) return;
    const now = this.#clock.monotonicMs();
    for (const { sensor, value, quality, observedAt: readAt } of readings) {
      const seenFrom = this.#unseen.get(sensor.key);
      if (seenFrom === undefined || quality !== 'GOOD' || now - (observedAt - (readAt ?? 0)) < seenFrom) continue;
      this.#unseen.delete(sensor.key);
      const open = this.#open.get(sensor.key);
      if (value !== null && open?.write.state === 'UNKNOWN') void this.#decide(open, value);
    }
  }

  /** Ends waiting: what was not read back is `UNKNOWN`, for whoever opens the next connection to settle. */
  async stop(): Promise<void> {
    for (const open of [...this.#open.values()]) {
      this.#close(open);
      if (open.write.state === 'PENDING') await this.#target.journal.doubt(open.write, CLOSED);
    }
  }

  #add(sensor: Sensor, write: Write, then: (open: Open) => void): void {
    const timer = this.#clock.setTimeout(() => then(open), sensor.settleMs);
    const open: Open = { sensor, write, timer };
    this.#open.set(sensor.key, open);
  }

  #close({ sensor, timer }: Open): void {
    this.#clock.clearTimeout(timer);
    this.#open.delete(sensor.key);
  }

  async #readBack(open: Open): Promise<void> {
    const { sensor } = open;
    const { table, address, dataType } = sensor.register;
    const answer = await this.#target.line.read({ table, address, count: wordCount(dataType) });
    if (this.#open.get(sensor.key) !== open) return;
    this.#target.readSoon();
    const now = answer.ok ? decode(sensor.register, answer.value) : null;
    if (now?.kind === 'VALUE') await this.#decide(open, now.value);
    else if (answer.ok) await this.#doubt(open, 'the heat pump shows no value for it');
    else await this.#doubt(open, `could not be read back: ${answer.error.message}`);
  }

  async #doubt(open: Open, reason: string): Promise<void> {
    const write = await this.#target.journal.doubt(open.write, reason);
    if (this.#open.get(open.sensor.key) === open) this.#open.set(open.sensor.key, { ...open, write });
  }

  async #decide(open: Open, now: number): Promise<void> {
    this.#close(open);
    const { sensor, write } = open;
    const { state, reason } = verdictOf(sensor, write, now);
    const doubt = write.state === 'UNKNOWN' ? `known from a later read, for ${write.reason}` : null;
    await this.#target.journal.settle(write, state, [reason, doubt].filter(Boolean).join('; ') || null, now);
  }
}
