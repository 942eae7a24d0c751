import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RegisterAddress } from '../../src/domain/missing-register.ts';
import { wordCount } from '../../src/domain/register.ts';
import { cutAtHoles, HoleSearch } from '../../src/modbus/hole-search.ts';
import { blockOf, type Readable, type ReadBlock } from '../../src/modbus/read-plan.ts';
import { register } from '../support/register.ts';

/** A block of one-word registers at these addresses. */
const blockAt = (...addresses: number[]) => blockOf(addresses.map((address) => ({ register: register({ address }) })));

/** Searches as a device would have it that refuses every read touching one of `bad`; what was asked, and what was found. */
function search(block: ReadBlock<Readable>, bad: readonly number[]) {
  const asked: string[] = [];
  const answered = new Set<number>();
  const under = new HoleSearch(block);
  for (let piece = under.next; piece; piece = under.next) {
    const { address, count, items } = piece;
    const isRefused = bad.some((hole) => address <= hole && hole < address + count);
    asked.push(`${address}+${count}`);
    if (isRefused) under.refused();
    else {
      for (const item of items) answered.add(item.register.address);
      under.answered();
    }
  }
  return { asked, answered, holes: under.holes.map(({ address }) => address), needed: under.requestsNeeded };
}

describe('the search for holes', () => {
  it('halves from the front and takes what is left in one piece', () => {
    const { asked, holes, needed } = search(blockAt(0, 1, 2, 3, 4, 5, 6, 7), [2]);
    expect(asked).toStrictEqual(['0+8', '0+4', '0+2', '2+1', '3+5']);
    expect(holes).toStrictEqual([2]);
    expect(needed).toBe(2);
  });

  it('asks for the last suspect alone: that it must be the one is no proof', () => {
    expect(search(blockAt(0, 1), [1])).toMatchObject({ asked: ['0+2', '0+1', '1+1'], holes: [1], needed: 1 });
  });

  it('goes on one by one where a whole group is missing', () => {
    const { asked, holes, needed } = search(blockAt(0, 1, 2, 3, 4, 5, 6, 7), [0, 1, 2, 3, 4, 5, 6, 7]);
    expect(asked).toStrictEqual([
      ...['0+8', '0+4', '0+2', '0+1'],
      ...['1+7', '1+1', '2+1', '3+1', '4+1', '5+1', '6+1', '7+1'],
    ]);
    expect(holes).toStrictEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(needed).toBe(0);
  });

  it('asks for registers that start together only together', () => {
    const shared = [4, 4, 5].map((address) => ({ register: register({ address }) }));
    expect(search(blockOf(shared), [4])).toMatchObject({ asked: ['4+2', '4+1', '5+1'], holes: [4] });
  });

  it('blames the gap if both sides of it answer', () => {
    expect(search(blockAt(0, 1, 5, 6), [3])).toMatchObject({
      asked: ['0+7', '0+2', '5+1', '6+1'],
      holes: [2],
      needed: 2,
    });
  });

  it('blames nothing if a refusal cannot be explained', () => {
    const under = new HoleSearch(blockAt(0, 1));
    under.refused();
    under.answered();
    under.answered();
    expect(under.next).toBeNull();
    expect(under.holes).toStrictEqual([]);
  });

  it('finds exactly the holes of any block and reads all the rest, each register at most a few times', () => {
    const registers = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 });
    let visited = 0;
    fc.assert(
      fc.property(registers, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (addresses, isHole) => {
        const sorted = addresses.toSorted((a, b) => a - b);
        const bad = sorted.filter((_, index) => isHole[index]);
        const { asked, answered, holes } = search(blockAt(...sorted), bad);
        visited++;
        expect(holes).toStrictEqual(bad);
        expect([...answered]).toStrictEqual(sorted.filter((address) => !bad.includes(address)));
        const steps = Math.ceil(Math.log2(sorted.length)) + 2;
        expect(asked.length).toBeLessThanOrEqual(1 + bad.length * (steps + 1));
      }),
      { numRuns: 500 },
    );
    expect(visited).toBeGreaterThanOrEqual(500);
  });
});

describe('a block cut at holes', () => {
  const holes = (...addresses: number[]): RegisterAddress[] =>
    addresses.map((address) => ({ table: 'HOLDING', address }));
  const shape = (blocks: readonly ReadBlock[]) => blocks.map(({ address, count }) => [address, count]);

  it('is in parts that span none of them', () => {
    expect(shape(cutAtHoles(blockAt(0, 1, 3, 4, 8), holes(2, 6)))).toStrictEqual([
      [0, 2],
      [3, 2],
      [8, 1],
    ]);
  });

  it('is whole if they lie elsewhere', () => {
    expect(shape(cutAtHoles(blockAt(2, 3, 5), holes(1, 6)))).toStrictEqual([[2, 4]]);
    expect(shape(cutAtHoles(blockAt(2, 5), [{ table: 'INPUT', address: 3 }]))).toStrictEqual([[2, 4]]);
    const float = { register: register({ address: 2, dataType: 'FLOAT32' }) };
    expect(wordCount(float.register.dataType)).toBe(2);
    expect(shape(cutAtHoles(blockOf([float, ...blockAt(4).items]), holes(3)))).toStrictEqual([[2, 3]]);
  });
});
