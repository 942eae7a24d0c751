import type { Clock } from '../domain/clock.ts';
import { wordCount } from '../domain/register.ts';
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
  readonly circuits: readonly string[];
  readonly zones: readonly number[];
  readonly seed: number;
  readonly clock: Clock;
  /** Simulated time per real time. */
  readonly speed: number;
  /** When a written value begins to show. */
  readonly effectDelayMs: number;
}

const ILLEGAL_ADDRESS = 2;
const REFRESH_MS = 1_000;
const WARM_UP_MS = 24 * 3_600_000;

/**
 * The registers of one simulated heat pump. It answers by start address where registers overlap, refuses reads that
 * touch an undefined address, refreshes its values once a second and shows written values after a delay.
 */
export class SimulatedDevice implements ModbusDevice {
  /** Writes received, in order. */
  readonly writes: { readonly address: number; readonly words: readonly number[] }[] = [];
  readonly #options: DeviceOptions;
  readonly #model: ThermalModel;
  readonly #byAddress: ReadonlyMap<number, Sensor>;
  readonly #stored: Map<string, number>;
  readonly #forced = new Map<string, number | null>();
  readonly #startedAt: number;
  #waiting: { readonly sensor: Sensor; readonly value: number; readonly effectiveAt: number }[] = [];
  #measured: Readonly<Record<string, number>> = {};
  #refreshedAt = Number.NEGATIVE_INFINITY;

  constructor(options: DeviceOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
    this.#model = new ThermalModel(options.seed, this.#startedAt - WARM_UP_MS);
    this.#byAddress = new Map(options.sensors.map((sensor) => [sensor.register.address, sensor]));
    this.#stored = new Map(Object.entries(options.profile.stored(options.circuits, options.zones)));
    options.profile.apply(this.#stored, this.#model.settings);
    this.#model.advanceTo(this.#startedAt);
  }

  read(address: number, count: number): readonly number[] | ExceptionCode {
    this.#refresh();
    const words: number[] = [];
    while (words.length < count) {
      const sensor = this.#byAddress.get(address + words.length);
      if (!sensor || !isReadable(sensor)) return ILLEGAL_ADDRESS;
      words.push(...toWords(sensor.register, this.#valueOf(sensor)));
    }
    return words.slice(0, count);
  }

  write(address: number, words: readonly number[]): ExceptionCode | null {
    const sensor = this.#byAddress.get(address);
    if (!sensor || !isWritable(sensor) || words.length !== wordCount(sensor.register.dataType)) return ILLEGAL_ADDRESS;
    this.writes.push({ address, words });
    const { profile, clock, effectDelayMs } = this.#options;
    if (profile.ignored.test(sensor.key)) return null;
    const value = clamp(fromWords(sensor.register, words), profile.limits[sensor.key]);
    this.#waiting.push({ sensor, value, effectiveAt: clock.now() + effectDelayMs });
    return null;
  }

  /** Makes a sensor show a value (null: "not available") whatever the model says, for tests. */
  force(key: string, value: number | null): void {
    this.#forced.set(key, value);
  }

  #refresh(): void {
    const { clock, profile, circuits, zones, speed } = this.#options;
    const now = clock.now();
    this.#takeEffect(now);
    if (now - this.#refreshedAt < REFRESH_MS) return;
    this.#refreshedAt = now;
    profile.apply(this.#stored, this.#model.settings);
    this.#model.advanceTo(this.#startedAt + (now - this.#startedAt) * speed);
    profile.takeBack(this.#model.settings, this.#stored);
    this.#measured = withNoise(profile.measure(this.#model.state, circuits, zones), this.#options.seed + now);
  }

  #takeEffect(now: number): void {
    for (const { sensor, value, effectiveAt } of this.#waiting) {
      if (effectiveAt <= now) this.#stored.set(sensor.key, value);
    }
    this.#waiting = this.#waiting.filter(({ effectiveAt }) => effectiveAt > now);
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
    key.startsWith('temp_') ? [key, round(value + (random() - 0.5) * 0.2, 10)] : [key, round(value, 1_000)],
  );
  return Object.fromEntries(entries);
}

function round(value: number, places: number): number {
  return Math.round(value * places) / places;
}

function clamp(value: number, limits: readonly [number, number] | undefined): number {
  return limits ? Math.min(Math.max(value, limits[0]), limits[1]) : value;
}
