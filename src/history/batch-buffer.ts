import type { Layout } from './layout-table.ts';

/** Numbers ahead of a scan's readings in a batch: layout, time, poll interval. */
export const SCAN_HEADER = 3;

/** Scans that go to disk together. */
export interface Batch {
  readonly scans: Float64Array<ArrayBuffer>;
  /** The layouts its scans refer to. */
  readonly layouts: ReadonlySet<Layout>;
  readonly values: number;
  /** The time of its oldest scan, milliseconds UTC. */
  readonly oldestAt: number;
}

/** Numbers that a batch may hold; 1 MB. */
const CAPACITY = 131_072;
/** Layouts told for the first time in one batch: they have to be copied to the other thread. */
const MOST_NEW_LAYOUTS = 10;

/** Collects scans one behind the other, in the form in which they are handed to the writing thread. */
export class BatchBuffer {
  #numbers = new Float64Array(1_024);
  #length = 0;
  #layouts = new Set<Layout>();
  readonly #told = new WeakSet<Layout>();
  #newLayouts = 0;
  #values = 0;
  #oldestAt = Number.POSITIVE_INFINITY;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /** How many values are in it. */
  get values(): number {
    return this.#values;
  }

  /** The time of the oldest scan in it; infinite if it is empty. */
  get oldestAt(): number {
    return this.#oldestAt;
  }

  /** True if no scan of this layout should be added before what is there was taken. */
  isFullFor(layout: Layout): boolean {
    if (!this.#told.has(layout) && this.#newLayouts >= MOST_NEW_LAYOUTS) return true;
    return this.#length > 0 && this.#length + layout.series.length + SCAN_HEADER > CAPACITY;
  }

  /** Adds a scan; `readings` are NaN where there is no value. */
  add(layout: Layout, at: number, intervalMs: number, readings: Float64Array, values: number): void {
    this.#reserve(readings.length + SCAN_HEADER);
    this.#numbers.set([layout.id, at, intervalMs], this.#length);
    this.#numbers.set(readings, this.#length + SCAN_HEADER);
    this.#length += readings.length + SCAN_HEADER;
    this.#layouts.add(layout);
    if (!this.#told.has(layout)) this.#newLayouts++;
    this.#told.add(layout);
    this.#values += values;
    this.#oldestAt = Math.min(this.#oldestAt, at);
  }

  /** Takes everything out. */
  take(): Batch {
    const scans = this.#numbers.slice(0, this.#length);
    const batch = { scans, layouts: this.#layouts, values: this.#values, oldestAt: this.#oldestAt };
    this.#length = 0;
    this.#layouts = new Set();
    this.#newLayouts = 0;
    this.#values = 0;
    this.#oldestAt = Number.POSITIVE_INFINITY;
    return batch;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#numbers.length) return;
    const larger = new Float64Array(2 * Math.max(this.#numbers.length, count));
    larger.set(this.#numbers.subarray(0, this.#length));
    this.#numbers = larger;
  }
}
