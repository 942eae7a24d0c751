import type { DeviceError } from '../domain/device-error.ts';
import { AppError, messageOf } from '../domain/errors.ts';
import type { Hold } from '../domain/hold.ts';
import type { Result } from '../domain/result.ts';
import { isReadable, type Sensor } from '../domain/sensor.ts';
import { isSetting } from '../domain/settings-snapshot.ts';
import type { Reading, Snapshot } from '../domain/snapshot.ts';
import type { Write } from '../domain/write.ts';
import type { UnitLine } from '../modbus/line.ts';
import type { HeldWrite, HoldsDeps } from './held-writes.ts';
import type { HoldTerms } from './hold-input.ts';
import { Holds } from './holds.ts';
import { settingsTurns } from './poll-plan.ts';
import { readSensor } from './probe.ts';
import { ReadBacks } from './read-backs.ts';
import { ReadingDecoder } from './reading-decoder.ts';
import type { WearLedger } from './wear-ledger.ts';
import { WriteJournal, type WriteJournalDeps } from './write-journal.ts';
import { type CheckedValue, checkWriteValue } from './write-value.ts';
import { Writer } from './writer.ts';

/** What control needs of the house. */
export interface ControlDeps extends WriteJournalDeps, HoldsDeps {}

/** The heat pump that is controlled. */
export interface ControlTarget {
  readonly heatpumpId: string;
  readonly pollIntervalMs: number;
  readonly line: UnitLine;
  readonly ledger: WearLedger;
  readonly find: (key: string) => Sensor | undefined;
  /** The last reading of a sensor. */
  readonly reading: (key: string) => Reading | undefined;
  /** Called before a setting is written, for what was there before to be kept. */
  readonly keepSettings: () => Promise<void>;
  /** Called when what a write has changed is to be read. */
  readonly readSoon: () => void;
}

/** All that changes values of one heat pump while it is connected: writes, their read-backs, and holds. */
export class Control {
  readonly #target: ControlTarget;
  readonly #deps: ControlDeps;
  readonly #readBacks: ReadBacks;
  readonly #writer: Writer;
  readonly #holds: Holds;
  readonly #decoder = new ReadingDecoder();

  constructor(target: ControlTarget, deps: ControlDeps) {
    this.#target = target;
    this.#deps = deps;
    const { heatpumpId, line, ledger, find, readSoon } = target;
    const journal = new WriteJournal(heatpumpId, ledger, deps);
    this.#readBacks = new ReadBacks({ line, journal, readSoon }, deps.clock);
    this.#writer = new Writer({ line, journal, readBacks: this.#readBacks });
    const isSeen = (key: string) => this.#readBacks.isSeen(key);
    this.#holds = new Holds({ heatpumpId, find, isSeen, write: (order) => this.#writeHeld(order) }, deps);
  }

  get holds(): readonly Hold[] {
    return this.#holds.all;
  }

  /** Takes up what an earlier process or connection has left: writes of unknown outcome, and values to be given back. */
  async resume(): Promise<void> {
    const { heatpumpId, find } = this.#target;
    try {
      await this.#holds.resume();
      await this.#readBacks.resume(find);
    } catch (thrown) {
      this.#deps.logger.error({ heatpumpId, error: messageOf(thrown) }, 'what was left to be written cannot be loaded');
    }
  }

  /** What must be written before the heat pump is read; see {@link Holds.prepare}. */
  prepare(): Promise<Result<void, DeviceError>> | null {
    return this.#holds.prepare();
  }

  /** Takes in what a poll has read. */
  observe(snapshot: Snapshot): void {
    this.#readBacks.observe(snapshot);
    this.#holds.observe(snapshot);
  }

  /** True for a sensor that was written and not read well since. */
  isAwaited(key: string): boolean {
    return !this.#readBacks.isSeen(key);
  }

  /** Why a sensor cannot be written now; null if it can. */
  conflict(sensor: Sensor): AppError | null {
    return this.#holds.conflict(sensor, null);
  }

  /** What a register holds now, as the device itself says; null if that cannot be told. */
  async present(sensor: Sensor): Promise<number | null> {
    const words = await readSensor(this.#target.line, sensor);
    return words.ok ? this.#decoder.decode(sensor, words.value, 0, this.#deps.clock.now()).value : null;
  }

  /** Writes a checked value. Throws `CONFLICT` if it is held, `UNREACHABLE` if nothing was sent; else see {@link Writer.write}. */
  async write(sensor: Sensor, checked: CheckedValue, origin: string): Promise<Write> {
    const conflict = this.conflict(sensor);
    if (conflict) throw conflict;
    const prepared = await this.prepare();
    const sent = prepared?.ok === false ? prepared : await this.#send(sensor, checked, origin);
    if (sent.ok) return sent.value;
    throw new AppError('UNREACHABLE', `nothing was written: ${sent.error.message}`);
  }

  /** Holds a checked value; see {@link Holds.hold}. */
  hold(sensor: Sensor, { value }: CheckedValue, terms: HoldTerms): Promise<Hold> {
    return this.#holds.hold(sensor, value, terms);
  }

  /** Gives a held value back; see {@link Holds.release}. */
  release(key: string, holder: string): Promise<Hold> {
    return this.#holds.release(key, holder);
  }

  /** Gives all held values back. */
  releaseAll(): Promise<void> {
    return this.#holds.releaseAll();
  }

  /** Ends all writing; the line is closed before, so that nothing is waited for in vain. */
  async stop(): Promise<void> {
    this.#holds.close();
    await this.#writer.stop();
    await this.#readBacks.stop();
  }

  #writeHeld({ sensor, value, origin, repeats }: HeldWrite): Promise<Result<Write, DeviceError>> {
    const checked = checkWriteValue(sensor, value, { key: ['input', 'key'], value: ['input', 'value'] });
    return this.#send(sensor, checked, origin, repeats);
  }

  #send(sensor: Sensor, checked: CheckedValue, origin: string, repeats?: Write): Promise<Result<Write, DeviceError>> {
    return this.#writer.write(async () => {
      if (isSetting(sensor)) await this.#target.keepSettings();
      const freshSince = this.#deps.clock.now() - this.#target.pollIntervalMs;
      return { sensor, checked, previous: await this.#previous(sensor, freshSince), freshSince, origin, repeats };
    });
  }

  /**
   * The last reading. That of a setting is renewed first if it is from before `freshSince`, as most are, or from before the last
   * write: somebody may have changed it since, and whoever undoes this write is to find what was really there.
   */
  async #previous(sensor: Sensor, freshSince: number): Promise<Reading | undefined> {
    const { reading, line, pollIntervalMs } = this.#target;
    const last = reading(sensor.key);
    const inTurnSince = this.#deps.clock.now() - settingsTurns(pollIntervalMs) * pollIntervalMs;
    const readAt = last?.observedAt ?? 0;
    const isOutdated = (readAt < freshSince && readAt >= inTurnSince) || this.isAwaited(sensor.key);
    if (sensor.pollGroup !== 'SETTING' || !isReadable(sensor) || !isOutdated) return last;
    const answer = await readSensor(line, sensor);
    return answer.ok ? this.#decoder.decode(sensor, answer.value, 0, this.#deps.clock.now()) : last;
  }
}
