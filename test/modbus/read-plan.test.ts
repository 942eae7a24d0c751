import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Register, wordCount } from '../../src/domain/register.ts';
import { planCost, planReads, type ReadBlock, type ReadRules } from '../../src/modbus/read-plan.ts';
import { register } from '../support/register.ts';

const RULES: ReadRules = { maxWords: 10, spannable: [], requestStarts: [], cost: { request: 10, word: 1 } };

const items = (...registers: Partial<Register>[]) => registers.map((settings) => ({ register: register(settings) }));
const shape = (blocks: readonly ReadBlock[]) => blocks.map(({ address, count }) => [address, count]);

/** Whether a block obeys the rules, worked out anew from their description. */
function isAllowed(block: ReadBlock, all: readonly { register: Register }[], rules: ReadRules): boolean {
  const { address, count } = block;
  if (count > rules.maxWords) return false;
  if (block.items.length > 1 && block.items.some((item) => item.register.readAlone)) return false;
  for (let at = address; at < address + count; at++) {
    const isOwn = all.some(({ register: r }) => r.address <= at && at < r.address + wordCount(r.dataType));
    if (!isOwn && !rules.spannable.some(([from, to]) => from <= at && at <= to)) return false;
  }
  return block.items.every(
    (item) => !rules.requestStarts.some((start) => address < start && item.register.address >= start),
  );
}

/** The cheapest cost over every way to put the items into groups. */
function bruteForce(all: readonly { register: Register }[], rules: ReadRules): number {
  let best = Number.POSITIVE_INFINITY;
  const place = (index: number, groups: { register: Register }[][]): void => {
    const item = all[index];
    if (!item) {
      const blocks = groups.map((group): ReadBlock => {
        const start = Math.min(...group.map(({ register: r }) => r.address));
        const end = Math.max(...group.map(({ register: r }) => r.address + wordCount(r.dataType)));
        return { table: 'HOLDING', address: start, count: end - start, items: group };
      });
      if (blocks.every((block) => isAllowed(block, all, rules))) best = Math.min(best, planCost(blocks, rules));
      return;
    }
    for (const group of groups) {
      group.push(item);
      place(index + 1, groups);
      group.pop();
    }
    groups.push([item]);
    place(index + 1, groups);
    groups.pop();
  };
  place(0, []);
  return best;
}

/** Joins the next item whenever the rules allow it: what most clients do. */
function greedy(all: readonly { register: Register }[], rules: ReadRules): ReadBlock[] {
  const sorted = [...all].sort((a, b) => a.register.address - b.register.address);
  const blocks: ReadBlock[] = [];
  for (const item of sorted) {
    const last = blocks.at(-1);
    const end = item.register.address + wordCount(item.register.dataType);
    const joined = last && {
      ...last,
      count: Math.max(last.count, end - last.address),
      items: [...last.items, item],
    };
    if (joined && isAllowed(joined, all, rules)) blocks[blocks.length - 1] = joined;
    else
      blocks.push({
        table: 'HOLDING',
        address: item.register.address,
        count: end - item.register.address,
        items: [item],
      });
  }
  return blocks;
}

const registers = (maxLength: number, maxAddress: number) =>
  fc.uniqueArray(
    fc.record({
      address: fc.integer({ min: 0, max: maxAddress }),
      dataType: fc.constantFrom('UINT16' as const, 'FLOAT32' as const),
      readAlone: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    }),
    { minLength: 1, maxLength, selector: ({ address }) => address },
  );
const rules = (maxAddress: number) =>
  fc.record({
    maxWords: fc.integer({ min: 2, max: 12 }),
    spannable: fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: maxAddress }), fc.integer({ min: 0, max: 6 }))
        .map(([from, size]) => [from, from + size] as const),
      { maxLength: 3 },
    ),
    requestStarts: fc.array(fc.integer({ min: 0, max: maxAddress }), { maxLength: 2 }),
    cost: fc.record({ request: fc.integer({ min: 0, max: 20 }), word: fc.integer({ min: 0, max: 5 }) }),
  });

