import { expect, it } from 'vitest';
import { killAgainAndAgain } from '../support/kill-loop.ts';
import { builtModule } from '../support/server-program.ts';

/** A minute; `npm run bench -- kills` does it for half an hour. */
const DURATION_MS = 60_000;

it('a server that is killed again and again loses nothing it has acknowledged, and repeats no write', async () => {
  const report = await killAgainAndAgain([builtModule('main')], DURATION_MS);
  expect(report.faults).toStrictEqual([]);
  expect(report.kills).toBeGreaterThan(5);
  expect(report.acknowledged).toBeGreaterThan(10);
  expect(report.arrived).toBeGreaterThanOrEqual(report.acknowledged);
}, 180_000);
