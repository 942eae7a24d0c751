import type { RegisterTable } from '../../src/domain/register.ts';

/** Where a word is held; `device` tells apart the devices of one test. */
export interface Place {
  readonly device: number;
  readonly unitId: number;
  readonly table: RegisterTable;
  readonly address: number;
}

const TABLE_NUMBERS: Readonly<Record<RegisterTable, number>> = { COIL: 1, DISCRETE: 2, HOLDING: 3, INPUT: 4 };
const TABLES: Readonly<Record<number, RegisterTable>> = { 1: 'COIL', 2: 'DISCRETE', 3: 'HOLDING', 4: 'INPUT' };

/** The table that a function reads; undefined for other functions. */
export const tableReadBy = (functionCode: number): RegisterTable | undefined => TABLES[functionCode];

/**
 * The word (or bit) at a place, scrambled from everything that says where it lies: a word that is taken for another's shows,
 * but for one case in 65,536.
 */
export function wordAt({ device, unitId, table, address }: Place): number {
  let mixed = Math.imul(device, 0x9e37_79b1) ^ Math.imul(unitId * 8 + TABLE_NUMBERS[table], 0x85eb_ca77);
  mixed = Math.imul(mixed ^ address ^ (mixed >>> 15), 0xc2b2_ae3d);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x27d4_eb2f);
  const word = (mixed ^ (mixed >>> 16)) & 0xffff;
  return table === 'COIL' || table === 'DISCRETE' ? word & 1 : word;
}

/** The words at consecutive addresses. */
export function wordsAt(place: Place, count: number): number[] {
  return Array.from({ length: count }, (_, index) => wordAt({ ...place, address: place.address + index }));
}
