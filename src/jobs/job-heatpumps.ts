import type { EventSource } from '../domain/events.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import type { Write, WriteCheck, WriteInput } from '../domain/write.ts';

/** A value to write; without an id, to the only heat pump there is. */
interface WriteTarget {
  readonly heatpumpId?: string | null | undefined;
  readonly key: string;
  readonly value: WriteInput;
}

/** What jobs need of the heat pumps: the one door for writes, and what becomes of them. */
export interface JobHeatpumps {
  readonly events: EventSource;
  /** Null if there is none with this id. */
  find(id: string): Heatpump | null;
  /** Sends a value for `origin`, by every rule of a person's write. Throws an `AppError` if nothing was sent. */
  write(target: WriteTarget, origin: string): Promise<Write>;
  /** Checks a value by the same rules, without sending it. Throws `NOT_FOUND` or `BAD_USER_INPUT`. */
  checkWrite(target: WriteTarget): WriteCheck;
}
