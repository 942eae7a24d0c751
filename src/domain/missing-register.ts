import type { RegisterTable } from './register.ts';

/** Where a register begins. */
export interface RegisterAddress {
  readonly table: RegisterTable;
  readonly address: number;
}

/** The address as a text, to look it up by. */
export function placeOf({ table, address }: RegisterAddress): string {
  return `${table} ${address}`;
}

/** A register that one unit refuses to read although its model has it, or a word that it lets no read span. */
export interface MissingRegister extends RegisterAddress {
  /** When it was first refused, and when it is asked for again: milliseconds UTC. */
  readonly learntAt: number;
  readonly retestAt: number;
}

/** Which unit, with which firmware, something was learnt of; what is known of one says nothing about another. */
export interface UnitIdentity {
  readonly heatpumpId: string;
  /** Model and place, e.g. `idm/navigator_2_0 at 192.168.1.20:502 unit 1`: another device may follow it under the same id. */
  readonly device: string;
  /** Empty where the device does not tell. */
  readonly firmware: string;
}

/** Where it is remembered which registers units do not have. A promise that resolves means that it is on disk. */
export interface MissingRegisterStore {
  /** What was learnt of this very unit and firmware, in order of table and address. */
  list(unit: UnitIdentity): Promise<MissingRegister[]>;
  /** Replaces all that is known of the heat pump, also what another device or firmware had it learnt of. */
  replace(unit: UnitIdentity, registers: readonly MissingRegister[]): Promise<void>;
}
