import type { RegisterAddress } from '../domain/missing-register.ts';
import { REGISTER_TABLES, type Register, type RegisterTable, wordCount } from '../domain/register.ts';

/** What a device allows and what reading it costs. */
export interface ReadRules {
  /** Most words in one request. */
  readonly maxWords: number;
  /** Inclusive address ranges a request may touch although no planned register lies there. */
  readonly spannable: readonly (readonly [from: number, to: number])[];
  /** Addresses that a request starting below them must not reach: they answer correctly only as its start. */
  readonly requestStarts: readonly number[];
  /** What is minimised: `request` for each request plus `word` for each word read, in any one unit. */
  readonly cost: { readonly request: number; readonly word: number };
}

/** Something that is read from a register. */
export interface Readable {
  readonly register: Register;
}

/** One read request and what it is for. */
export interface ReadBlock<T extends Readable = Readable> {
  readonly table: RegisterTable;
  readonly address: number;
  /** Words to read. */
  readonly count: number;
  readonly items: readonly T[];
}

/**
 * The cheapest set of requests that reads every item under the rules, in order of address.
 * Only addresses of items, and the spannable ones, are touched. Registers are at most two words long,
 * so that an optimal plan never needs a block that skips over another block's register.
 * `passable` ones are of no interest now, but may be read over. `holes` are addresses that must not be touched although they
 * are spannable.
 * Throws RangeError if a register is longer than `maxWords`.
 */
export function planReads<T extends Readable>(
  items: readonly T[],
  rules: ReadRules,
  holes: readonly RegisterAddress[] = [],
  passable: readonly Readable[] = [],
): ReadBlock<T>[] {
  return REGISTER_TABLES.flatMap((table) => {
    const ofTable = items.filter((item) => item.register.table === table).sort(byAddress);
    const touchable = touchableAddresses(
      [...ofTable, ...passable.filter((item) => item.register.table === table)],
      rules,
      holes.filter((hole) => hole.table === table),
    );
    const together = ofTable.filter((item) => !item.register.readAlone);
    const blocks = [...cheapestBlocks(together, rules, touchable), ...aloneBlocks(ofTable)];
    return blocks.sort((a, b) => a.address - b.address);
  });
}

/** What a plan costs under the rules' cost model. */
export function planCost(blocks: readonly ReadBlock[], { cost }: ReadRules): number {
  return blocks.reduce((sum, block) => sum + cost.request + cost.word * block.count, 0);
}

/**
 * Dynamic programming over the items in order of address: the best plan for the first `end` items is the best plan
 * for the first `start` of them, plus one block for the rest.
 */
function cheapestBlocks<T extends Readable>(
  items: readonly T[],
  rules: ReadRules,
  touchable: (address: number) => boolean,
): ReadBlock<T>[] {
  const best: { cost: number; start: number }[] = [{ cost: 0, start: 0 }];
  for (let end = 1; end <= items.length; end++) {
    let cheapest = { cost: Number.POSITIVE_INFINITY, start: end - 1 };
    for (const { start, count } of candidates(items, end, rules, touchable)) {
      const before = best[start]?.cost ?? Number.POSITIVE_INFINITY;
      const cost = before + rules.cost.request + rules.cost.word * count;
      if (cost < cheapest.cost) cheapest = { cost, start };
    }
    best.push(cheapest);
  }
  return cutAt(items, best);
}

/** The blocks that may end with item `end - 1`, shortest first. */
function* candidates(
  items: readonly Readable[],
  end: number,
  rules: ReadRules,
  touchable: (address: number) => boolean,
): Generator<{ start: number; count: number }> {
  const lastAddress = at(items, end - 1).register.address;
  let blockEnd = 0;
  for (let start = end - 1; start >= 0; start--) {
    const item = at(items, start);
    const next = items[start + 1];
    if (next && start < end - 1 && !isBridged(endOf(item), next.register.address, rules, touchable)) return;
    blockEnd = Math.max(blockEnd, endOf(item));
    const count = blockEnd - item.register.address;
    if (count > rules.maxWords) {
      if (start === end - 1) throw new RangeError(`register ${item.register.address} is longer than a request`);
      return;
    }
    if (rules.requestStarts.some((address) => item.register.address < address && address <= lastAddress)) return;
    yield { start, count };
  }
}

function isBridged(from: number, to: number, rules: ReadRules, touchable: (address: number) => boolean): boolean {
  if (to - from > rules.maxWords) return false;
  for (let address = from; address < to; address++) if (!touchable(address)) return false;
  return true;
}

/** Follows the chosen block starts back from the end. */
function cutAt<T extends Readable>(items: readonly T[], best: readonly { start: number }[]): ReadBlock<T>[] {
  const blocks: ReadBlock<T>[] = [];
  for (let end = items.length; end > 0; end = best[end]?.start ?? 0) {
    blocks.push(blockOf(items.slice(best[end]?.start ?? 0, end)));
  }
  return blocks;
}

/** One block per register that must be read alone; items sharing the register share the block. */
function aloneBlocks<T extends Readable>(items: readonly T[]): ReadBlock<T>[] {
  const byRegister = new Map<string, T[]>();
  for (const item of items.filter(({ register }) => register.readAlone)) {
    const key = `${item.register.address}-${endOf(item)}`;
    byRegister.set(key, [...(byRegister.get(key) ?? []), item]);
  }
  return [...byRegister.values()].map(blockOf);
}

/** The one request that reads all of `items`, which are of one table, in order of address and not none. */
export function blockOf<T extends Readable>(items: readonly T[]): ReadBlock<T> {
  const { table, address } = at(items, 0).register;
  return { table, address, count: Math.max(...items.map(endOf)) - address, items };
}

/** True if a block that is read anyway brings this item too, and brings it right. */
export function covers(block: ReadBlock, { register }: Readable, { requestStarts }: ReadRules): boolean {
  if (register.table !== block.table || register.readAlone || block.items.some((item) => item.register.readAlone))
    return false;
  if (register.address < block.address || endOf({ register }) > block.address + block.count) return false;
  return !requestStarts.some((start) => block.address < start && start <= register.address);
}

/** Tells whether an address belongs to one of these, or is spannable and no hole. */
function touchableAddresses(
  items: readonly Readable[],
  { spannable }: ReadRules,
  holes: readonly RegisterAddress[],
): (address: number) => boolean {
  const own = new Set(items.flatMap((item) => [item.register.address, endOf(item) - 1]));
  const untouchable = new Set(holes.map(({ address }) => address));
  const isSpannable = (address: number) => spannable.some(([from, to]) => from <= address && address <= to);
  return (address) => own.has(address) || (isSpannable(address) && !untouchable.has(address));
}

function byAddress(a: Readable, b: Readable): number {
  return a.register.address - b.register.address || endOf(a) - endOf(b);
}

/** The address after the register's last word. */
export function endOf({ register }: Readable): number {
  return register.address + wordCount(register.dataType);
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item at ${index} of ${items.length}`);
  return item;
}
