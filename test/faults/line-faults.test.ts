import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULTS } from './cases.ts';
import { type Outcome, runScenario } from './scenario.ts';

const SEEDS = 200;
/** Scenarios that run at the same time: more of them would disturb each other's deadlines. */
const AT_ONCE = 25;

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);

beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

/** The outcomes of all seeds, in any order. */
async function allSeeds(run: (seed: number) => Promise<Outcome>): Promise<Outcome[]> {
  const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1);
  const outcomes: Outcome[] = [];
  const work = async () => {
    for (let seed = seeds.pop(); seed !== undefined; seed = seeds.pop()) outcomes.push(await run(seed));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
}

describe('under every fault a line says nothing wrong, settles everything and is well one poll later', () => {
  it.each(FAULTS.map((fault, index) => [fault.name, fault, index + 1] as const))(
    '%s',
    async (_, fault, network) => {
      const outcomes = await allSeeds((seed) => runScenario(fault, network, seed));
      expect(outcomes).toHaveLength(SEEDS);
      expect(outcomes.flatMap(({ problems }) => problems)).toStrictEqual([]);
      expect(outcomes.every(({ goodReads }) => goodReads >= 8)).toBe(true);
      const hasFailures = outcomes.some(({ failedReads }) => failedReads > 0);
      if (fault.fails !== 'perhaps') expect(hasFailures).toBe(fault.fails !== 'never');
      expect(unhandled).toStrictEqual([]);
    },
    60_000,
  );
});
