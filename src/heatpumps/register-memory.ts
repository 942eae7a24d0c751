import type { RegisterTable } from '../domain/register.ts';
import type { ReadRequest, UnitLine } from '../modbus/line.ts';

/** Words as they were last read from one place; for a bug report, for no value is made of them again. */
export interface RegisterBlock {
  readonly table: RegisterTable;
  /** Of the first word, as on the wire. */
  readonly address: number;
  readonly words: readonly number[];
  /** Milliseconds UTC. */
  readonly readAt: number;
}

/** Blocks that are remembered; a poll has some dozens. */
const MAX_BLOCKS = 500;

/** Remembers what was last read from each place of one unit, as it came. */
export class RegisterMemory {
  readonly #now: () => number;
  /** The one read last stands last. */
  readonly #blocks = new Map<string, RegisterBlock>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** In the order they were read. */
  get blocks(): readonly RegisterBlock[] {
    return [...this.#blocks.values()];
  }

  /** The same line, watched. */
  over(line: UnitLine): UnitLine {
    return {
      pacer: line.pacer,
      read: async (request) => {
        const result = await line.read(request);
        if (result.ok) this.#keep(request, result.value);
        return result;
      },
      write: (request) => line.write(request),
      close: () => line.close(),
    };
  }

  #keep({ table, address, count }: ReadRequest, words: readonly number[]): void {
    const place = `${table} ${address} ${count}`;
    this.#blocks.delete(place);
    this.#blocks.set(place, { table, address, words, readAt: this.#now() });
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size > MAX_BLOCKS && oldest !== undefined) this.#blocks.delete(oldest);
  }
}
