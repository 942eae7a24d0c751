import type { RegisterTable } from './register.ts';
import type { RegisterWear } from './wear.ts';
import type { Write } from './write.ts';

/** Which writes to list. */
export interface WriteQuery {
  /** Left out: of every heat pump. */
  readonly heatpumpId?: string | null | undefined;
  /** Left out: whatever heat pump; else only of these. */
  readonly heatpumpIds?: readonly string[];
  readonly key?: string | null | undefined;
  readonly first: number;
  /** The cursor of the page before. */
  readonly after?: string | null | undefined;
}

/** A part of a long list, newest first. */
export interface WritePage {
  readonly writes: readonly Write[];
  /** What to ask for the next page with; null: this was the last. */
  readonly nextCursor: string | null;
}

/**
 * Where writes are kept, the newest ten thousand of each heat pump, and how often each register was written that wears.
 * A promise that resolves means that the change is on disk.
 */
export interface WriteStore {
  /** Adds a write and, if it wears a register, what that comes to; both or neither. */
  insert(write: Write, wear?: RegisterWear): Promise<void>;
  /** Replaces the write with the same id; nothing if it is gone. */
  update(write: Write): Promise<void>;
  /** Takes back a write that did not go out, and puts the wear of its register back; both or neither. */
  withdraw(
    write: Write,
    wear?: { readonly counted: RegisterWear; readonly before: RegisterWear | null },
  ): Promise<void>;
  /** A write by its id; null if it is gone. */
  find(id: string): Promise<Write | null>;
  /** What is not settled of a heat pump, oldest first. */
  unsettled(heatpumpId: string): Promise<Write[]>;
  /** Makes every write that is `PENDING` `UNKNOWN`, not settled: the server has ended before it was read back. */
  abandonPending(reason: string): Promise<void>;
  /** Throws `BAD_USER_INPUT` for a cursor that is none. */
  page(query: WriteQuery): Promise<WritePage>;
  /** The wear of one register of a unit; null if it was never written. */
  wear(unit: string, table: RegisterTable, address: number): Promise<RegisterWear | null>;
  /** All that is known of the wear of a unit. */
  wearOf(unit: string): Promise<RegisterWear[]>;
}