describe('planReads', () => {
  it('joins neighbours and never touches a hole', () => {
    const blocks = planReads(items({ address: 3 }, { address: 1 }, { address: 2 }, { address: 5 }), RULES);
    expect(shape(blocks)).toStrictEqual([
      [1, 3],
      [5, 1],
    ]);
  });

  it('spans a hole that may be spanned where that is cheaper than a request', () => {
    const rules = { ...RULES, spannable: [[2, 4]] as const };
    expect(shape(planReads(items({ address: 1 }, { address: 5 }), rules))).toStrictEqual([[1, 5]]);
    const dear = { ...rules, cost: { request: 1, word: 1 } };
    expect(shape(planReads(items({ address: 1 }, { address: 5 }), dear))).toStrictEqual([
      [1, 1],
      [5, 1],
    ]);
  });

  it('never cuts a register in two', () => {
    const floats = [0, 2, 4].map((address) => ({ address, dataType: 'FLOAT32' as const }));
    expect(shape(planReads(items(...floats), { ...RULES, maxWords: 5 }))).toStrictEqual([
      [0, 4],
      [4, 2],
    ]);
  });

  it('starts a request where one must start, also with overlapping registers', () => {
    const overlap = items({ address: 8 }, { address: 9, dataType: 'FLOAT32' }, { address: 10 }, { address: 11 });
    expect(shape(planReads(overlap, { ...RULES, requestStarts: [10] }))).toStrictEqual([
      [8, 3],
      [10, 2],
    ]);
  });

  it('keeps the request start even if nothing is read there', () => {
    const overlap = items({ address: 9, dataType: 'FLOAT32' }, { address: 11 });
    expect(shape(planReads(overlap, { ...RULES, requestStarts: [10] }))).toStrictEqual([
      [9, 2],
      [11, 1],
    ]);
  });

  it('reads a register alone, and lets others span it', () => {
    const blocks = planReads(items({ address: 1 }, { address: 2, readAlone: true }, { address: 3 }), RULES);
    expect(shape(blocks)).toStrictEqual([
      [1, 3],
      [2, 1],
    ]);
    expect(blocks.map((block) => block.items.length)).toStrictEqual([2, 1]);
  });

  it('shares the block of a register that several sensors read alone', () => {
    const blocks = planReads(items({ address: 2, readAlone: true }, { address: 2, readAlone: true }), RULES);
    expect(blocks.map((block) => block.items.length)).toStrictEqual([2]);
  });

  it('keeps tables apart', () => {
    const blocks = planReads(items({ address: 1 }, { address: 2, table: 'INPUT' }), RULES);
    expect(blocks.map(({ table, address }) => [table, address])).toStrictEqual([
      ['HOLDING', 1],
      ['INPUT', 2],
    ]);
  });

  it('refuses a register longer than a request', () => {
    expect(() => planReads(items({ dataType: 'FLOAT32' }), { ...RULES, maxWords: 1 })).toThrow(RangeError);
  });

  it('plans nothing for nothing', () => {
    expect(planReads([], RULES)).toStrictEqual([]);
  });

  it('is as cheap as the best of all plans, and obeys every rule', () => {
    fc.assert(
      fc.property(registers(6, 20), rules(20), (settings, anyRules) => {
        const all = items(...settings);
        const blocks = planReads(all, anyRules);
        expect(blocks.flatMap((block) => block.items)).toHaveLength(all.length);
        expect(blocks.every((block) => isAllowed(block, all, anyRules))).toBe(true);
        expect(planCost(blocks, anyRules)).toBe(bruteForce(all, anyRules));
      }),
      { numRuns: 500 },
    );
  });

  it('is never worse than filling greedily', () => {
    fc.assert(
      fc.property(registers(60, 200), rules(200), (settings, anyRules) => {
        const all = items(...settings);
        const blocks = planReads(all, anyRules);
        expect(blocks.every((block) => isAllowed(block, all, anyRules))).toBe(true);
        expect(planCost(blocks, anyRules)).toBeLessThanOrEqual(planCost(greedy(all, anyRules), anyRules));
      }),
      { numRuns: 500 },
    );
  });
});
