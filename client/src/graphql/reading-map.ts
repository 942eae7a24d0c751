import type { LiveQuantityFragment } from './generated/types.ts';
import type { AnyReading } from './shown.ts';
import { Trigger } from './trigger.ts';

/** What is told of a sensor or of a quantity. */
export type ToldReading = AnyReading & Partial<Pick<LiveQuantityFragment, 'unit' | 'reason'>>;

/** Of what is not there. */
const NOTHING: ToldReading = { value: null, text: null, quality: 'MISSING', observedAt: null };

/**
 * A reading that stays the same object and says what was told last. Its digits, which change with every event, wake
 * only who looks at them; all else seldom changes. That it was merely seen again wakes nobody: ages follow a clock.
 */
class FollowedReading implements ToldReading {
  readonly #digits = new Trigger();
  readonly #rest = new Trigger();
  #told = NOTHING;

  get value() {
    this.#digits.track();
    return this.#told.value;
  }

  get text() {
    this.#digits.track();
    return this.#told.text;
  }

  get quality() {
    this.#rest.track();
    return this.#told.quality;
  }

  get unit() {
    this.#rest.track();
    return this.#told.unit ?? null;
  }

  get reason() {
    this.#rest.track();
    return this.#told.reason ?? null;
  }

  get observedAt() {
    return this.#told.observedAt;
  }

  /** Itself once it was told; tracked. */
  get known(): ToldReading | undefined {
    this.#rest.track();
    return this.#told === NOTHING ? undefined : this;
  }

  take(told: ToldReading): void {
    const before = this.#told;
    this.#told = told;
    if (before.value !== told.value || before.text !== told.text) this.#digits.wake();
    if (before === NOTHING || !isAlike(before, told)) this.#rest.wake();
  }
}

/** Whether they differ in their digits alone. What is not good is as old as it says. */
function isAlike(a: ToldReading, b: ToldReading): boolean {
  const isAged = a.quality !== 'GOOD' && a.observedAt !== b.observedAt;
  return a.quality === b.quality && a.unit === b.unit && a.reason === b.reason && !isAged;
}

/** Readings by key, each of which follows what is told of it. */
export class ReadingMap {
  readonly #readings = new Map<string, FollowedReading>();

  /** Undefined before the first, and when it is gone; tracked. */
  get(key: string): ToldReading | undefined {
    return this.#of(key).known;
  }

  set(key: string, told: ToldReading): void {
    this.#of(key).take(told);
  }

  /** Forgets all others. */
  keep(keys: ReadonlySet<string>): void {
    for (const [key, reading] of this.#readings) if (!keys.has(key)) reading.take(NOTHING);
  }

  #of(key: string): FollowedReading {
    const known = this.#readings.get(key);
    if (known) return known;
    const made = new FollowedReading();
    this.#readings.set(key, made);
    return made;
  }
}
