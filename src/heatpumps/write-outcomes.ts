import type { Clock } from '../domain/clock.ts';
import type { Write } from '../domain/write.ts';
import type { EventBus } from './event-bus.ts';

/** Beyond its time to settle, a write is read back within the deadlines of some requests. */
const LONGEST_READ_BACK_MS = 60_000;

/** Follows some writes of one heat pump until it is known what became of them. */
export class WriteOutcomes {
  readonly #clock: Clock;
  /** The newest of each write since this began, by id: the read-back may come before the answer to the write itself. */
  readonly #newest = new Map<string, Write>();
  readonly #followed = new Set<string>();
  readonly #off: () => void;
  #onChange: () => void = () => {};

  constructor(heatpumpId: string, bus: EventBus, clock: Clock) {
    this.#clock = clock;
    this.#off = bus.on('write', (write) => {
      if (write.heatpumpId !== heatpumpId) return;
      this.#newest.set(write.id, write);
      this.#onChange();
    });
  }

  /** True if nobody knows what became of one of them. */
  get hasUnknown(): boolean {
    return this.#states().includes('UNKNOWN');
  }

  /** Follows a write from now on. */
  take(write: Write): void {
    this.#followed.add(write.id);
    if (!this.#newest.has(write.id)) this.#newest.set(write.id, write);
  }

  /** The newest of a write. */
  of(write: Write): Write {
    return this.#newest.get(write.id) ?? write;
  }

  /** Resolves when none is `PENDING` any more, at the latest a minute after `settleMs`. */
  ended(settleMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#clock.setTimeout(resolve, settleMs + LONGEST_READ_BACK_MS);
      this.#onChange = () => {
        if (this.#states().includes('PENDING')) return;
        this.#clock.clearTimeout(timer);
        resolve();
      };
      this.#onChange();
    });
  }

  /** Ends following. */
  close(): void {
    this.#off();
  }

  #states() {
    return [...this.#followed].map((id) => this.#newest.get(id)?.state);
  }
}
