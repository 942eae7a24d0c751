import type { RegisterAddress } from '../domain/missing-register.ts';
import { blockOf, endOf, type Readable, type ReadBlock } from './read-plan.ts';

/**
 * The search for what makes a device refuse a block, by asking for ever smaller pieces from its front. A piece that
 * answers is done with; a refused one is halved; a register refused alone is a hole. What follows a hole is asked for in
 * one piece again, but after two holes in a row one by one: often it is a whole group that is not installed.
 *
 * Read {@link next} and call {@link answered} or {@link refused}, until there is no next.
 */
export class HoleSearch<T extends Readable> {
  /** Registers refused alone, and the first word of each gap that no read may span. */
  readonly holes: RegisterAddress[] = [];
  /** The items by the address they start at, for they can only be read together. */
  readonly #cells: readonly (readonly T[])[];
  /** The first cell that is not decided yet. */
  #from = 0;
  /** The cells from `#from` up to here were refused as one piece; null: nothing is known about them. */
  #refusedTo: number | null = null;
  /** The cells before which that piece was cut, by pieces of it that answered. */
  #cuts: number[] = [];
  #holesInARow = 0;
  #requestsNeeded = 0;

  /** At first the next piece is all of `block`. */
  constructor(block: ReadBlock<T>) {
    this.#cells = cellsOf(block.items);
  }

  /** The piece to read next; null: all is decided. */
  get next(): ReadBlock<T> | null {
    const cells = this.#cells.slice(this.#from, this.#to);
    return cells.length > 0 ? blockOf(cells.flat()) : null;
  }

  /** The least requests that read the block without its holes, as far as they are known. */
  get requestsNeeded(): number {
    return this.#requestsNeeded;
  }

  /** The next piece was read. */
  answered(): void {
    if (this.#from === 0 || this.#holesInARow > 0) this.#requestsNeeded++;
    this.#from = this.#to;
    this.#holesInARow = 0;
    if (this.#refusedTo === null) return;
    if (this.#from < this.#refusedTo) this.#cuts.push(this.#from);
    else this.#blameGaps();
  }

  /** The next piece was refused. */
  refused(): void {
    const to = this.#to;
    this.#cuts = [];
    this.#refusedTo = to;
    if (to - this.#from > 1) return;
    this.holes.push(...(this.#cells[this.#from] ?? []).slice(0, 1).map(placeOf));
    this.#holesInARow++;
    this.#refusedTo = null;
    this.#from = to;
  }

  /** Where the next piece ends. */
  get #to(): number {
    const { length } = this.#cells;
    if (this.#refusedTo === null) return this.#holesInARow < 2 ? length : Math.min(this.#from + 1, length);
    if (this.#holesInARow > 0) return this.#from + 1;
    return this.#from + Math.ceil((this.#refusedTo - this.#from) / 2);
  }

  /** All of a refused piece answered in smaller ones, so it is the gaps between them that the device does not read. */
  #blameGaps(): void {
    for (const cut of this.#cuts) {
      const [after] = this.#cells[cut] ?? [];
      const address = Math.max(...(this.#cells[cut - 1] ?? []).map(endOf));
      if (!after || address >= after.register.address) continue;
      this.holes.push({ table: after.register.table, address });
      this.#requestsNeeded++;
    }
    this.#refusedTo = null;
  }
}

/** The block without the words at `holes`, which lie between its items: the parts before, between and after them. */
export function cutAtHoles<T extends Readable>(block: ReadBlock<T>, holes: readonly RegisterAddress[]): ReadBlock<T>[] {
  const parts: T[][] = [];
  let end = block.address;
  for (const item of block.items) {
    const { address } = item.register;
    const isCut = holes.some((hole) => hole.table === block.table && end <= hole.address && hole.address < address);
    if (isCut || parts.length === 0) parts.push([]);
    parts.at(-1)?.push(item);
    end = Math.max(end, endOf(item));
  }
  return parts.map(blockOf);
}

function cellsOf<T extends Readable>(items: readonly T[]): T[][] {
  const byAddress = new Map<number, T[]>();
  for (const item of items) {
    const cell = byAddress.get(item.register.address);
    if (cell) cell.push(item);
    else byAddress.set(item.register.address, [item]);
  }
  return [...byAddress.values()];
}

function placeOf({ register: { table, address } }: Readable): RegisterAddress {
  return { table, address };
}
