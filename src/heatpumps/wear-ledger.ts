import type { Clock } from '../domain/clock.ts';
import { placeOf } from '../domain/missing-register.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { Sensor } from '../domain/sensor.ts';
import { type BucketRule, takeToken } from '../domain/token-bucket.ts';
import { projectedYears, type RegisterWear, type WearBudget, worn } from '../domain/wear.ts';
import type { WriteStore } from '../domain/write-store.ts';

/** How often settings that wear may be written. */
const POLICY = {
  /** For so long a controller must last: what its registers bear is spread over this time. */
  lifeMs: 25 * 365.25 * 24 * 3_600_000,
  /** Where nobody names a figure, that of iDM is taken; it allows about 32 writes a day. */
  usualWrites: 300_000,
  /** So many changes may come at once: a person trying things, not a loop. */
  burst: 10,
} as const;

/** One more write of a register that wears, and what was known of it before. */
export interface CountedWrite {
  readonly counted: RegisterWear;
  readonly before: RegisterWear | null;
}

/** The wear of one register, as it is shown. */
export interface WearReport extends Omit<RegisterWear, 'unit' | 'days' | 'bucketFullAt'> {
  /** Key of the sensor. */
  readonly key: string;
  /** Writes that the register bears; null: nobody says. */
  readonly budget: number | null;
  readonly budgetSource: string | null;
  /** Until the budget is used up, at the rate of the last 30 days; null: unknown. */
  readonly projectedYears: number | null;
  /** Null: a write may come now. */
  readonly nextWriteAllowedAt: number | null;
  readonly volatileTwin: string | null;
}

/** Whose registers are counted. */
export interface WearLedgerTarget {
  readonly unit: string;
  readonly budget: WearBudget | null;
}

/** Counts the writes to the registers of one unit that wear, and says when the next one may come. All of it is on disk. */
export class WearLedger {
  readonly #target: WearLedgerTarget;
  readonly #store: WriteStore;
  readonly #clock: Clock;
  readonly #rule: BucketRule;

  constructor(target: WearLedgerTarget, store: WriteStore, clock: Clock) {
    this.#target = target;
    this.#store = store;
    this.#clock = clock;
    this.#rule = { burst: POLICY.burst, refillMs: POLICY.lifeMs / (target.budget?.writes ?? POLICY.usualWrites) };
  }

  /** Works out what one more write comes to, for the store to keep; the error is when the next one may come. */
  async count({ register: { table, address } }: Sensor): Promise<Result<CountedWrite, { readonly nextAt: number }>> {
    const { unit } = this.#target;
    const before = await this.#store.wear(unit, table, address);
    const now = this.#clock.now();
    const taken = takeToken(before?.bucketFullAt ?? null, this.#rule, now);
    if (!taken.ok) return err(taken.error);
    return ok({ counted: worn(before, { unit, table, address }, taken.value, now), before });
  }

  /** What is known of the registers of these sensors that were ever written, in the sensors' order. */
  async report(sensors: readonly Sensor[]): Promise<WearReport[]> {
    const all = new Map((await this.#store.wearOf(this.#target.unit)).map((wear) => [placeOf(wear), wear]));
    return sensors.flatMap((sensor) => {
      const wear = sensor.writeHazard === 'EEPROM' ? all.get(placeOf(sensor.register)) : undefined;
      return wear ? [this.#reportOf(sensor, wear)] : [];
    });
  }

  #reportOf({ key, volatileTwin }: Sensor, wear: RegisterWear): WearReport {
    const { unit: _, days: __, bucketFullAt, ...known } = wear;
    const { budget } = this.#target;
    const now = this.#clock.now();
    const next = takeToken(bucketFullAt, this.#rule, now);
    return {
      ...known,
      key,
      budget: budget?.writes ?? null,
      budgetSource: budget?.source ?? null,
      projectedYears: projectedYears(wear, budget, now),
      nextWriteAllowedAt: next.ok ? null : next.error.nextAt,
      volatileTwin,
    };
  }
}
