import type { Clock } from '../domain/clock.ts';
import type { ModelConfig } from '../domain/model.ts';
import { type RegisterTable, wordCount } from '../domain/register.ts';
import { isReadable, isWritable, type Sensor } from '../domain/sensor.ts';
import type { ExceptionCode, ModbusDevice } from './modbus-server.ts';
import type { DeviceProfile } from './profile.ts';
import { seededRandom } from './random.ts';
import { ThermalModel } from './thermal-model.ts';
import { fromWords, toWords } from './words.ts';

/** A simulated device and what drives it. */
export interface DeviceOptions {
  readonly profile: DeviceProfile;
  readonly sensors: readonly Sensor[];
  readonly config: ModelConfig;
  readonly seed: number;
  readonly clock: Clock;
  /** Simulated time per real time. */
  readonly speed: number;
  /** When a written value begins to show. */
  readonly effectDelayMs: number;
}

/** A write as it came in. */
export interface ReceivedWrite {
  readonly table: RegisterTable;
  readonly address: number;
  readonly words: readonly number[];
}

const ILLEGAL_FUNCTION = 1;
const ILLEGAL_VALUE = 3;
const REFRESH_MS = 1_000;
const WARM_UP_MS = 24 * 3_600_000;

/**
 * The registers of one simulated heat pump. It answers by start address where registers overlap, refuses reads that
 * touch an undefined address, refreshes its values once a second and shows written values after a delay.
 */
export class SimulatedDevice implements ModbusDevice {
  /** Writes received, in order. */
  readonly writes: ReceivedWrite[] = [];
  readonly #options: DeviceOptions;
  readonly #model: ThermalModel;
  readonly #byPlace: ReadonlyMap<string, Sensor>;
  readonly #stored: Map<string, number>;
  readonly #forced = new Map<string, number | null>();
  readonly #startedAt: number;
  #waiting: { readonly sensor: Sensor; readonly value: number; readonly effectiveAt: number }[] = [];
  #measured: Readonly<Record<string, number>> = {};
  #refreshedAt = Number.NEGATIVE_INFINITY;
  #requestedAt: number;

  constructor(options: DeviceOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
    this.#requestedAt = this.#startedAt;
    this.#model = new ThermalModel(options.seed, this.#startedAt - WARM_UP_MS);
    this.#byPlace = new Map(options.sensors.map((sensor) => [this.#place(sensor.register), sensor]));
    this.#stored = new Map(Object.entries(options.profile.stored(options.config)));
    options.profile.apply(this.#stored, this.#model.settings);
    this.#model.advanceTo(this.#startedAt);
  }

  read(table: RegisterTable, address: number, count: number): readonly number[] | ExceptionCode {
    this.#refresh();
    const { tables, missing, maxWords } = this.#options.profile.behaviour;
    if (!tables.includes(table)) return ILLEGAL_FUNCTION;
    if (count > maxWords) return ILLEGAL_VALUE;
    const words: number[] = [];
    while (words.length < count) {
      const sensor = this.#byPlace.get(this.#place({ table, address: address + words.length }));
      if (!sensor || !isReadable(sensor)) return missing;
      words.push(...this.#wordsOf(sensor));
    }
    return words.slice(0, count);
  }

  /** Takes over one register after the other; the first that is not there ends it. */
  write(table: RegisterTable, address: number, words: readonly number[]): ExceptionCode | null {
    this.#refresh();
    this.writes.push({ table, address, words });
    const { missing } = this.#options.profile.behaviour;
    for (let index = 0; index < words.length; ) {
      const sensor = this.#byPlace.get(this.#place({ table, address: address + index }));
      const own = sensor ? words.slice(index, index + wordCount(sensor.register.dataType)) : [];
      if (!sensor || !isWritable(sensor) || own.length !== wordCount(sensor.register.dataType)) return missing;
      const refused = this.#take(sensor, own);
      if (refused !== null) return refused;
      index += own.length;
    }
    return null;
  }

  /** Makes a sensor show a value (null: "not available") whatever the model says, for tests. */
  force(key: string, value: number | null): void {
    this.#forced.set(key, value);
  }

  #place({ table, address }: { readonly table: RegisterTable; readonly address: number }): string {
    const { isInputHolding } = this.#options.profile.behaviour;
    return `${isInputHolding && table === 'INPUT' ? 'HOLDING' : table} ${address}`;
  }

  #take(sensor: Sensor, words: readonly number[]): ExceptionCode | null {
    const { profile, config, clock, effectDelayMs } = this.#options;
    if (profile.ignored.test(sensor.key)) return null;
    const value = clamp(fromWords(sensor.register, words), profile.limits[sensor.key]);
    const received = profile.receive ? profile.receive(sensor, value, config) : { value };
    if (received === null || typeof received === 'number') return received;
    this.#waiting.push({ sensor, value: received.value, effectiveAt: clock.now() + effectDelayMs });
    return null;
  }

