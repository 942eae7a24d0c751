import type { DeviceError } from '../domain/device-error.ts';
import type { RegisterTable } from '../domain/register.ts';
import type { Result } from '../domain/result.ts';
import type { Pacer } from './pacer.ts';

/** One read of consecutive registers. */
export interface ReadRequest {
  readonly table: RegisterTable;
  readonly address: number;
  /** Number of words. */
  readonly count: number;
}

/** One write of consecutive holding registers, or of one coil (a word of 0 or 1). */
export interface WriteRequest {
  readonly table: 'HOLDING' | 'COIL';
  readonly address: number;
  readonly words: readonly number[];
}

/** The line to one unit. Every promise settles, at the latest when the deadlines have passed. */
export interface UnitLine {
  /** Sees how the unit bears its reads, and paces them. */
  readonly pacer: Pacer;
  /** The words read, exactly `count` of them. Repeated once if the device had closed an idle connection. */
  read(request: ReadRequest): Promise<Result<readonly number[], DeviceError>>;
  /** Resolves when the device has acknowledged. Goes ahead of waiting reads; is never repeated. */
  write(request: WriteRequest): Promise<Result<void, DeviceError>>;
  /** Cancels what waits; the connection is closed with its last line. */
  close(): void;
}

/** How a device wants to be spoken to. */
export interface LineRules {
  /** Least pause between two requests on one connection. */
  readonly pauseMs: number;
  /** A connection idle for longer may have been closed by the device: a write gets a fresh one. */
  readonly maxIdleMs: number;
  /** Most words the device bears per second, read and written; null: no limit known. Reads leave room for a write. */
  readonly maxWordsPerSecond: number | null;
  /** The function that writes one holding register; several ones always go by function 16, a coil by function 5. */
  readonly oneWordFunction: 6 | 16;
}

/** Which unit of which endpoint, and how to treat it. */
export interface LineSettings extends LineRules {
  readonly host: string;
  readonly port: number;
  readonly unitId: number;
  readonly timeoutMs: number;
}