  #refresh(): void {
    const { clock, profile, config, speed } = this.#options;
    const now = clock.now();
    this.#fallBack(now);
    this.#takeEffect(now);
    if (now - this.#refreshedAt < REFRESH_MS) return;
    this.#refreshedAt = now;
    profile.apply(this.#stored, this.#model.settings);
    this.#model.advanceTo(this.#startedAt + (now - this.#startedAt) * speed);
    profile.takeBack(this.#model.settings, this.#stored);
    this.#measured = withNoise(profile.measure(this.#model.state, config), this.#options.seed + now);
  }

  /** What was written to be refreshed again and again is forgotten when nobody has asked for long. */
  #fallBack(now: number): void {
    const { profile, config, sensors } = this.#options;
    const { fallBackMs } = profile.behaviour;
    const isForgotten = fallBackMs !== null && now - this.#requestedAt >= fallBackMs;
    this.#requestedAt = now;
    if (!isForgotten) return;
    const fresh = profile.stored(config);
    for (const { key, writeHazard } of sensors) {
      if (writeHazard !== 'CYCLIC') continue;
      const value = fresh[key];
      if (value === undefined) this.#stored.delete(key);
      else this.#stored.set(key, value);
    }
  }

  #takeEffect(now: number): void {
    for (const { sensor, value, effectiveAt } of this.#waiting) {
      if (effectiveAt <= now) this.#stored.set(sensor.key, value);
    }
    this.#waiting = this.#waiting.filter(({ effectiveAt }) => effectiveAt > now);
  }

  #wordsOf(sensor: Sensor): number[] {
    const value = this.#valueOf(sensor);
    const { notAvailable } = this.#options.profile;
    const { register } = sensor;
    const isPlain = value !== null || !notAvailable || register.notAvailable.length === 0;
    return toWords(isPlain ? register : { ...register, notAvailable: [notAvailable(sensor)] }, value);
  }

  #valueOf({ key }: Sensor): number | null {
    const forced = this.#forced.get(key);
    if (forced !== undefined) return forced;
    return this.#measured[key] ?? this.#stored.get(key) ?? null;
  }
}

/** Temperatures are measured to a tenth, and the last digit is never still; other values have three decimals. */
function withNoise(measured: Readonly<Record<string, number>>, seed: number): Readonly<Record<string, number>> {
  const random = seededRandom(seed);
  const entries = Object.entries(measured).map(([key, value]) =>
    key.includes('temp') ? [key, round(value + (random() - 0.5) * 0.2, 10)] : [key, round(value, 1_000)],
  );
  return Object.fromEntries(entries);
}

function round(value: number, places: number): number {
  return Math.round(value * places) / places;
}

function clamp(value: number, limits: readonly [number, number] | undefined): number {
  return limits ? Math.min(Math.max(value, limits[0]), limits[1]) : value;
}
